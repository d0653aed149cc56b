"""Figures of one label that stand under several headings: 県外への避難移動 1,574人 under 岩手県, 7,720人 under 宮城県."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Evidence
from assistant.asked_result import may_result
from assistant.candidates import Candidate, read_text
from assistant.question import Question
from assistant.scoring import Scored, holds
from corpus.fold import key

_LABEL = re.compile(r"([^\s、。，,:：（(「『・|]{2,20})\s*[:：]?\s*(?:約|計)?\s*$")
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A figure: `name` is the heading that it stands under, `label` what stands right before it."""

    name: str
    label: str
    number: Decimal
    unit: str
    shown: str
    evidence: Evidence


def labelled_values(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> list[LabelledValue]:
    """One figure for each heading of a page, all of the label that the question names best; empty unless there are two.

    Where the question names two or more of the headings, only theirs.
    """
    asked = key(question.text)
    for page in dict.fromkeys(s.candidate.on_page for s in ranked[:_DEPTH]):
        groups: dict[str, dict[str, LabelledValue]] = {}
        for candidate in candidates:
            if candidate.on_page != page or not candidate.unit.headings:
                continue
            for value in _figures(candidate):
                if may_result(question, value.unit):
                    groups.setdefault(key(value.label), {}).setdefault(value.name, value)
        told = {label: _told(question, label) for label, found in groups.items() if len(found) >= 2}
        best = max(told, key=lambda label: (told[label], key(label) in asked, len(label)), default="")
        if not best or not told[best]:
            continue
        found = list(groups[best].values())
        named = [o for o in found if key(o.name) in asked]
        found = named if len(named) >= 2 else found
        if len({o.unit for o in found}) == 1:
            return found
    return []


def _figures(candidate: Candidate) -> Iterator[LabelledValue]:
    """Each figure of the unit that has a label right before it, named after the unit's heading."""
    text = candidate.unit.text
    if any(c.header for c in candidate.unit.cells):
        return
    for quantity in candidate.own.quantities:
        label = _LABEL.search(text[: quantity.start])
        if label:
            shown = re.sub(r"\s+", "", text[quantity.start : quantity.end])
            name = candidate.unit.headings[-1]
            yield LabelledValue(name, label[1], quantity.value, quantity.unit, shown, candidate.evidence())


def _told(question: Question, label: str) -> float:
    """The weight of the label's words that the question holds; 0 unless it holds them all."""
    reading = read_text(label)
    held = [t for t in question.terms if holds(t, reading)]
    known = {form for t in held for form in (t.main, *t.others)}
    words = [w for w in reading.terms if not any(w != other and w in other for other in reading.terms)]
    covered = all(w in known or any(t.main in w for t in held) for w in words)
    return sum(t.weight for t in held) if held and covered else 0.0
