from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.fold import key
from corpus.numeral import grouped, plain
from corpus.quantity import UNIT_WORDS, canonical_unit, find_quantities, header_unit

MANY = settings(deadline=None, max_examples=150, database=None, derandomize=True)
FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
SCALES = {"円": 1, "千円": 10**3, "万円": 10**4, "百万円": 10**6, "億円": 10**8, "兆円": 10**12}


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[q.start : q.end], plain(q.value), q.unit) for q in find_quantities(text)]


def mixed(yen: int) -> str:
    out = ""
    for scale, name in ((10**12, "兆"), (10**8, "億"), (10**4, "万"), (10**3, "千"), (1, "")):
        part, yen = divmod(yen, scale)
        if part:
            out += f"{part:,}{name}"
    return out + "円"


@MANY
@given(st.integers(1, 10**10))
def test_an_amount_is_the_same_yen_in_every_scale(thousands: int) -> None:
    yen = Decimal(thousands * 1000)
    forms = {f"{grouped(yen / factor)}{unit}" for unit, factor in SCALES.items()}
    forms |= {f"{plain(yen / factor)}{unit}" for unit, factor in SCALES.items()} | {mixed(int(yen))}
    forms |= {form.translate(FULL_WIDTH) for form in forms} | {form.replace("円", " 円") for form in forms}
    for form in forms:
        for text in (form, f"事業費は{form}である。", f"約{form}", f"（{form}）"):
            assert [(text[q.start : q.end], q.value, q.unit) for q in find_quantities(text)] == [(form, yen, "円")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("68億5000万円", "6850000000", "円"),
        ("2億8,945万2千円", "289452000", "円"),
        ("1 兆2,000億円", "1200000000000", "円"),
        ("0千円", "0", "円"),
        ("0億円", "0", "円"),
        ("一億二千万円", "120000000", "円"),
        ("€2.1億", "210000000", "ユーロ"),
        ("50億€", "5000000000", "ユーロ"),
        ("$100", "100", "ドル"),
        ("10億米ドル", "1000000000", "ドル"),
        ("３．３万人", "33000", "人"),
        ("10万人", "100000", "人"),
        ("5千人", "5000", "人"),
        ("3.5万台", "35000", "台"),
        ("7, 500名", "7500", "人"),
        ("７，　５００名", "7500", "人"),
        ("2 万 500 人", "20500", "人"),
        ("二千三百人", "2300", "人"),
        ("二人", "2", "人"),
        ("三社", "3", "社"),
        ("三割", "3", "割"),
        ("１，２００事業所", "1200", "事業所"),
        ("12.9%", "12.9", "%"),
        ("１２．９％", "12.9", "%"),
        ("2.5%ポイント", "2.5", "ポイント"),
        ("197.7ha", "197.7", "ha"),
        ("197.7ヘクタール", "197.7", "ha"),
        ("20㎡", "20", "m2"),
        ("3か所", "3", "箇所"),
        ("３カ所", "3", "箇所"),
        ("3ケ所", "3", "箇所"),
        ("5ヵ年", "5", "年間"),
        ("三年間", "3", "年間"),
        ("5個", "5", "個"),
        ("10,000", "10000", ""),
        ("0.25", "0.25", ""),
        ("10億", "1000000000", ""),
    ],
)
def test_a_quantity_is_found_whole_in_its_base_unit(text: str, value: str, unit: str) -> None:
    assert found(text) == [(text, value, unit)]
    assert found(f"合計は約{text}、") == [(text, value, unit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2〜3社", [("2", "2", ""), ("3社", "3", "社")]),
        ("10社2名", [("10社", "10", "社"), ("2名", "2", "人")]),
        ("1時間30分", [("1時間", "1", "時間"), ("30分", "30", "分")]),
        ("70社79拠点", [("70社", "70", "社"), ("79拠点", "79", "拠点")]),
        ("20万台/年", [("20万台", "200000", "台")]),
        ("参加は，10社", [("10社", "10", "社")]),
        ("10，20社", [("10", "10", ""), ("20社", "20", "社")]),
        ("10万 500", [("10万", "100000", ""), ("500", "500", "")]),
        ("3億 5億", [("3億", "300000000", ""), ("5億", "500000000", "")]),
        ("180, 187頁", [("180", "180", ""), ("187頁", "187", "頁")]),
        ("3,500人3", [("3,500人", "3500", "人"), ("3", "3", "")]),
        ("①20人", [("①", "1", ""), ("20人", "20", "人")]),
        ("03-1234-5678", [("03", "3", ""), ("1234", "1234", ""), ("5678", "5678", "")]),
    ],
)
def test_neighbouring_numbers_stay_apart(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "3 人材育成",
        "3人口",
        "3 社会基盤",
        "2市場",
        "3部門",
        "2 組織",
        "3歳入",
        "5回答",
        "②市場調査",
        "3分の2",
        "10 million",
        "5 members",
        "34 TAMA",
        "5cm2",
    ],
)
def test_a_number_before_a_longer_word_has_no_unit(text: str) -> None:
    assert {q.unit for q in find_quantities(text)} == {""}


