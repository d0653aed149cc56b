"""A follow-up takes over what it leaves out, and only that."""

from assistant.inherited import hinted, in_context
from assistant.question import Question, analyse


def read(text: str) -> Question:
    return analyse(text, lambda _: 5.0)


def test_a_question_with_a_verb_of_its_own_does_not_take_over_what_was_asked() -> None:
    joined = in_context(read("会員は費用を払う必要がありますか？"), read("相談所はいつ始まりましたか？"))
    assert joined.kind == "open"


def test_afterwards_is_not_the_time_of_the_earlier_question() -> None:
    joined = in_context(read("その後、どの構想に引き継がれましたか？"), read("1987年の構想とは何ですか？"))
    assert not joined.dates
    assert not any(t.main.startswith("@") for t in joined.terms)


def test_a_word_that_only_points_is_no_word_to_look_for() -> None:
    joined = in_context(read("そのうち企業は？"), read("協議会の会員数はいくつですか？"))
    assert "うち" not in {t.main for t in joined.terms}
    assert joined.focus == ("企業",)


def test_a_hint_is_too_light_to_be_missed() -> None:
    question = hinted(read("医療機器の生産額は？"), read("秋田県の人口は？"))
    weights = {t.main: t.weight for t in question.terms}
    assert 0 < weights["秋田"] < 1.5
    assert "人口" not in weights
    assert question.text == "医療機器の生産額は？"
