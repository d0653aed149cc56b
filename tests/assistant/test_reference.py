"""Pointers of a follow-up stand for a name of the question before it, or for the answer that it got."""

import pytest

from assistant.reference import answered_name, pointed_out

COUNCIL = "若葉市観光推進協議会の会長は誰ですか？"


@pytest.mark.parametrize("pointer", ["その協議会", "同協議会", "この会", "その会"])
def test_a_pointer_with_its_kind_stands_for_the_name_of_that_kind(pointer: str) -> None:
    text, known = pointed_out(f"{pointer}はいつできましたか？", COUNCIL, "山田花子です。[1]")
    assert text == "若葉市観光推進協議会はいつできましたか？"
    assert known


def test_a_pointer_to_what_was_asked_for_stands_for_the_answer() -> None:
    text, known = pointed_out(
        "その財団はいつ設立されましたか？", "いずみセンターの前身の財団は何ですか？", "いずみ技術財団です（「…」）。[1]"
    )
    assert (text, known) == ("いずみ技術財団はいつ設立されましたか？", True)


def test_without_a_clear_answer_the_pointer_stands_for_the_words_of_the_question() -> None:
    text, _ = pointed_out(
        "その財団はいつ設立されましたか？", "いずみセンターの前身の財団は何ですか？", "…前身とする…[1]"
    )
    assert text == "いずみセンターの前身の財団はいつ設立されましたか？"


def test_the_company_is_the_one_that_was_named() -> None:
    text, _ = pointed_out("この会社は何人を雇いますか？", "トヨタ自動車東日本の本社はどこにありますか？", "")
    assert text == "トヨタ自動車東日本は何人を雇いますか？"


def test_that_year_is_the_year_that_was_answered() -> None:
    text, _ = pointed_out("その年の会員数は？", "協議会の設立はいつですか？", "2001年（平成13年）です。[1]")
    assert text == "2001年の会員数は？"


def test_it_is_the_name_that_was_answered() -> None:
    text, _ = pointed_out("それはいつできましたか？", "改組される前は何という組織でしたか？", "北部振興公社です。[1]")
    assert text == "北部振興公社はいつできましたか？"


def test_former_and_latter_are_the_two_that_were_named() -> None:
    earlier = "東港と西港ではどちらが大きいですか？"
    assert pointed_out("前者の面積は？", earlier, "")[0] == "東港の面積は？"
    assert pointed_out("後者の面積は？", earlier, "")[0] == "西港の面積は？"


def test_a_pointer_to_nothing_that_was_named_stays() -> None:
    question = "その工場はどこにありますか？"
    assert pointed_out(question, COUNCIL, "山田花子です。[1]") == (question, False)


def test_a_figure_is_no_name() -> None:
    assert answered_name("会員数はいくつですか？", "120社です（「会員数120社」）。[1]") == ""
