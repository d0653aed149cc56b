"""Running heads and feet of a PDF's pages, and the page numbers printed in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.fold import key
from corpus.pdf_page import EdgeLine, PageText

_NUMBER = re.compile(r"\d+|(?<![a-z])[ivxlc]+(?![a-z])")
_ALONE = re.compile(r"[-(\[~・p.\s]*(?:page|頁|ページ)?[.\s]*#(?:\s*/\s*#)?\s*(?:ページ|頁|page)?[-)\]~・.\s]*$")
_TIMES = 3  # pages on which the same line makes a running head
_DENSITY = 0.4  # of the pages between the first and the last of them
_GRID = 5.0  # points: how exactly the lines stand in the same place
_LARGE = 1.2  # of the page's type: larger lines are titles
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Running:
    """`lines[n]` are the running lines of page `n`, `labels[n]` the number printed on it ("" where no row of numbers was found)."""

    lines: tuple[tuple[EdgeLine, ...], ...]
    labels: tuple[str, ...]


def find_running(pages: Sequence[PageText | None]) -> Running:
    """Lines that stand at the same place with the same words, but for a number, on many pages."""
    groups: dict[tuple[str, int], list[tuple[int, EdgeLine]]] = defaultdict(list)
    for n, page in enumerate(pages):
        for line in page.edges if page else ():
            groups[_NUMBER.sub("#", key(line.text)), round(line.place / _GRID)].append((n, line))
    times = min(_TIMES, max(2, len(pages)))
    lines: list[list[EdgeLine]] = [[] for _ in pages]
    labels: dict[int, str] = {}
    for (words, _), found in sorted(groups.items(), key=lambda item: (not _ALONE.match(item[0][0]), item[0])):
        counted = _counted(found) if "#" in words else {}
        alone = bool(_ALONE.match(words))
        if not (
            _recurs(found, pages, times, alone=alone) or (alone and len(counted) > 1 and len(counted) == len(found))
        ):
            continue
        for n, line in found:
            if not alone or n in counted or len(found) >= times:
                lines[n].append(line)
        if len(counted) >= (2 if alone else times):
            for n, label in counted.items():
                labels.setdefault(n, label)
    return Running(tuple(map(tuple, lines)), _all_labels(labels, len(pages)))


def _recurs(
    found: Sequence[tuple[int, EdgeLine]], pages: Sequence[PageText | None], times: int, *, alone: bool
) -> bool:
    numbers = sorted({n for n, _ in found})
    if len(numbers) < times or len(numbers) < _DENSITY * (numbers[-1] - numbers[0] + 1):
        return False
    return alone or all(page and line.em <= _LARGE * page.em for page, line in ((pages[n], line) for n, line in found))


def _counted(found: Sequence[tuple[int, EdgeLine]]) -> dict[int, str]:
    """The number of each page that goes up with the pages; none where it stands still or jumps."""
    tokens = {n: _NUMBER.findall(key(line.text)) for n, line in found}
    best: dict[int, str] = {}
    for at in range(max(map(len, tokens.values()))):
        values = {n: (_value(t[at]), t[at]) for n, t in tokens.items() if at < len(t)}
        pages = sorted(values)
        steady = {
            n: values[n][1]
            for i, n in enumerate(pages)
            if any(values[m][0] - values[n][0] == m - n for m in (*pages[max(0, i - 1) : i], *pages[i + 1 : i + 2]))
        }
        if len(steady) > len(best):
            best = steady
    return best


def _value(token: str) -> int:
    if token.isdecimal():
        return int(token)
    values = [_ROMAN[c] for c in token]
    return sum(-v if any(w > v for w in values[i + 1 :]) else v for i, v in enumerate(values))


def _all_labels(found: dict[int, str], count: int) -> tuple[str, ...]:
    """A page without a number between two numbered ones is counted; one before them all is called by its place in the file."""
    if len(found) < max(2, 0.4 * count):
        return ("",) * count
    labels = []
    for n in range(count):
        label = found.get(n, "")
        if not label:
            before = next((m for m in range(n - 1, -1, -1) if found.get(m, "").isdecimal()), None)
            after = next((m for m in range(n + 1, count) if found.get(m, "").isdecimal()), None)
            if before is not None and after is not None and int(found[after]) - int(found[before]) == after - before:
                label = str(int(found[before]) + n - before)
        labels.append(label or f"{n + 1}枚目")
    return tuple(labels)
