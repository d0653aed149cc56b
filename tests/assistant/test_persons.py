"""Who is asked for is told from lines that name a person, by name, title or the mark of a list of members."""

import pytest

from assistant.persons import legend, names_person, role_of
from assistant.question import kind_of

from .pages import ask, said

MEMBERS = "若草市産業審議会　委員名簿\n（五十音順。◎会長、○会長代理）\n安西 美緒　みどり精工 代表取締役\n石黒 淳　緑町商工会 会長\n◎大槻 啓吾　若草大学 副学長\n○三輪 由紀　白浜会議所 専務理事\n"


@pytest.mark.parametrize(
    "text", ["社長 白根 武史（前専務）", "児玉俊洋氏が講演した", "会長 高遠 さやか", "法政大学の清成先生"]
)
def test_line_that_names_a_person(text: str) -> None:
    assert names_person(text)


@pytest.mark.parametrize("text", ["会員数は328である", "社長は毎年交代する", "さくら市の予算"])
def test_line_that_names_nobody(text: str) -> None:
    assert not names_person(text)


def test_person_of_the_question_is_not_the_one_asked_for() -> None:
    assert not names_person("社長 白根 武史", "社長 白根 武史の次の社長は誰ですか")


def test_marks_of_a_list_stand_for_offices() -> None:
    assert legend(MEMBERS) == {"◎": "会長", "○": "会長代理"}
    assert legend("◎大槻 啓吾　若草大学 副学長") == {}


def test_office_without_a_question_word_asks_for_a_person() -> None:
    assert kind_of("若草自動車 社長") == "person"
    assert kind_of("平成16年1月の講演者") == "person"
    assert kind_of("社長の報酬はいくらですか") == "amount"
    assert role_of("審議会の会長は誰ですか") == "会長"


def test_member_with_the_mark_of_the_office_holds_it_and_not_the_head_of_another_body() -> None:
    draft = ask("若草市産業審議会の会長は誰ですか。", MEMBERS)
    assert draft.claims[0].text.startswith("会長は大槻 啓吾")
    assert [e.quote[:3] for e in draft.claims[0].evidence] == ["◎大槻", "（五十"]


def test_line_with_a_person_comes_before_lines_about_the_body() -> None:
    page = "若草自動車の概要\n　社長 白根 武史（前専務）\n　若草自動車は、社長の下に三つの部を置く。\n"
    assert "白根" in said("若草自動車 社長 氏名", page)
