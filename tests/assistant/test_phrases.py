"""Compounds of the question that the evidence holds to the letter lead to their line."""

from assistant.phrases import with_phrases
from assistant.question import analyse

from .pages import candidates_of

PAGE = "　設備を更新して支援する。\n\n　設備更新支援(12件、約30億円)\n\n　人材育成支援(7件、約4億円)\n"


def test_compound_that_stands_in_the_evidence_becomes_a_phrase_and_one_that_does_not_does_not() -> None:
    question = with_phrases(
        analyse("若草県の港湾整備計画のうち、設備更新支援は何件ですか", lambda _: 1.0), candidates_of(PAGE)
    )
    assert [p.main for p in question.phrases] == ["設備更新支援"]


def test_rarer_compound_weighs_more() -> None:
    page = PAGE + "\n　人材育成支援は毎年行う。\n"
    question = with_phrases(analyse("設備更新支援と人材育成支援", lambda _: 1.0), candidates_of(page))
    weights = {p.main: p.weight for p in question.phrases}
    assert weights["設備更新支援"] > weights["人材育成支援"] > 0
