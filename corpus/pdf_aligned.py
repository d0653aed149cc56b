"""Tables without ruling lines, and text in columns: told by how the printed lines of a page stand one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.pdf_rules import Box
from corpus.pdf_strips import Strip
from corpus.pdf_table import Printed, Table, is_figure, names_columns, strips_text, table_of, text_of, visual_lines
from corpus.tables import is_number

_ROW_GAP = 2.2  # em between two rows of one table
_PROSE = 14  # em: cells that are wider on the whole are lines of text
_MAX_HEAD = 2

Interval = tuple[float, float]


def aligned_tables(strips: Sequence[Strip]) -> tuple[list[Table], list[Strip]]:
    """The tables among the strips of a page, and the strips that stand in none, in the order of the file."""
    lines = visual_lines([s for s in strips if not s.vertical])
    tables: list[Table] = []
    taken: set[int] = set()
    at = 0
    while at < len(lines):
        end = _run_end(lines, at)
        if end - at >= 2 and _is_table(lines[at:end]):
            start = _head_start(lines, at, end, taken)
            rows = [strip for line in lines[start:end] for strip in line]
            table = tabulate(rows, depth=at - start or None)
            if table:
                tables.append(table)
                taken.update(s.order for s in rows)
                at = end
                continue
        at += 1
    return tables, [s for s in strips if s.vertical or s.order not in taken]


def tabulate(strips: Sequence[Strip], *, box: Box | None = None, depth: int | None = None) -> Table | None:
    """The strips as a table: its columns from those rows that have most of them. `depth` rows name the columns, where that is known."""
    lines = visual_lines(strips)
    most = max(len(line) for line in lines)
    columns = _columns([line for line in lines[depth or 0 :] if len(line) >= max(2, most - 1)] or lines)
    if len(columns) < 2:
        return None
    rows = [_in_columns(line, columns) for line in lines]
    merged: list[list[list[Strip]]] = []
    for n, row in enumerate(rows):
        if merged and n > (depth or 0) and _goes_on(merged[-1], row, lines[n - 1], lines[n]):
            for cell, more in zip(merged[-1], row, strict=True):
                cell.extend(more)
        else:
            merged.append(row)
    printed = [[strips_text(cell) for cell in row] for row in merged]
    if depth is None:
        depth = int(names_columns([[text_of(c) for c in row] for row in printed]))
    around = box or (
        min(s.left for s in strips),
        min(s.top for s in strips),
        max(s.right for s in strips),
        max(s.bottom for s in strips),
    )
    return table_of(printed, depth, around, min(s.order for s in strips))


def rows_in_columns(bands: Sequence[Sequence[Strip]]) -> list[list[Printed]] | None:
    """Rows that are known already, cut into the columns that they share; None when they share no gap."""
    lines = [line for band in bands for line in visual_lines(band) if len(line) > 1]
    columns = _columns(lines) if lines else []
    if len(columns) < 2:
        return None
    return [[strips_text(cell) for cell in _in_columns(band, columns)] for band in bands]


def _columns(lines: Sequence[Sequence[Strip]]) -> list[Interval]:
    """The widths that the strips take up together, from the left; gaps between them run through all lines."""
    merged: list[Interval] = []
    for left, right in sorted((s.left, s.right) for line in lines for s in line):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _in_columns(line: Sequence[Strip], columns: Sequence[Interval]) -> list[list[Strip]]:
    """The strips of a row by column; one that reaches over several stands in each of them, one beside all in the nearest."""
    cells: list[list[Strip]] = [[] for _ in columns]
    for strip in line:
        shared = [min(right, strip.right) - max(left, strip.left) for left, right in columns]
        over = [n for n, width in enumerate(shared) if width > 0.5 * strip.em]
        if not over:
            middle = (strip.left + strip.right) / 2
            over = [min(range(len(columns)), key=lambda n: abs(sum(columns[n]) / 2 - middle))]
        for n in over:
            cells[n].append(strip)
    return cells


def _goes_on(
    row: Sequence[Sequence[Strip]], more: Sequence[Sequence[Strip]], above: Sequence[Strip], line: Sequence[Strip]
) -> bool:
    """Is the line the second of a cell? It stands close below, names no row and holds no figure."""
    gap = min(s.top for s in line) - max(s.bottom for s in above)
    text = [text_of(strips_text(cell)) for cell in more]
    return (
        not more[0]
        and gap < 0.6 * line[0].em
        and not any(is_number(t) for t in text if t)
        and all(row[n] for n, cell in enumerate(more) if cell)
    )


def _run_end(lines: Sequence[Sequence[Strip]], start: int) -> int:
    """The end of the run of lines with two or more strips from `start` on whose gaps run through."""
    if len(lines[start]) < 2:
        return start
    end = start + 1
    count = len(_columns(lines[start:end]))
    while end < len(lines):
        above = max(s.bottom for s in lines[end - 1])
        below = min(s.top for s in lines[end])
        if below - above > _ROW_GAP * max(s.em for s in lines[end]):
            break
        if len(lines[end]) < 2 and not _fits(lines[end], _columns(lines[start:end])):
            break
        now = len(_columns([*lines[start : end + 1]]))
        if now < 2 or now < count - 1:
            break
        count = now
        end += 1
    while (
        end > start and len(lines[end - 1]) < 2 and not _fits_behind(lines[end - 1], _columns(lines[start : end - 1]))
    ):
        end -= 1
    return end


def _fits(line: Sequence[Strip], columns: Sequence[Interval]) -> bool:
    """Does a lone strip stand within one column?"""
    return any(left - 1 <= line[0].left and line[0].right <= right + line[0].em for left, right in columns)


def _fits_behind(line: Sequence[Strip], columns: Sequence[Interval]) -> bool:
    return len(columns) > 1 and line[0].left >= columns[1][0] - 1


def _is_table(lines: Sequence[Sequence[Strip]]) -> bool:
    """Figures make a table; so do three rows of short cells that the file has row by row. Lines of text side by side are columns."""
    rows = [line for line in lines if len(line) > 1]
    behind = [strip for line in rows for strip in line[1:]]
    texts = [s.text for s in behind]
    figures = sum(is_figure(t) or is_number(t) for t in texts)
    if len(rows) >= 2 and figures >= 0.5 * len(texts):
        return True
    wide = median((s.right - s.left) / s.em for line in rows for s in line)
    by_row = sum(line[0].order < line[1].order < nxt[0].order for line, nxt in pairwise(rows))
    ends = sum(t.endswith(("。", "、")) for t in texts)
    return len(rows) >= 3 and wide <= _PROSE and by_row >= 0.7 * (len(rows) - 1) and ends <= 0.2 * len(texts)


def _head_start(lines: Sequence[Sequence[Strip]], at: int, end: int, taken: set[int]) -> int:
    """The first of the lines above that name the columns."""
    columns = _columns([line for line in lines[at:end] if len(line) > 1])
    start = at
    while start > 0 and at - start < _MAX_HEAD:
        line = lines[start - 1]
        near = min(s.top for s in lines[start]) - max(s.bottom for s in line) <= _ROW_GAP * line[0].em
        within = line[0].left >= columns[0][0] - 2 * line[0].em and line[-1].right <= columns[-1][1] + 3 * line[0].em
        if not (near and within and len(line) > 1) or any(
            s.order in taken or is_figure(s.text) or s.text.endswith("。") for s in line
        ):
            break
        start -= 1
    return start
