from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.abstention import missing
from assistant.meaning import DEPTH, with_meaning
from assistant.reader import BuiltInReader
from assistant.scoring import rank

from .pages import candidates_of, question_on

PAGE = """　若葉財団は平成22年に法人になった。
　若葉財団の職場は三つの棟にある。
　研究棟では、あわせて1,200人の雇用が生まれた。
　見学は予約が要る。
"""
QUESTION = "若葉財団の研究棟では、どれだけの仕事がつくられましたか？"


class Meanings:
    """Says how near each text is by the first word of a table that it holds."""

    def __init__(self, **scores: float) -> None:
        self.scores_of = scores
        self.compared: list[str] = []

    def scores(self, _question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        self.compared.extend(texts)
        return np.array([next((s for w, s in self.scores_of.items() if w in t), 0.0) for t in texts])


def test_a_paraphrase_is_answered_by_the_line_that_means_the_same() -> None:
    question, candidates = question_on(QUESTION, PAGE), candidates_of(PAGE)
    compared = with_meaning(question, candidates, Meanings(雇用=6.0, 職場=-4.0))
    first = rank(question, compared)[0]
    assert "雇用" in first.candidate.quote
    assert first.candidate.similarity == 6.0
    assert "1,200人" in BuiltInReader().answer(question, compared).claims[0].text


def test_what_was_not_compared_is_as_far_as_the_farthest() -> None:
    page = "".join(f"　若葉財団の第{n}の仕事は、棟の手入れである。\n" for n in range(2 * DEPTH))
    question, candidates = question_on(QUESTION, page), candidates_of(page)
    meanings = Meanings(第3の=2.0, 第4の=-1.5)
    compared = with_meaning(question, candidates, meanings)
    assert len(meanings.compared) == DEPTH
    assert [c.similarity for c in compared].count(-1.5) == len(candidates) - DEPTH + 1


def test_words_alone_tell_when_they_hold_the_question() -> None:
    meanings = Meanings()
    candidates = candidates_of(PAGE)
    assert (
        with_meaning(question_on("若葉財団は平成何年に法人になりましたか？", PAGE), candidates, meanings) == candidates
    )
    assert not meanings.compared


def test_meaning_makes_up_for_words_before_the_reader_says_that_nothing_is_held() -> None:
    question = question_on("見に行くには前もって申し込みますか？", PAGE)
    far = with_meaning(question, candidates_of(PAGE), Meanings(見学=-3.0))
    near = with_meaning(question, candidates_of(PAGE), Meanings(見学=6.0))
    assert missing(question, rank(question, far)[:1])
    assert missing(question, rank(question, near)[:1]) is None