@pytest.mark.parametrize(
    "text",
    [
        "十分な支援",
        "一部の企業",
        "八戸市",
        "六ヶ所村",
        "二本松市",
        "同一事業",
        "数十人",
        "数百万円",
        "何千社",
        "三重県",
        "（千円）",
        "単位：百万ポンド",
        "一般社団法人",
    ],
)
def test_words_with_numerals_in_them_are_no_quantities(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["第3回", "第 3 回", "第三期", "第2", "5回目", "3つ目", "1人当たり", "一人あたり"])
def test_numbers_that_say_no_amount_are_marked(text: str) -> None:
    assert [q.counted for q in find_quantities(text)] == [False]


@pytest.mark.parametrize("text", ["3回", "2期10年間", "3つ目標を", "3社", "10人"])
def test_amounts_are_marked_as_counted(text: str) -> None:
    assert all(q.counted for q in find_quantities(text))


def test_every_unit_is_found_after_a_number_and_known_by_its_name() -> None:
    for unit in UNIT_WORDS:
        assert key(unit) == unit
        base, factor = canonical_unit(unit) or ("", 0)
        assert [(q.value, q.unit) for q in find_quantities(f"7{unit}")] == [(Decimal(7 * factor), base)], unit


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("千円", ("円", 1000)),
        ("十億ドル", ("ドル", 10**9)),
        ("千ｈａ", ("ha", 1000)),
        ("名", ("人", 1)),
        ("百万", None),
        ("千", None),
        ("猫", None),
        ("", None),
    ],
)
def test_a_written_unit_has_a_base_and_a_factor(unit: str, expected: tuple[str, int] | None) -> None:
    assert canonical_unit(unit) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("事業費（千円）", ("円", 1000)),
        ("単位：億円", ("円", 10**8)),
        ("（単位　百万円）", ("円", 10**6)),
        ("(単位：百万ポンド)", ("ポンド", 10**6)),
        ("単位：十億円", ("円", 10**9)),
        ("増加割合(%)", ("%", 1)),
        ("会員［人］", ("人", 1)),
        ("社数（社）", ("社", 1)),
        ("（社）大空会の予算", None),
        ("事業費", None),
        ("単位", None),
        ("（千）", None),
    ],
)
def test_a_header_declares_the_unit_of_its_column(header: str, expected: tuple[str, int] | None) -> None:
    assert header_unit(header) == expected


@MANY
@given(
    st.text(max_size=80)
    | st.text(alphabet="0123456789,. ０９．，千万億兆円人社分割%$€〇一二三十百第目(（）)単位①mk2", max_size=60)
)
def test_any_text_gives_ordered_quantities_within_it_that_do_not_overlap(text: str) -> None:
    quantities = find_quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in quantities)
    assert all(a.end <= b.start for a, b in pairwise(quantities))
    assert all(q.value >= 0 for q in quantities)
    header_unit(text)
    canonical_unit(text)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 20_000,
        "〇" * 20_000,
        "1, 111" + ", 111" * 4000,
        "1" + " " * 20_000,
        "1万" * 6000,
        "$" * 20_000,
        "（" * 20_000,
    ],
)
def test_long_hostile_texts_take_no_long_time(text: str) -> None:
    begun = time.perf_counter()
    find_quantities(text)
    header_unit(text)
    assert time.perf_counter() - begun < 3


@pytest.mark.parametrize(
    ("text", "value"), [("四百二十人であった", 420), ("職員は千二百人", 1200), ("百六十二人", 162)]
)
def test_kanji_numeral_whose_last_part_the_tokenizer_joins_with_its_unit(text: str, value: int) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.value, quantity.unit) == (value, "人")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("412,907583,116働く人", ["412,907", "583,116"]),
        ("2,8004,120広さ", ["2,800", "4,120"]),
        ("補助は2/3まで", []),
    ],
)
def test_cells_that_run_together_and_fractions(text: str, numbers: list[str]) -> None:
    assert [surface for surface, _, _ in found(text)] == numbers
