"""How far a target is away: the aimed value less the present one, of two lines (目標 15%, 現状 12.9%) or of one arrow (1.2兆円→2兆円)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answer import Claim
from assistant.asked_result import may_result, result_text
from assistant.candidates import Candidate, read_text
from assistant.operands import Operand, operand_of
from assistant.question import GENERIC, Question
from assistant.scoring import Scored, holds, share_named
from assistant.term import Term
from assistant.values import find_value
from corpus.fold import fold

_ASKED = re.compile(r"目標.*(?:あと|残り|不足|足りな|届|達する|差|隔たり|開き)|(?:あと|残り|差|不足).*目標")
_AIMED = re.compile(r"目標|目指")
_PRESENT = re.compile(r"現状|現在|実績|時点|\d年度?[の:：]")
_ARROW = re.compile(r"\s*[→⇒]\s*")
_POINTS = re.compile(r"何(?:%|パーセント)?ポイント")
_ATTRIBUTE = 0.6  # share of what is asked of both values that the line of each must hold
_DEPTH = 8
_LABEL_CHARS = 14
_OWN_WORDS = GENERIC | frozenset("目標 届く 後 残り 達する 不足 差 足りる 目指す 現状 現在".split())


def target_gap(question: Question, ranked: Sequence[Scored]) -> Claim | None:
    """The gap between a target and what is reached; None when that is not asked, or one of the two is not certain."""
    text = fold(question.text).text
    if not _ASKED.search(text):
        return None
    terms = [t for t in question.terms if t.main not in _OWN_WORDS and not t.main.startswith("@")]
    pair = next((p for find in (_by_arrow, _by_bracket, _by_lines) if (p := find(question, ranked, terms))), None)
    if pair is None or pair[0].unit != pair[1].unit:
        return None
    now, aim = pair
    unit = "ポイント" if aim.unit == "%" else aim.unit
    gap = abs(aim.number - now.number)
    shown = result_text(question, gap, unit, aim.shown)
    text = f"あと{shown}です（{aim.name} {aim.shown} − {now.name} {now.shown}）。"
    return Claim(text, tuple(dict.fromkeys((aim.evidence, now.evidence))), (gap,))


def _by_lines(question: Question, ranked: Sequence[Scored], terms: Sequence[Term]) -> tuple[Operand, Operand] | None:
    """The one line that gives the present value, and the one that gives the target."""
    asked = replace(question, text=_POINTS.sub("何%", fold(question.text).text), kind="number", dates=())
    found: dict[bool, tuple[Candidate, Operand]] = {}
    for scored in [*ranked[:_DEPTH], *ranked[:_DEPTH]]:  # the second time a line may stand beside the first one found
        candidate = scored.candidate
        words = f"{candidate.unit.label} {candidate.unit.text}"
        aimed, present = bool(_AIMED.search(words)), bool(_PRESENT.search(words))
        beside = (not aimed) in found and _beside(candidate, found[not aimed][0])
        if aimed == present or aimed in found or not (beside or share_named(terms, candidate) >= _ATTRIBUTE):
            continue
        value = find_value(asked, candidate)
        if value and value.number is not None and may_result(question, value.unit):
            name = "目標" if aimed else "現状"
            operand = Operand(name, value.number, value.unit, value.text, candidate.evidence())
            found[aimed] = (candidate, operand)
    return (found[False][1], found[True][1]) if len(found) == 2 else None


def _beside(one: Candidate, other: Candidate) -> bool:
    return one.page is other.page and abs(one.position - other.position) == 1


def _by_bracket(question: Question, ranked: Sequence[Scored], terms: Sequence[Term]) -> tuple[Operand, Operand] | None:
    """A target with the present value in brackets after it: 全国比15%（23年度：12.9%）."""
    for scored in ranked[:_DEPTH]:
        candidate, text = scored.candidate, scored.candidate.unit.text
        if (
            not _AIMED.search("".join((*candidate.unit.headings[-1:], text)))
            or share_named(terms, candidate) < _ATTRIBUTE
        ):
            continue
        for aim in candidate.own.quantities:
            bracket = re.match(r"[(（]([^()（）]*)[)）]", text[aim.end :])
            end = aim.end + bracket.end() if bracket else 0
            inside = [q for q in candidate.own.quantities if aim.end < q.start < end and q.unit == aim.unit]
            dated = any(aim.end < d.start < end for d in candidate.own.dates) or bool(
                _PRESENT.search(text[aim.end : end])
            )
            if len(inside) == 1 and dated and may_result(question, aim.unit):
                return operand_of(candidate, inside[0], "現状"), operand_of(candidate, aim, "目標")
    return None


def _by_arrow(question: Question, ranked: Sequence[Scored], terms: Sequence[Term]) -> tuple[Operand, Operand] | None:
    """Two values joined by an arrow whose label the question names: 出荷額9,000億円→1兆5,000億円."""
    for scored in ranked[:_DEPTH]:
        candidate, text = scored.candidate, scored.candidate.unit.text
        quantities = candidate.own.quantities
        for one, two in pairwise(quantities):
            label = read_text(re.split(r"[、。:：（(]", text[max(0, one.start - _LABEL_CHARS) : one.start])[-1])
            if (
                one.unit == two.unit
                and _ARROW.fullmatch(text[one.end : two.start])
                and may_result(question, one.unit)
                and label.terms
                and all(any(holds(t, read_text(w)) for t in terms) for w in label.terms if len(w) > 1)
            ):
                return operand_of(candidate, one, "現状"), operand_of(candidate, two, "目標")
    return None
