"""A sound sentence on something else than what was asked is no answer."""

import pytest

from assistant.answer import Claim
from assistant.asked_check import asked_check, pages_of
from assistant.candidates import Candidate
from assistant.marker_parser import Sentence
from assistant.model_claims import ClaimReading
from assistant.question import analyse

from .pages import candidates_of

NORTH = "川北ものづくり協議会\n\n会員数は412である。\n"
SOUTH = "みなみ食品会議\n\n会員数は85である。\n2009年の出荷額は270億円であった。\n"


def candidates() -> list[Candidate]:
    return candidates_of([NORTH, SOUTH])


def claim_on(text: str, needle: str) -> Claim:
    return Claim(text, tuple(c.evidence() for c in candidates() if needle in c.quote))


@pytest.mark.parametrize(
    ("question", "text", "needle", "missing"),
    [
        ("川北ものづくり協議会の会員数は？", "会員数は85です。", "85", "川北"),
        ("川北ものづくり協議会の会員数は？", "会員数は412です。", "412", ""),
        ("2008年の出荷額はいくらですか？", "出荷額は270億円です。", "270", "2008年"),
        ("2009年の出荷額はいくらですか？", "出荷額は270億円です。", "270", ""),
        ("平成21年の出荷額はいくらですか？", "出荷額は270億円です。", "270", ""),
        ("2008年の出荷額はいくらですか？", "2009年の出荷額は270億円です。", "270", ""),
    ],
)
def test_sentence_is_on_the_asked_name_and_year(question: str, text: str, needle: str, missing: str) -> None:
    asked = analyse(question, lambda _: 5.0)
    found = asked_check(asked, claim_on(text, needle), pages_of(candidates()))
    assert found == ((missing,) if missing else ())


def test_model_on_something_else_is_dropped_by_this_check_alone() -> None:
    asked = analyse("川北ものづくり協議会の会員数は？", lambda _: 5.0)
    evidence = claim_on("", "85").evidence
    sentence = Sentence("会員数は85です。", (1,))
    claim, faults = ClaimReading(evidence, asked, pages_of(candidates())).claim(sentence)
    assert claim is None
    assert [f.text for f in faults] == ["川北"]
    assert ClaimReading(evidence, asked, {}).claim(sentence)[0] is not None
