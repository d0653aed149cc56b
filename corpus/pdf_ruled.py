"""Ruled tables: the characters of a page fall into the cells of its grids; merged cells name every row and column that they span."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.pdf_aligned import table_rows, tabulate
from corpus.pdf_glyphs import Glyph
from corpus.pdf_grid import Grid, GridCell
from corpus.pdf_rules import Box, Rules
from corpus.pdf_strips import Strip, read_strips
from corpus.pdf_table import (
    Printed,
    Table,
    cell_text,
    is_figure,
    names_columns,
    strips_text,
    table_of,
    text_of,
    visual_lines,
)
from corpus.tables import is_number, is_year

_MAX_HEAD = 3
_PERIOD = re.compile(r"(?:第)?[\d０-９]{1,2}(?:月|期|四半期|回|次)$")
_FILLED = 0.3  # of the cells have to hold something: the net of a chart does not


def ruled_tables(grids: Sequence[Grid], rules: Rules, glyphs: Sequence[Glyph]) -> tuple[list[Table], list[Glyph]]:
    """The tables of a page's grids, and the characters that stand in none."""
    owner: dict[int, tuple[int, int]] = {}
    held: dict[int, dict[int, list[Glyph]]] = defaultdict(lambda: defaultdict(list))
    for glyph in glyphs:
        at = _place(grids, (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2)
        if at:
            owner[glyph.order] = at
            held[at[0]][at[1]].append(glyph)
    tables: list[Table] = []
    taken: set[int] = set()
    for n, grid in enumerate(grids):
        found = _open_tables(grid, held[n]) if len(grid.xs) == 2 else _closed_tables(grid, held[n], rules)
        tables += found
        for table in found:
            taken.update(g.order for g in table.glyphs)
    return tables, [g for g in glyphs if g.order not in taken and not (g.char.isspace() and g.order in owner)]


def _place(grids: Sequence[Grid], x: float, y: float) -> tuple[int, int] | None:
    """The innermost grid at a point, and its cell."""
    best: tuple[float, int, int] | None = None
    for n, grid in enumerate(grids):
        at = grid.cell_at(x, y)
        if at is not None:
            left, top, right, bottom = grid.box
            area = (right - left) * (bottom - top)
            if best is None or area < best[0]:
                best = (area, n, at)
    return best[1:] if best else None


def _closed_tables(grid: Grid, held: dict[int, list[Glyph]], rules: Rules) -> list[Table]:
    """The table of a grid; where rows of one cell divide it, each division is a table of its own under that cell's text."""
    rows = len(grid.ys) - 1
    texts = {n: cell_text(glyphs) if any(not g.char.isspace() for g in glyphs) else () for n, glyphs in held.items()}
    filled = sum(bool(t) for t in texts.values())
    if rows < 2 or filled < max(3, _FILLED * len(grid.cells)):
        return []
    notes, first = _notes(grid, texts)
    depth = _head_depth(grid, texts, rules, first)
    matrix = _matrix(grid, texts, held, first, depth)
    head = [row for r in range(first, first + depth) for row in matrix[r]]
    tables: list[Table] = []
    start = first + depth
    for end in [*(r for r in range(start, rows) if _divides(grid, r) and texts.get(grid.faces[r][0])), rows]:
        body = [row for r in range(start, end) for row in matrix[r]]
        order = min((g.order for row in body for cell in row for g in cell if g.em), default=-1)
        box = (grid.xs[0], grid.ys[start if tables else 0], grid.xs[-1], grid.ys[end])
        table = table_of([*head, *body], depth, box, order, notes) if body else None
        if table:
            tables.append(table)
        if end < rows:
            division = texts[grid.faces[end][0]]
            notes, start = [*([] if body else notes), division], end + 1
    return tables


def _divides(grid: Grid, row: int) -> bool:
    """Is the row one cell from side to side?"""
    cell = grid.cells[grid.faces[row][0]]
    return cell.right - cell.left == len(grid.xs) - 1 and cell.bottom - cell.top == 1


def _notes(grid: Grid, texts: dict[int, Printed]) -> tuple[list[Printed], int]:
    """Rows at the top that are one cell over the whole table are its caption: their texts, and the first row after them."""
    notes = []
    first = 0
    for n, cell in enumerate(grid.cells):
        if cell.top == first and cell.left == 0 and cell.right == len(grid.xs) - 1 and cell.bottom < len(grid.ys) - 2:
            notes.append(texts.get(n, ()))
            first = cell.bottom
    return [n for n in notes if n], first


def _head_depth(grid: Grid, texts: dict[int, Printed], rules: Rules, first: int) -> int:
    """How many rows from `first` on name the columns: those that its merged cells tie together."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    words = {(c.top, c.left): text_of(texts.get(n, ())) for n, c in enumerate(grid.cells)}
    depth = 1
    for cell in grid.cells:
        if cell.top < first or cell.top >= first + depth:
            continue
        depth = max(depth, cell.bottom - first)
        below = [w for (r, c), w in words.items() if r == cell.bottom and cell.left <= c < cell.right]
        if cell.right - cell.left > 1 and below and all(_is_name(w) for w in below):
            depth = max(depth, cell.bottom - first + 1)
    if depth > _MAX_HEAD or first + depth >= rows:
        depth = 1
    full = [[text_of(texts.get(grid.faces[r][c], ())) for c in range(columns)] for r in range(first, rows)]
    if depth + 1 < len(full) and _are_units(full[depth]):
        depth += 1
    if any(is_figure(word) for row in full[:depth] for word in row[1:]):
        return 0
    lines = [full[0], *full[depth:]]
    shaded = _shaded(grid, rules, first, columns - 1) and not _shaded(grid, rules, rows - 1, columns - 1)
    return depth if depth > 1 or names_columns(lines, shaded=shaded) else 0


def _is_name(word: str) -> bool:
    """Does the word name a column rather than fill it? A year, a month and a quarter do."""
    return bool(word) and (is_year(word) or bool(_PERIOD.match(word)) or not is_number(word))


def _are_units(words: Sequence[str]) -> bool:
    """Is the row one of units: （千円） （人）?"""
    full = [word for word in words if word]
    return bool(full) and all(word[0] in "（(" and word[-1] in "）)" and len(word) <= 10 for word in full)


def _shaded(grid: Grid, rules: Rules, row: int, column: int) -> bool:
    """Does an area, smaller than the table, lie under the cell?"""
    x, y = (grid.xs[column] + grid.xs[column + 1]) / 2, (grid.ys[row] + grid.ys[row + 1]) / 2
    height = 0.9 * (grid.ys[-1] - grid.ys[0])
    return any(a[0] <= x <= a[2] and a[1] <= y <= a[3] and a[3] - a[1] < height for a in rules.areas)


def _matrix(
    grid: Grid, texts: dict[int, Printed], held: dict[int, list[Glyph]], first: int, depth: int
) -> dict[int, list[list[Printed]]]:
    """For every row of the grid from `first` on its rows, with a text for every column; a merged cell's text stands wherever it
    reaches (a total's name only once)."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    matrix: list[list[Printed]] = [[() for _ in range(columns)] for _ in range(rows)]
    for n, cell in enumerate(grid.cells):
        for r in range(cell.top, cell.bottom):
            for c in range(cell.left, cell.right):
                once = cell.left == 0 and r >= first + depth and c > 0
                matrix[r][c] = () if once else texts.get(n, ())
    found = {r: [matrix[r]] for r in range(first, rows)}
    for r in range(first + depth, rows):
        cells = [(n, c) for n, c in enumerate(grid.cells) if c.top == r and c.bottom == r + 1]
        found[r] = _unruled_rows(cells, held, matrix[r]) or [matrix[r]]
    return found


def _unruled_rows(
    cells: Sequence[tuple[int, GridCell]], held: dict[int, list[Glyph]], whole: Sequence[Printed]
) -> list[list[Printed]] | None:
    """A row of the grid that holds several rows: the figures of one column stand in lines of their own, and part the others too."""
    lines = {cell.left: visual_lines(read_strips(held[n])) for n, cell in cells if held.get(n)}
    counts = [
        column
        for column, found in lines.items()
        if len(found) > 1 and all(is_figure(text_of(strips_text(line))) for line in found)
    ]
    if not counts:
        return None
    guide = max((lines[c] for c in counts), key=len)
    middles = [line[0].middle for line in guide]
    parts: list[list[list[Strip]]] = [[[] for _ in whole] for _ in guide]
    for column, found in lines.items():
        for line in found:
            row = min(range(len(middles)), key=lambda i: abs(middles[i] - line[0].middle))
            parts[row][column].extend(line)
    covered = {cell.left for _, cell in cells}
    return [[strips_text(strips) if c in covered else whole[c] for c, strips in enumerate(row)] for row in parts]


def _open_tables(grid: Grid, held: dict[int, list[Glyph]]) -> list[Table]:
    """Tables without upright lines. An empty band, or one with running text, parts two tables that are equally wide."""
    tables: list[Table] = []
    run: list[list[Strip]] = []
    for n in range(len(grid.cells) + 1):
        band = [s for s in read_strips(held.get(n, ()), in_table=True) if not s.vertical]
        if band and not _is_prose(band, grid):
            run.append(band)
            continue
        table = _open_table(run) if len(run) > 1 else None
        if table:
            tables.append(table)
        run = []
    return tables


def _is_prose(band: Sequence[Strip], grid: Grid) -> bool:
    """Has the band a line that runs over most of the table from its left, and nothing beside it?"""
    left, width = grid.xs[0], grid.xs[-1] - grid.xs[0]
    alone = [line[0] for line in visual_lines(band) if len(line) == 1]
    return any(s.right - s.left > 0.6 * width and s.left - left < 3 * s.em for s in alone)


def _open_table(bands: Sequence[list[Strip]]) -> Table | None:
    """The level lines bound rows, or only the head and the end; columns are told by alignment."""
    strips = [s for band in bands for s in band]
    box: Box = (
        min(s.left for s in strips),
        min(s.top for s in strips),
        max(s.right for s in strips),
        max(s.bottom for s in strips),
    )
    if len(bands) >= 4 or all(len(visual_lines(band)) == 1 for band in bands):
        return tabulate(bands, box=box)
    head = table_rows(bands[0])
    return tabulate([*head, *(row for band in bands[1:] for row in table_rows(band))], box=box, depth=len(head))
