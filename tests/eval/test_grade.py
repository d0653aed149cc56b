"""An answer is right when it says the values, nothing forbidden, and not too much; its citations and values are counted."""

from decimal import Decimal
from typing import Any

import pytest

from assistant.answer import Answer
from eval.dataset import Item
from eval.grade import Grade, grade

from .conftest import answered, cited, item, page_text

FOUNDED = "平成20年7月14日に設立された"


def graded(answer: Answer, computed: tuple[Decimal, ...] | None = (), **changes: Any) -> Grade:
    return grade(Item.model_validate(item(**changes)), answer, page_text, computed)


def test_a_right_answer_in_the_other_calendar_is_right_direct_and_cited() -> None:
    found = graded(answered("2008年7月14日です。[1]", cited("plan", "1", FOUNDED)))
    assert (found.right, found.direct, found.cite_precision, found.cite_recall) == (True, True, 1.0, 1.0)
    assert found.ungrounded == ()


def test_the_markers_of_citations_are_no_part_of_the_answer() -> None:
    assert not graded(answered("不明です。[16]"), must=[["16"]], kind="number").right


def test_an_answer_beyond_the_first_120_characters_is_right_but_not_direct() -> None:
    found = graded(answered("あ" * 130 + "2008年7月14日です。", cited("plan", "1", FOUNDED)))
    assert (found.right, found.direct) == (True, False)


@pytest.mark.parametrize(("kind", "right"), [("date", False), ("list", True), ("reading", False)])
def test_a_page_dumped_whole_is_no_answer(kind: str, right: bool) -> None:
    assert graded(answered("2008年7月14日" + "あ" * 400), kind=kind).right is right


def test_a_forbidden_value_makes_an_answer_wrong() -> None:
    found = graded(answered("328、うち企業は193社です。"), kind="number", must=[["328"]], must_not=["193"])
    assert (found.right, found.forbidden) == (False, ("193",))


def test_an_abstention_is_right_only_where_nothing_is_held() -> None:
    silent = answered("記載がありません。", abstained=True)
    assert graded(silent, abstain=True, must=[], evidence=[]).right
    assert not graded(silent).right
    assert not graded(answered("100円です。"), abstain=True, must=[], evidence=[]).right


def test_citations_of_an_abstention_count_for_nothing() -> None:
    found = graded(answered("記載がありません。", cited("plan", "1", FOUNDED), abstained=True))
    assert (found.cite_precision, found.cite_recall) == (None, 0.0)


def test_half_of_two_citations_is_half_precision() -> None:
    found = graded(answered("2008年7月14日", cited("plan", "1", FOUNDED), cited("plan", "2", "予算額", 2)))
    assert (found.cite_precision, found.cite_recall) == (0.5, 1.0)


def test_pages_that_are_needed_together_have_all_to_be_cited() -> None:
    evidence = [
        {"doc": "plan", "page": "1", "quote": "平成"},
        {"doc": "cases", "page": "1", "quote": "昭和", "same": []},
    ]
    one = answered("2008年7月14日", cited("plan", "1", FOUNDED))
    both = answered("2008年7月14日", cited("plan", "1", FOUNDED), cited("cases", "1", "昭和58年4月", 2))
    assert graded(one, evidence=evidence, needs_all=True).cite_recall == 0.0
    assert graded(both, evidence=evidence, needs_all=True).cite_recall == 1.0
    assert graded(one, evidence=evidence).cite_recall == 1.0


def test_another_page_that_says_the_same_counts() -> None:
    evidence = [{"doc": "plan", "page": "2", "quote": "予算", "same": ["1"]}]
    assert graded(answered("2008年7月14日", cited("plan", "1", FOUNDED)), evidence=evidence).cite_recall == 1.0


@pytest.mark.parametrize(
    ("text", "quote", "missing"),
    [
        ("2008年7月14日です。", ("plan", "1", FOUNDED), ()),
        ("2009年7月14日です。", ("plan", "1", FOUNDED), ("2009年7月14日",)),
        ("8,418万8千円です。", ("plan", "2", "84,188千円"), ()),
        ("84,188万円です。", ("plan", "2", "84,188千円"), ("84,188万円",)),
        ("328社です。", ("plan", "2", "84,188千円"), ("328社",)),
    ],
)
def test_a_value_that_no_quote_holds_is_ungrounded(
    text: str, quote: tuple[str, str, str], missing: tuple[str, ...]
) -> None:
    assert graded(answered(text, cited(*quote))).ungrounded == missing


def test_a_computed_value_is_grounded() -> None:
    answer = answered("135です。", cited("plan", "1", "発足時の会員数は３２８"))
    assert graded(answer, (Decimal(135),)).ungrounded == ()
    assert graded(answer, ()).ungrounded == ("135",)


def test_a_conflict_is_shown_or_not() -> None:
    assert graded(answered("2008年7月14日", conflicts=1), kind="conflict").conflict is True
    assert graded(answered("2008年7月14日"), kind="conflict").conflict is False
    assert graded(answered("2008年7月14日")).conflict is None
