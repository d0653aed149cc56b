"""A question that asks two things is answered in two parts: いつ設立され、会員数はいくつですか。"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from assistant.question import GENERIC, Question, focus_of, kind_of, predicate_of
from assistant.side_by_side import sides
from corpus.fold import fold, key
from corpus.tokenizer import tokenize

_ASKS = re.compile(
    r"いつ|どこ|誰|だれ|何|いくら|いくつ|どの|どれ|どんな|どちら|なぜ|名称|名前|氏名|年月日|教えて|挙げ|会員数|資本金|金額|割合|人数|件数"
)
_ASKS_ENGLISH = re.compile(r"\b(?:what|when|where|which|who|how)\b")
_CUT_ENGLISH = re.compile(r",? and (?=(?:by |in |for )?(?:what|when|where|which|who|how)\b)")
_CUT = re.compile(r"(?<=で)、|(?<=て)、|(?<=り)、|(?<=れ)、|(?<=げ)、|(?<=し)、|(?<=と)、|。(?=.)|(?<=か)、")
# Weight of the words of the other part: its names still tell the subject, its year and verbs do not.
_OTHER_NAME, _OTHER_WORD = 0.35, 0.05
_MEASURE = 0.5  # of what any figure may be called (戸数, 件数): which one it is, the words beside it tell


def parts_of(question: Question) -> list[Question]:
    """The question's parts, each a question of its own kind; the question itself when it asks one thing."""
    beside = () if question.english else sides(question.text)
    if beside:
        return [part(question, clause, measure=_MEASURE) for clause in beside]
    if question.calculates or question.compares:
        return [question]
    text = question.text if question.english else fold(question.text).text
    cut = _CUT_ENGLISH if question.english else _CUT
    cuts = [0, *(m.end() for m in cut.finditer(text)), len(text)]
    clauses = [text[a:b] for a, b in itertools.pairwise(cuts) if text[a:b].strip()]
    merged: list[str] = []
    for clause in clauses:
        if merged and not _asks(merged[-1]):
            merged[-1] += clause
        else:
            merged.append(clause)
    if len(merged) > 1 and (not _asks(merged[-1]) or sum(t.main in merged[-1] for t in question.terms) < 2):
        merged[-2:] = [merged[-2] + merged[-1]]
    if len(merged) != 2:
        return [question]
    return [part(question, clause) for clause in merged]


def asks_each(question: Question) -> bool:
    """Things are asked for side by side (…と…は、それぞれ): each has an answer of its own."""
    return not question.english and bool(sides(question.text))


def _asks(clause: str) -> bool:
    return bool(_ASKS.search(clause) or _ASKS_ENGLISH.search(clause.lower()))


def part(question: Question, clause: str, measure: float = 1.0) -> Question:
    """What the clause alone asks: of the question's other words only the names still count for something.

    `measure` is the share that is left of what any figure may be called (件数, 率).
    """
    inside = {t.term for t in tokenize(clause)} | set(clause.lower().split())
    years = {d.year for d in question.dates if fold(question.text[d.start : d.end]).text in clause}
    terms = []
    for term in question.terms:
        if term.main.startswith("@"):
            if int(term.main[1:5]) in years:
                terms.append(term)
            continue
        other = _OTHER_NAME if term.is_name or question.english else _OTHER_WORD
        share = (measure if term.main in GENERIC else 1.0) if term.main in inside else other
        terms.append(replace(term, weight=term.weight * share))
    dates = tuple(d for d in question.dates if d.year in years)
    return replace(
        question,
        text=clause,
        kind=kind_of(clause),
        terms=tuple(terms),
        dates=dates,
        focus=focus_of(clause),
        predicate=predicate_of(clause),
        phrases=tuple(p for p in question.phrases if p.main in key(clause)),
    )
