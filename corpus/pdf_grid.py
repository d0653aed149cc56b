"""Tables from ruling lines: which cells the lines of a page enclose, merged ones included."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.pdf_rules import Box, Rules

_SNAP = 2.5  # points: lines that lie closer are one line
_ABREAST = 1.5  # points: pieces of one line
_MEET = 4.0  # points: ends that come so near meet
_SHARE = 0.8  # of a cell's side that a line has to cover
_FAR = 250.0  # points between two level lines of one table
_MAX_FACES = 10_000
_DASH = 2.5  # points between the dashes of a line
_SHORT = 6.0  # points: shorter lines are parts of drawings
_MAX_LINES, _MAX_WHOLE = 12_000, 3_000  # of a page, in pieces and put together: drawings have more


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell over the rows `top:bottom` and the columns `left:right` of its grid."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """`xs` and `ys` are the places of the lines in points, ascending; the cells cover the grid, row by row.

    `faces[r][c]` is the index of the cell over row `r` and column `c`.
    `is_drawn`: there are lines; else only areas of colour.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    faces: tuple[tuple[int, ...], ...]
    is_drawn: bool = True

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> int | None:
        """Index of the cell that holds the point."""
        left, top, right, bottom = self.box
        if not (left <= x <= right and top <= y <= bottom):
            return None
        column = min(max(bisect_left(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_left(self.ys, y) - 1, 0), len(self.ys) - 2)
        return self.faces[row][column]


def find_grids(rules: Rules) -> list[Grid]:
    """The grids from the top down. Lines that only lie one below the other make a grid of one column; a frame has one cell."""
    if len(rules.across) + len(rules.down) + 4 * len(rules.areas) > _MAX_LINES:
        return []
    across = _whole([*rules.across, *(edge for a in rules.areas for edge in _level_edges(a))], 0, 1)
    down = _whole([*rules.down, *(edge for a in rules.areas for edge in _upright_edges(a))], 1, 0)
    if len(across) + len(down) > _MAX_WHOLE:
        return []
    grids = []
    for group in _connected(across, down):
        h = [b for b in group if b[2] - b[0] >= b[3] - b[1]]
        v = [b for b in group if b[2] - b[0] < b[3] - b[1]]
        grid = _grid(h, v)
        if grid:
            grids.append(replace(grid, is_drawn=any(_runs_along(line, group) for line in (*rules.across, *rules.down))))
    return sorted(grids, key=lambda g: (g.ys[0], g.xs[0]))


def _whole(lines: Sequence[Box], along: int, across: int) -> list[Box]:
    """Pieces that lie end to end, as dashes do, become one line; what stays short is part of a drawing."""
    whole: list[Box] = []
    for line in sorted(lines, key=lambda b: (round(b[across] / _ABREAST), b[along])):
        last = whole[-1] if whole else None
        meets = last and last[along] - _DASH <= line[along] <= last[along + 2] + _DASH
        if last and meets and abs(last[across] - line[across]) <= _ABREAST:
            whole[-1] = (min(last[0], line[0]), min(last[1], line[1]), max(last[2], line[2]), max(last[3], line[3]))
        else:
            whole.append(line)
    return [line for line in whole if line[along + 2] - line[along] >= _SHORT]


def _runs_along(line: Box, group: Sequence[Box]) -> bool:
    """Is the line one of the group, or a piece of one?"""
    return any(
        b[0] - 0.1 <= line[0] and line[2] <= b[2] + 0.1 and b[1] - 0.1 <= line[1] and line[3] <= b[3] + 0.1
        for b in group
    )


def _level_edges(area: Box) -> Iterable[Box]:
    left, top, right, bottom = area
    return ((left, top, right, top), (left, bottom, right, bottom))


def _upright_edges(area: Box) -> Iterable[Box]:
    left, top, right, bottom = area
    return ((left, top, left, bottom), (right, top, right, bottom))


def _connected(across: Sequence[Box], down: Sequence[Box]) -> list[list[Box]]:
    """Lines that meet belong together; so do level lines that no upright line meets, where they share both ends."""
    boxes = [*across, *down]
    group = list(range(len(boxes)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    order = sorted(range(len(boxes)), key=lambda i: boxes[i][0])
    for at, i in enumerate(order):
        for j in order[at + 1 :]:
            if boxes[j][0] > boxes[i][2] + _MEET:
                break
            if _meet(boxes[i], boxes[j]):
                group[root(i)] = root(j)
    ruled = {root(i) for i in range(len(across), len(boxes))}
    open_lines = [i for i in range(len(across)) if root(i) not in ruled]
    level = sorted(open_lines, key=lambda i: (round(across[i][0] / _MEET), across[i][1]))
    for i, j in pairwise(level):
        same = abs(across[i][0] - across[j][0]) <= _MEET and abs(across[i][2] - across[j][2]) <= _MEET
        if same and across[j][1] - across[i][1] < _FAR:
            group[root(i)] = root(j)
    groups: dict[int, list[Box]] = {}
    for i, box in enumerate(boxes):
        groups.setdefault(root(i), []).append(box)
    return [g for g in groups.values() if len(g) >= 3]


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] - _MEET <= other[2]
        and other[0] - _MEET <= one[2]
        and one[1] - _MEET <= other[3]
        and other[1] - _MEET <= one[3]
    )


def _snapped(values: Iterable[float]) -> list[float]:
    places: list[list[float]] = []
    for value in sorted(values):
        if places and value - places[-1][-1] <= _SNAP:
            places[-1].append(value)
        else:
            places.append([value])
    return [sum(p) / len(p) for p in places]


def _grid(h: Sequence[Box], v: Sequence[Box]) -> Grid | None:
    """A grid's open sides (many tables have no line at the left and right) are closed by the ends of its lines."""
    if len(h) < 2:
        return None
    left, right = min(b[0] for b in h), max(b[2] for b in h)
    top, bottom = min(b[1] for b in [*h, *v]), max(b[3] for b in [*h, *v])
    xs = _snapped([*((b[0] + b[2]) / 2 for b in v), left, right])
    ys = _snapped([*((b[1] + b[3]) / 2 for b in h), top, bottom])
    xs = [x for n, x in enumerate(xs) if n == 0 or x - xs[n - 1] > _MEET]
    ys = [y for n, y in enumerate(ys) if n == 0 or y - ys[n - 1] > _MEET]
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MAX_FACES:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    level, upright = _by_place(h, ys, 0, 1), _by_place(v, xs, 1, 0)
    # below[r][c]: is there a line under the face (r, c)? beside[r][c]: one at its right?
    below = [[r == rows - 1 or _covered(level[r + 1], xs[c], xs[c + 1]) for c in range(columns)] for r in range(rows)]
    beside = [
        [c == columns - 1 or _covered(upright[c + 1], ys[r], ys[r + 1]) for c in range(columns)] for r in range(rows)
    ]
    cells = _cells(below, beside)
    at = {
        (r, c): n
        for n, cell in enumerate(cells)
        for r in range(cell.top, cell.bottom)
        for c in range(cell.left, cell.right)
    }
    faces = tuple(tuple(at[r, c] for c in range(columns)) for r in range(rows))
    return Grid(tuple(xs), tuple(ys), tuple(cells), faces)


def _by_place(
    lines: Sequence[Box], places: Sequence[float], along: int, across: int
) -> list[list[tuple[float, float]]]:
    """For each place the stretches that lines lie on there, from the start."""
    found: list[list[tuple[float, float]]] = [[] for _ in places]
    for box in lines:
        middle = (box[across] + box[across + 2]) / 2
        for n in range(bisect_left(places, middle - _SNAP - 1), len(places)):
            if places[n] > middle + _SNAP + 1:
                break
            found[n].append((box[along] - _SNAP, box[along + 2] + _SNAP))
    return [sorted(stretches) for stretches in found]


def _covered(stretches: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    """Do the stretches cover most of `start:end`?"""
    reached, total = start, 0.0
    for low, high in stretches:
        if low >= end:
            break
        total += max(0.0, min(high, end) - max(low, reached))
        reached = max(reached, high)
    return total >= _SHARE * (end - start)


def _cells(below: list[list[bool]], beside: list[list[bool]]) -> list[GridCell]:
    """Faces without a line between them are one cell, where they make a rectangle; else each stays alone."""
    rows, columns = len(below), len(below[0])
    seen = [[False] * columns for _ in range(rows)]
    cells = []
    for r in range(rows):
        for c in range(columns):
            if seen[r][c]:
                continue
            members = _flood(r, c, below, beside)
            top, left = min(m[0] for m in members), min(m[1] for m in members)
            bottom, right = max(m[0] for m in members) + 1, max(m[1] for m in members) + 1
            for row, column in members:
                seen[row][column] = True
            if len(members) == (bottom - top) * (right - left):
                cells.append(GridCell(top, left, bottom, right))
            else:
                cells.extend(GridCell(row, column, row + 1, column + 1) for row, column in sorted(members))
    return sorted(cells, key=lambda cell: (cell.top, cell.left))


def _flood(r: int, c: int, below: list[list[bool]], beside: list[list[bool]]) -> set[tuple[int, int]]:
    members = {(r, c)}
    stack = [(r, c)]
    while stack:
        row, column = stack.pop()
        for near, wall in (
            ((row + 1, column), below[row][column]),
            ((row - 1, column), row == 0 or below[row - 1][column]),
            ((row, column + 1), beside[row][column]),
            ((row, column - 1), column == 0 or beside[row][column - 1]),
        ):
            if not wall and near not in members:
                members.add(near)
                stack.append(near)
    return members
