"""Which dates and quantities answer a question, and which merely stand beside what does."""

import pytest

from assistant.asked_value import asked_counter, events

from .pages import candidates_of, question_on, said


@pytest.mark.parametrize(
    ("text", "counter"),
    [
        ("参加した企業は何社ですか？", "社"),
        ("職員は何名ですか？", "人"),
        ("自給率は何パーセントですか？", "%"),
        ("女性の割合はいくらですか？", "%"),
        ("会員数はいくつですか？", None),
    ],
)
def test_counter_in_the_question_is_the_unit_that_is_asked_for(text: str, counter: str | None) -> None:
    assert asked_counter(question_on(text, "　空の頁。\n")) == counter


def test_asked_counter_chooses_among_the_figures() -> None:
    text = "　みなと見本市には、延べ1,200人、85社、3大学が参加した。\n"
    assert said("みなと見本市には何社が参加しましたか？", text).startswith("85社です")
    assert said("みなと見本市には何人が参加しましたか？", text).startswith("1,200人です")


def test_count_that_is_asked_for_is_no_money_and_no_share() -> None:
    text = "　みなと協会の会員数は前年より3%増え、328となった。\n　みなと協会の予算は総額223百万円で、会員の負担はその12%である。\n"
    assert said("みなと協会の会員数を教えてください", text).startswith("328です")
    assert "円" not in said("みなと協会の会員数はいくつですか？", text).split("（")[0]


def years(question: str, text: str) -> list[int]:
    return [d.year for d in events(question_on(question, text), candidates_of(text)[0])]


def test_day_as_of_which_something_is_counted_is_no_event() -> None:
    text = "　若草工業団地は、平成5年10月に完成し、平成23年8月現在、45社が立地する。\n"
    assert years("若草工業団地はいつ完成しましたか？", text) == [1993]
    assert years("立地企業数は何年何月現在の値ですか？", text) == [1993, 2011]


def test_period_is_no_event_unless_it_is_asked() -> None:
    text = "　緑化計画（平成15年～20年）は、平成14年3月に策定された。\n"
    assert years("緑化計画はいつ策定されましたか？", text) == [2002]
    assert years("緑化計画の期間はいつからいつまでですか？", text) == [2003, 2008, 2002]


def test_year_in_a_quoted_name_is_no_event() -> None:
    assert years("構想はいつ作られましたか？", "　「2030年の森構想」は、2015年に作られた。\n") == [2015]


def test_day_is_preferred_when_the_day_is_asked() -> None:
    pages = [
        "　港湾協議会は、平成12年6月に設立された。\n",
        "　港湾協議会の設立総会は、2000年6月18日に開かれ、設立された。\n",
    ]
    assert said("港湾協議会の設立年月日はいつですか？", pages).startswith("2000年（平成12年）6月18日です")


@pytest.mark.parametrize("written", ["平成12年6月18日", "2000年6月18日", "平成一二年六月一八日"])
def test_both_forms_of_the_year_are_shown(written: str) -> None:
    text = f"　港湾協議会は、{written}に設立された。\n"
    assert said("港湾協議会はいつ設立されましたか？", text).startswith("2000年（平成12年）6月18日です")


def test_noun_that_counts_houses_asks_for_houses() -> None:
    pages = "　港では、8月13日の雨で5,300戸が断水し、店の210社が閉じた。\n"
    assert asked_counter(question_on("雨で断水した戸数を教えてください。", pages)) == "戸"
    assert asked_counter(question_on("断水した戸数は何年で減りましたか。", pages)) is None
