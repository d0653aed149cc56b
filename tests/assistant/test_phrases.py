"""Compounds of the question that the evidence holds to the letter lead to their line."""

from assistant.phrases import with_phrases
from assistant.question import analyse

from .pages import candidates_of

PAGE = "　設備の更新を投資で支援する。\n\n　設備投資支援(38件、約119億円)\n\n　技術開発支援(29件、約25億円)\n"


def test_compound_that_stands_in_the_evidence_becomes_a_phrase_and_one_that_does_not_does_not() -> None:
    question = with_phrases(
        analyse("若草県の人材育成計画のうち、設備投資支援は何件ですか", lambda _: 1.0), candidates_of(PAGE)
    )
    assert [p.main for p in question.phrases] == ["設備投資支援"]


def test_rarer_compound_weighs_more() -> None:
    page = PAGE + "\n　技術開発支援は毎年行う。\n"
    question = with_phrases(analyse("設備投資支援と技術開発支援", lambda _: 1.0), candidates_of(page))
    weights = {p.main: p.weight for p in question.phrases}
    assert weights["設備投資支援"] > weights["技術開発支援"] > 0
