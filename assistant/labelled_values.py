"""Figures of one label that stand under several headings: 県外への避難移動 1,574人 under 岩手県, 7,720人 under 宮城県."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.asked_result import may_result
from assistant.candidates import Candidate, read_text, whole_words
from assistant.operands import Operand, operand_of
from assistant.question import Question
from assistant.scoring import Scored, holds
from corpus.fold import key

_LABEL = re.compile(r"([^\s、。，,:：（(「『・|]{2,20})\s*[:：]?\s*(?:約|計)?\s*$")
_DEPTH = 8


def labelled_values(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[str, list[Operand]]:
    """The label that the question names best, and a figure of it for each heading of a page, named after the heading; none unless there are two.

    Where the question names two or more of the headings, only theirs.
    """
    asked = key(question.text)
    for page in dict.fromkeys(s.candidate.on_page for s in ranked[:_DEPTH]):
        groups: dict[str, tuple[str, dict[str, Operand]]] = {}
        for candidate in candidates:
            if candidate.on_page != page or not candidate.unit.headings:
                continue
            for label, value in _figures(candidate):
                if may_result(question, value.unit):
                    groups.setdefault(key(label), (label, {}))[1].setdefault(value.name, value)
        told = {label: _told(question, label) for label, (_, values) in groups.items() if len(values) >= 2}
        best = max(told, key=lambda label: (told[label], key(label) in asked, len(label)), default="")
        if not best or not told[best]:
            continue
        written, values = groups[best]
        found = list(values.values())
        named = [o for o in found if key(o.name) in asked]
        found = named if len(named) >= 2 else found
        if len({o.unit for o in found}) == 1:
            return written, found
    return "", []


def _figures(candidate: Candidate) -> Iterator[tuple[str, Operand]]:
    """(label, figure) for each figure of the unit that has a label right before it, named after the unit's heading."""
    text = candidate.unit.text
    if any(c.header for c in candidate.unit.cells):
        return
    for quantity in candidate.own.quantities:
        label = _LABEL.search(text[: quantity.start])
        if label:
            yield label[1], operand_of(candidate, quantity, candidate.unit.headings[-1])


def _told(question: Question, label: str) -> float:
    """The weight of the label's words that the question holds; 0 unless it holds them all."""
    reading = read_text(label)
    held = [t for t in question.terms if holds(t, reading)]
    known = {form for t in held for form in (t.main, *t.others)}
    covered = all(w in known or any(t.main in w for t in held) for w in whole_words(reading))
    return sum(t.weight for t in held) if held and covered else 0.0
