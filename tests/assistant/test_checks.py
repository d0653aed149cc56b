"""What the evidence lacks is reported; what it holds in another form is not."""

from decimal import Decimal
from unicodedata import normalize

import pytest

from assistant.answer import Claim, Evidence
from assistant.checks import CHECKS, ClaimCheck, unsupported
from assistant.date_check import date_check
from assistant.name_check import name_check, proper_names
from assistant.number_check import number_check


def claim(text: str, quote: str, context: str = "", computed: tuple[str, ...] = ()) -> Claim:
    evidence = Evidence("a", "表題", "2010", "1", 1, "ページ", "", 0, len(quote), quote, quote, context)
    return Claim(text, (evidence,), tuple(Decimal(c) for c in computed))


LACKED_NUMBERS = [
    ("会員数は329です。", "会員数は328である。", "329"),
    ("会員数は3280です。", "会員数は328である。", "3280"),
    ("企業は193社、大学は40校です。", "企業は193社である。", "40校"),
    ("予算は2億8,945万円です。", "予算は289,452千円である。", "2億8,945万円"),
    ("予算は289億円です。", "予算は289百万円である。", "289億円"),
    ("出荷額は3兆円です。", "出荷額は２兆円である。", "3兆円"),
    ("割合は12.9%です。", "割合は12.8%である。", "12.9%"),
    ("割合は45%です。", "件数は45件である。", "45%"),
    ("面積は100haです。", "面積は1,000haである。", "100ha"),
    ("3倍になりました。", "2倍になった。", "3倍"),
    ("従業員は1,280社です。", "従業員は1,280人である。", "1,280社"),
]
LACKED_DATES = [
    ("2009年に設立されました。", "平成20年に設立された。", "2009年"),
    ("平成21年に設立されました。", "2008年に設立された。", "平成21年"),
    ("2008年8月に設立されました。", "2008年7月に設立された。", "2008年8月"),
    ("2008年7月15日に設立されました。", "平成20年7月14日に設立された。", "2008年7月15日"),
    ("令和2年に設立されました。", "平成2年に設立された。", "令和2年"),
]
LACKED_NAMES = [
    ("会長は山田太郎です。", "会長は早瀬岳人である。", "山田"),
    ("大阪府が設立しました。", "京都府が設立した。", "大阪府"),
    ("MITが協力しました。", "大学が協力した。", "MIT"),
    ("シリコンバレーにあります。", "八王子市にある。", "シリコンバレー"),
    ("TAMAの会員です。", "協会の会員である。", "TAMA"),
]
HELD = [
    ("会員数は328です。", "会員数は３２８である。"),
    ("会員数は1,280人です。", "会員数は1280人である。"),
    ("予算は2億8,945万2千円です。", "予算は289,452千円である。"),
    ("予算は2.5億円です。", "予算は250百万円である。"),
    ("予算は18,340千円です。", "| 平成21年度 | 18,340 |"),
    ("2008年（平成20年）7月14日に設立されました。", "平成20年7月14日に設立された。"),
    ("平成20年に設立されました。", "２００８年７月に設立された。"),
    ("昭和58年度の予算です。", "1983年度の予算である。"),
    ("割合は12.9%です。", "割合は１２．９％である。"),
    ("割合は12.9パーセントです。", "割合は12.9%である。"),
    ("TAMA協会の会員です。", "ＴＡＭＡ協会の会員である。"),
    ("会長は早瀬岳人です。", "会長は早瀬\n岳人である。"),
    ("お尋ねの内容は記載がありません。", "無関係の文。"),
]


@pytest.mark.parametrize(("text", "quote", "lacked"), LACKED_NUMBERS + LACKED_DATES + LACKED_NAMES)
def test_what_the_evidence_lacks_is_reported(text: str, quote: str, lacked: str) -> None:
    assert any(lacked in one or one in lacked for one in unsupported(claim(text, quote)))


@pytest.mark.parametrize(("text", "quote"), HELD)
def test_what_it_holds_in_another_form_is_not_reported(text: str, quote: str) -> None:
    context = "協議会の予算の推移（単位：千円）" if quote.startswith("|") else ""
    assert unsupported(claim(text, quote, context)) == ()


# Each kind of case passes when its own check is switched off, so none of them is found by another check's work.
CASES = [
    *((number_check, *case[:2]) for case in LACKED_NUMBERS),
    *((date_check, *case[:2]) for case in LACKED_DATES),
    *((name_check, *case[:2]) for case in LACKED_NAMES),
]


@pytest.mark.parametrize(("check", "text", "quote"), CASES)
def test_what_lacks_is_found_by_its_own_check_alone(check: ClaimCheck, text: str, quote: str) -> None:
    others = [c for c in CHECKS if c is not check]
    assert unsupported(claim(text, quote), others) == ()


def test_a_number_is_not_held_by_a_longer_one() -> None:
    assert unsupported(claim("会員数は28です。", "会員数は328である。")) == ("28",)


def test_full_width_names_are_checked_too() -> None:
    (found,) = unsupported(claim("ＴＡＭＡの会員です。", "協会の会員である。"))
    assert normalize("NFKC", found) == "TAMA"


def test_kanji_numbers_hold_a_value() -> None:
    assert unsupported(claim("会員数は328です。", "会員数は三百二十八である。")) == ()


def test_a_computed_value_is_held_by_its_computation() -> None:
    text, quote = "差は5,840千円です。", "12,500千円から18,340千円に増えた。"
    assert unsupported(claim(text, quote, computed=("5840000",))) == ()
    assert unsupported(claim(text, quote)) == ("5,840千円",)


def test_what_the_context_declares_counts_as_held() -> None:
    assert unsupported(claim("平成21年度は18,340千円です。", "18,340", "表（単位：千円） / 平成21年度")) == ()
    assert unsupported(claim("平成21年度は18,340億円です。", "18,340", "表（単位：千円） / 平成21年度"))


def test_a_value_without_any_evidence_is_reported() -> None:
    assert unsupported(Claim("会員数は328です。", ())) == ("会員数は328です。",)
    assert unsupported(Claim("記載がありません。", ())) == ()


def test_every_lacked_value_is_named_once_and_in_order() -> None:
    found = unsupported(claim("2009年に329人、2009年に330人。", "無関係の文。"))
    assert found == ("2009年", "329人", "330人")


def test_names_are_people_places_latin_words_and_long_katakana() -> None:
    names = proper_names("岩手県の早瀬氏はNEDOとクラスターについて話した。")
    assert {"岩手県", "NEDO", "クラスター"} <= set(names)
    assert "話し" not in names
