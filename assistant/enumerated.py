"""The values of several things that a question lists: 設備投資支援・技術開発支援・拠点の整備を合わせると何件."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked_result import may_result
from assistant.candidates import Candidate
from assistant.operands import Operand, value_of
from assistant.question import Question
from assistant.scoring import Scored
from corpus.fold import fold, key

_LISTED = re.compile(
    r"(?P<items>[^。]*?)(?:の?(?:3つ|三つ|[3-9]\w{0,3}))?を(?:全て|すべて)?(?:合わせ|あわせ|足|合計|合算)|(?P<of>[^。]*?)の(?:合計|総計|和)"
)
_BETWEEN = re.compile(r"[、・，,]|および|及び|と(?=[^、・]{3,})")
_DEPTH = 40
_SHORTEST = 3


def by_list(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> tuple[Operand, ...]:
    """One value of the asked unit for each of three or more listed names, all of one page; empty unless each is certain."""
    listed = _LISTED.search(fold(question.text).text)
    names = [
        key(n)
        for n in _BETWEEN.split((listed["items"] or listed["of"]) if listed else "")
        if len(n.strip()) >= _SHORTEST
    ]
    best: tuple[Operand, ...] = ()
    for size in range(3, len(names) + 1):
        found = [_named(question, name, ranked, candidates) for name in names[-size:]]
        whole = tuple(o for o in found if o)
        if len(whole) < size:
            break
        if (
            len({o.evidence.place for o in whole}) == size
            and len({(o.unit, o.evidence.document_id, o.evidence.page_number) for o in whole}) == 1
        ):
            best = whole
    return best


def _named(question: Question, name: str, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Operand | None:
    """The value of the one unit that is called so: its row's first cell, or what stands before its first figure."""
    names = [(s.candidate, n) for s in ranked[:_DEPTH] if (n := _name_of(s.candidate))]
    while not (called := [(c, n) for c, n in names if name in key(n)]) and "の" in name:
        name = name.partition("の")[2]  # whose it is stands before it: 若草局の設備更新支援
    exact = [c for c in called if key(c[1]) == name] or called
    if len(exact) != 1 or len(name) < _SHORTEST:
        return None
    unit, written = exact[0]
    operand = value_of(question, unit, candidates, written)
    if operand is None or not may_result(question, operand.unit):
        return None
    return Operand(written, operand.number, operand.unit, operand.shown, operand.evidence)


def _name_of(candidate: Candidate) -> str:
    """What a row or a labelled line is called: 設備更新支援 of 設備更新支援(12件、約30億円)."""
    unit = candidate.unit
    if unit.cells:
        return unit.cells[0].text.strip()
    if not candidate.own.quantities:
        return ""
    before = unit.text[: candidate.own.quantities[0].start]
    label = re.fullmatch(r"\W*(.{2,40}?)\s*[(（:：]\s*約?", before)
    return label[1] if label else ""
