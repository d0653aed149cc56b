"""Figures of one unit that a line gives one after the other, each right after its label: 甲型146戸、乙型311戸; 甲港 1,150円 / 乙港 940円."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.operands import Operand, operand_of
from corpus.quantity import Quantity, find_quantities

_SEPARATORS = " \t　、，,。/／|｜・:：;；（(）)[]「」『』→⇒◆●○■□※-－―"
_PARTS = re.compile(r"[\s、，。/／|｜:：（(）)「」『』]+")
_TOPIC = re.compile(r".*(?:[はがも]|では|うち)(?=..)")
_NO_LABEL = re.compile(r"[\d０-９]|^[のとをにへでからまで]|^(?:計|合計|約|うち|その他|他)$")
_LETTER = re.compile(r"[一-龠々ァ-ヺa-zA-Z]")
_LONGEST = 20


def line_figures(candidate: Candidate) -> list[Operand]:
    """The longest run of labelled figures of one unit, in the order of the line; empty where there are not two, and for rows of tables."""
    if candidate.unit.cells:
        return []
    text, end = candidate.unit.text, 0
    runs: list[list[Operand]] = [[]]
    for quantity in _bare(candidate):
        label = _label(text[end : quantity.start], opens=not runs[-1])
        same = not runs[-1] or runs[-1][-1].unit == quantity.unit
        if not label or not same:
            runs.append([])
            label = label or _label(text[end : quantity.start], opens=True)
        if label and quantity.counted:
            runs[-1].append(operand_of(candidate, quantity, label))
        end = quantity.end
    best = max(runs, key=len)
    return best if len(best) > 1 and len({o.name for o in best}) == len(best) else []


def _bare(candidate: Candidate) -> Sequence[Quantity]:
    """The figures of the line; where most are bare, none takes the next label for its unit (甲社 34 乙社 142 大学・高専 9)."""
    text, found = candidate.unit.text, candidate.own.quantities
    if 2 * sum(not q.unit for q in found) < len(found):
        return found
    out = []
    for quantity in found:
        number = re.match(r"\S+(?=\s+\S)", text[quantity.start : quantity.end])
        bare = find_quantities(number[0]) if number else ()
        same = len(bare) == 1 and bare[0].value == quantity.value
        out.append(replace(quantity, unit="", end=quantity.start + len(number[0])) if number and same else quantity)
    return out


def _label(between: str, *, opens: bool) -> str:
    """What stands between two figures as the label of the second; "" where it is none. What opens a run may stand after a topic (住宅は建設型146戸)."""
    text = between.strip(_SEPARATORS)
    if opens:
        text = _TOPIC.sub("", _PARTS.split(text)[-1])
    if not text or len(text) > _LONGEST or _NO_LABEL.search(text) or not _LETTER.search(text) or _PARTS.search(text):
        return ""
    return text
