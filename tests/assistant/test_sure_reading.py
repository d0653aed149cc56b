"""A model's answer holds what the built-in reader is sure of, in whatever form, or it does not."""

import pytest

from assistant.answer import Claim, Draft, Evidence
from assistant.question import analyse
from assistant.sure_reading import lead_of, sure_reading

from .pages import question_on

PAGE = Evidence("plan", "計画", "2010", "3", 3, "ページ", "", 0, 4, "本文です", "本文です", "")
OTHER = Evidence("plan", "計画", "2010", "3", 3, "ページ", "", 40, 44, "本文です", "本文です", "")


def held(question: str, *read: str, says: str, cites: Evidence = PAGE, items: int = 1, confidence: float = 0.9) -> bool:
    draft = Draft(tuple(Claim(text, (PAGE,) * items) for text in read), confidence=confidence)
    sure = sure_reading(analyse(question, lambda _: 1.0), draft)
    return sure is None or sure.held_by([Claim(says, (cites,))])


@pytest.mark.parametrize(
    ("read", "says", "expected"),
    [
        ("2006年（平成18年）7月14日です（「平成18年7月14日に設立」）。", "平成18年7月14日に設立されました。", True),
        ("2006年（平成18年）7月14日です（「平成18年7月14日に設立」）。", "2006年に設立されました。", False),
        ("2006年（平成18年）7月14日です（「平成18年7月14日に設立」）。", "平成18年7月15日に設立されました。", False),
    ],
)
def test_a_date_is_held_as_exactly_as_it_was_read(read: str, says: str, expected: bool) -> None:
    assert held("協議会はいつ設立されましたか？", read, says=says) is expected


def test_an_amount_is_held_in_any_unit() -> None:
    read = "事業費は289,452千円（2億8,945万2千円）です（「事業費 289,452」）。"
    assert held("事業費はいくらですか？", read, says="事業費は2億8,945万2千円です。")
    assert not held("事業費はいくらですか？", read, says="事業費は148,260千円です。")


def test_an_amount_is_wanted_with_its_unit() -> None:
    read = "事業費は289,452千円（2億8,945万2千円）です（「事業費 289,452」）。"
    assert not held("事業費はいくらですか？", read, says="事業費は289,452です。")


def test_no_figure_is_wanted_that_the_reader_did_not_quote() -> None:
    read = "50件です（「目標は50件、実績は105件であった」）。"
    assert held("目標は何件ですか？", read, says="目標は50件でした。")
    assert not held("目標は何件ですか？", read, says="目標は50件で、実績は689件でした。")


def test_all_that_was_quoted_is_wanted_where_two_values_are_asked() -> None:
    read, asked = "50件です（「目標は50件、実績は105件であった」）。", "目標は何件で、実績は何件ですか？"
    assert held(asked, read, says="目標は50件で、実績は105件でした。")
    assert not held(asked, read, says="目標は50件でした。")


def test_both_values_of_a_question_in_two_parts_are_wanted() -> None:
    read = ("2006年（平成18年）です（「平成18年に設立」）。", "120社です（「会員は120社」）。")
    assert held("いつ設立され、会員は何社ですか？", *read, says="平成18年に設立され、会員は120社です。")
    assert not held("いつ設立され、会員は何社ですか？", *read, says="平成18年に設立されました。")


def test_every_item_of_a_list_is_wanted() -> None:
    read, asked = "医療機器部会、航空機部会、食品機械部会。", "部会は何ですか。すべて挙げてください。"
    assert held(asked, read, says="医療機器部会・航空機部会・食品機械部会の三つです。", items=3)
    assert not held(asked, read, says="医療機器部会と航空機部会です。", items=3)


def test_half_of_the_words_of_a_reason_are_wanted() -> None:
    read, asked = "大学と公設試験場が近くに集まり、技術者を採りやすいため。", "なぜ工場を建てたのですか？"
    assert held(asked, read, says="大学と公設試験場が近く、技術者を採りやすいからです。")
    assert not held(asked, read, says="補助金があったからです。")


def test_a_name_is_wanted_from_the_line_that_was_read() -> None:
    asked = "初代会長はだれですか？"
    assert held(asked, "初代会長には早瀬岳人が就任した。", says="早瀬岳人です。")
    assert not held(asked, "初代会長には早瀬岳人が就任した。", says="桐生氏です。", cites=OTHER)


def test_a_name_of_the_asked_kind_is_wanted() -> None:
    read = "川北協議会の構成員として「川北広域基本計画」を策定した。"
    assert held("策定された計画の名前は何ですか？", read, says="「川北広域基本計画」です。")
    assert not held("策定された計画の名前は何ですか？", read, says="川北協議会です。")


def test_the_most_is_wanted_as_code_found_it_however_sure() -> None:
    read, asked = "3号です（「3号 76億円」）。", "総額が最も大きいのは何号ですか？"
    assert not held(asked, read, says="2号です。", confidence=0.3)


def test_an_unsure_reading_binds_no_model() -> None:
    assert held("会員は何社ですか？", "120社です（「会員は120社」）。", says="85社です。", confidence=0.3)


def test_the_value_before_a_quote_is_its_lead() -> None:
    assert lead_of(Claim("120社です（「会員は120社」）。", ())) == "120社"
    assert lead_of(Claim("46 (「組合員は46社」).", ())) == "46"
    assert lead_of(Claim("会員は120社である。", ())) == ""


def test_when_and_where_are_both_wanted_of_a_model() -> None:
    page = "　わかば館は、狭山市が平成15年4月に開設した。\n"
    question = question_on("わかば館はいつ、どこが開設しましたか", page)
    sure = sure_reading(
        question,
        Draft(
            (Claim("2003年（平成15年）4月です（「わかば館は、狭山市が平成15年4月に開設した」）。", ()),), confidence=0.9
        ),
    )
    assert sure is not None
    assert not sure.held_by([Claim("わかば館は平成15年4月に開設された施設です。", ())])
    assert sure.held_by([Claim("わかば館は平成15年4月に狭山市が開設した施設です。", ())])


def test_model_that_only_says_the_question_again_has_answered_nothing() -> None:
    page = "　連携の事例：みどり工房「若葉の茶」\n"
    question = question_on("若葉の茶　連携の事例　企業名", page)
    sure = sure_reading(question, Draft((Claim("連携の事例：みどり工房「若葉の茶」。", ()),), confidence=0.9))
    assert sure is not None
    assert not sure.held_by([Claim("若葉の茶です。", ())])
    assert sure.held_by([Claim("みどり工房です。", ())])


def test_every_name_of_a_list_in_one_line_is_wanted_of_a_model() -> None:
    page = "　協力団体：みどり大学、白浜大学、若草工科大学\n"
    question = question_on("協力団体の大学はどこですか", page)
    sure = sure_reading(question, Draft((Claim("みどり大学、白浜大学、若草工科大学。", ()),), confidence=0.9))
    assert sure is not None
    assert not sure.held_by([Claim("みどり大学、若草工科大学です。", ())])
    assert sure.held_by([Claim("みどり大学、白浜大学と若草工科大学です。", ())])
