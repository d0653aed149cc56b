"""Tables without ruling lines, and text in columns: told by how the printed lines of a page stand one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.pdf_rules import Box
from corpus.pdf_strips import Strip
from corpus.pdf_table import Table, is_figure, names_columns, strips_text, table_of, text_of, visual_lines
from corpus.tables import is_number, is_year

_ROW_GAP = 2.2  # em between two rows of one table
_PROSE = 14  # em: cells that are wider on the whole are lines of text
_MAX_HEAD = 2

_CLOSE = 0.5  # em between the lines of one cell
_MAX_LINES = 8  # of one row

_CAPTION = re.compile(r"[【(（]?(?:図表|表|図|第\s*[0-9０-９]+\s*[表図])\s*[0-9０-９:：.．\-－]|[(（]?単位")

Interval = tuple[float, float]
Row = list[Strip]


def aligned_tables(strips: Sequence[Strip]) -> tuple[list[Table], list[Strip]]:
    """The tables among the strips of a page, and the strips that stand in none, in the order of the file."""
    rows = table_rows([s for s in strips if not s.vertical])
    tables: list[Table] = []
    taken: set[int] = set()
    at = 0
    while at < len(rows):
        end = _run_end(rows, at)
        if end - at >= 2 and _is_table(rows[at:end]):
            start = _head_start(rows, at, end, taken)
            table = tabulate(rows[start:end], depth=at - start or None)
            if table:
                tables.append(table)
                taken.update(s.order for row in rows[start:end] for s in row)
                at = end
                continue
        at += 1
    return tables, [s for s in strips if s.vertical or s.order not in taken]


def table_rows(strips: Sequence[Strip]) -> list[Row]:
    """Strips in rows from the top down: lines that stand close together are one row where at most one of them has several strips."""
    lines = visual_lines(strips)
    bands: list[list[Row]] = []
    reach = 0.0
    for line in lines:
        if bands and min(s.top for s in line) - reach < _CLOSE * max(s.em for s in line):
            bands[-1].append(line)
        else:
            bands.append([line])
        reach = max(reach, *(s.bottom for s in line))
    rows: list[Row] = []
    for band in bands:
        if sum(len(line) > 1 for line in band) == 1 and len(band) <= _MAX_LINES:
            rows.append([strip for line in band for strip in line])
        else:
            rows.extend(band)
    return rows


def tabulate(rows: Sequence[Row], *, box: Box | None = None, depth: int | None = None) -> Table | None:
    """The rows as a table; `depth` of them name the columns, where that is known."""
    columns = _table_columns(rows[depth or 0 :] if len(rows) > (depth or 0) + 1 else rows)
    if len(columns) < 2:
        return None
    merged: list[list[list[Strip]]] = []
    for n, row in enumerate(rows):
        cells = _in_columns(row, columns)
        if merged and n > (depth or 0) and _goes_on(merged[-1], cells, rows[n - 1], row):
            for cell, more in zip(merged[-1], cells, strict=True):
                cell.extend(more)
        else:
            merged.append(cells)
    printed = [[strips_text(cell) for cell in row] for row in merged]
    if depth is None:
        depth = int(names_columns([[text_of(c) for c in row] for row in printed]))
    strips = [s for row in rows for s in row]
    around = box or (
        min(s.left for s in strips),
        min(s.top for s in strips),
        max(s.right for s in strips),
        max(s.bottom for s in strips),
    )
    return table_of(printed, depth, around, min(s.order for s in strips))


def _table_columns(rows: Sequence[Row]) -> list[Interval]:
    """Columns from the rows that hold figures; else from those that have most cells."""
    figures = [row for row in rows if len(row) > 1 and any(_is_value(s) for s in row[1:])]
    if len(figures) >= max(2, 0.4 * len(rows)):
        return _columns(figures)
    most = max(len(_columns([row])) for row in rows)
    return _columns([row for row in rows if len(_columns([row])) >= max(2, most - 1)])


def _is_value(strip: Strip) -> bool:
    return (is_figure(strip.text) or is_number(strip.text)) and not is_year(strip.text)


def _columns(rows: Sequence[Row]) -> list[Interval]:
    """The widths that the strips take up together, from the left; gaps between them run through all rows."""
    merged: list[Interval] = []
    for left, right in sorted((s.left, s.right) for row in rows for s in row):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _in_columns(row: Row, columns: Sequence[Interval]) -> list[list[Strip]]:
    """The strips of a row by column: one by one where there are as many; else one that reaches over several stands in each of them,
    and one beside all in the nearest."""
    cells: list[list[Strip]] = [[] for _ in columns]
    if len(row) == len(columns) == len(_columns([row])):
        return [[strip] for strip in sorted(row, key=lambda s: s.left)]
    for strip in row:
        shared = [min(right, strip.right) - max(left, strip.left) for left, right in columns]
        over = [n for n, width in enumerate(shared) if width > 0.5 * strip.em]
        if not over:
            middle = (strip.left + strip.right) / 2
            over = [min(range(len(columns)), key=lambda n: abs(sum(columns[n]) / 2 - middle))]
        for n in over:
            cells[n].append(strip)
    return cells


def _goes_on(above: Sequence[Sequence[Strip]], more: Sequence[Sequence[Strip]], last: Row, row: Row) -> bool:
    """Is the row the second line of cells above? It stands close below, names no row and holds no figure."""
    gap = min(s.top for s in row) - max(s.bottom for s in last)
    text = [text_of(strips_text(cell)) for cell in more]
    return (
        not more[0]
        and gap < 0.6 * row[0].em
        and not any(is_number(t) for t in text if t)
        and all(above[n] for n, cell in enumerate(more) if cell)
    )


def _run_end(rows: Sequence[Row], start: int) -> int:
    """The end of the run of rows with two or more cells from `start` on whose gaps run through."""
    if len(_columns(rows[start : start + 1])) < 2 or _is_caption(rows[start]):
        return start
    end = start + 1
    count = len(_columns(rows[start:end]))
    while end < len(rows):
        above = max(s.bottom for s in rows[end - 1])
        below = min(s.top for s in rows[end])
        if below - above > _ROW_GAP * max(s.em for s in rows[end]):
            break
        if _is_caption(rows[end]):
            break
        if len(_columns(rows[end : end + 1])) < 2 and not _fits(rows[end], _columns(rows[start:end])):
            break
        now = len(_columns(rows[start : end + 1]))
        if now < 2 or now < count - 1:
            break
        count = now
        end += 1
    while end > start and len(rows[end - 1]) < 2 and not _fits_behind(rows[end - 1], _columns(rows[start : end - 1])):
        end -= 1
    return end


def _is_caption(row: Row) -> bool:
    return bool(_CAPTION.match(row[0].text))


def _fits(row: Row, columns: Sequence[Interval]) -> bool:
    """Does a lone strip stand within one column?"""
    return any(left - 1 <= row[0].left and row[0].right <= right + row[0].em for left, right in columns)


def _fits_behind(row: Row, columns: Sequence[Interval]) -> bool:
    return len(columns) > 1 and row[0].left >= columns[1][0] - 1


def _is_table(rows: Sequence[Row]) -> bool:
    """Figures make a table; so do three rows of short cells that the file has row by row. Lines of text side by side are columns."""
    wide_rows = [row for row in rows if len(_columns([row])) > 1]
    behind = [strip for row in wide_rows for strip in row[1:]]
    texts = [s.text for s in behind]
    if len(wide_rows) >= 2 and sum(_is_value(s) for s in behind) >= 0.5 * len(texts):
        return True
    wide = median((s.right - s.left) / s.em for row in wide_rows for s in row)
    spans = [(min(s.order for s in row), max(s.order for s in row)) for row in wide_rows]
    by_row = sum(one[1] < other[0] for one, other in pairwise(spans))
    ends = sum(t.endswith(("。", "、")) for t in texts)
    return len(wide_rows) >= 3 and wide <= _PROSE and by_row >= 0.7 * (len(wide_rows) - 1) and ends <= 0.2 * len(texts)


def _head_start(rows: Sequence[Row], at: int, end: int, taken: set[int]) -> int:
    """The first of the rows above that name the columns."""
    columns = _columns([row for row in rows[at:end] if len(row) > 1])
    start = at
    while start > 0 and at - start < _MAX_HEAD:
        row = rows[start - 1]
        left, right = min(s.left for s in row), max(s.right for s in row)
        near = min(s.top for s in rows[start]) - max(s.bottom for s in row) <= _ROW_GAP * row[0].em
        within = left >= columns[0][0] - 2 * row[0].em and right <= columns[-1][1] + 3 * row[0].em
        if (
            not (near and within and len(row) > 1)
            or _is_caption(row)
            or any(s.order in taken or is_figure(s.text) or s.text.endswith("。") for s in row)
        ):
            break
        start -= 1
    return start
