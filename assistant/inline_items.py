"""A list that stands in one line: ① 甲 ② 乙 ③ 丙, 方向.1 甲 方向.2 乙, １点目は甲、２点目は乙, 選ぶ1 育てる2 広げる3."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.candidates import Candidate
from corpus.fold import Folded, fold
from corpus.numeral import parse_numeral

# Marks that stand before an item (folding makes (1) of ①), the more particular ones last.
_BEFORE = (
    re.compile(r"\((?P<number>[1-9])\)"),
    re.compile(r"(?P<number>[1-9一二三四五六七八九])(?:点|つ)目(?:として)?[はがに]?、?"),
    re.compile(r"(?P<label>[一-龠ァ-ヶー々]{2,8})\s?[.．・]\s?(?P<number>[1-9])(?!\d)[.．：:]?"),
)
_AFTER = re.compile(
    r"(?P<item>[^\s\d、。,.()][^\s\d。,.()]{1,11})(?<!第)(?P<number>[1-9])(?=\s|$|[^\x00-\x7f年月日%章節条項回期号位人名社件つ])"
)
_EDGE = " 　\t\n、。，,；;：:"
_LONGEST = 120
STAGES = "\0stages"  # label of items whose numbers stand behind them, as a slide sets the stages of a way


def inline_items(candidate: Candidate) -> list[Candidate]:
    """The things that a line lists with marks that count up from one, in their order; each cites the whole line.

    Empty unless there are two at least, and every number up to the last is there once.
    """
    if candidate.unit.cells:
        return []
    folded = fold(candidate.quote)
    label = ""
    for pattern in _BEFORE:
        items = _numbered(_after_marks(pattern, folded, candidate.quote))
        if items:
            mark = pattern.search(folded.text)
            label = (mark.groupdict().get("label") or "") if mark else ""
            break
    else:
        items, label = _numbered([(int(m["number"]), m["item"]) for m in _AFTER.finditer(folded.text)]), STAGES
    return [replace(candidate, unit=replace(candidate.unit, text=item, kind="bullet", label=label)) for item in items]


def _after_marks(pattern: re.Pattern[str], folded: Folded, text: str) -> list[tuple[int, str]]:
    """What stands between one mark and the next, with the mark's number; nothing where the marks bear different labels."""
    marks = list(pattern.finditer(folded.text))
    if len(marks) < 2 or len({m.groupdict().get("label") for m in marks}) > 1:
        return []
    out: list[tuple[int, str]] = []
    for mark, end in zip(marks, [*(m.start() for m in marks[1:]), len(folded.text)], strict=True):
        item = text[slice(*folded.original(mark.end(), end))].strip(_EDGE) if end > mark.end() else ""
        out.append((int(parse_numeral(mark["number"]) or 0), item))
    if not any("\n" in item for _, item in out[:-1]):
        out[-1] = (out[-1][0], out[-1][1].partition("\n")[0])  # each in a line of its own: what follows is none of them
    return [(n, item.replace("\n", "")) for n, item in out]


def _numbered(items: list[tuple[int, str]]) -> list[str]:
    """The items in the order of their numbers; empty unless these are 1 to n, and each item is short."""
    if len(items) < 2 or sorted(n for n, _ in items) != list(range(1, len(items) + 1)):
        return []
    return [item for _, item in sorted(items)] if all(0 < len(item) <= _LONGEST for _, item in items) else []
