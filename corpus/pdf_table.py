"""A table of a page as rows of printed cells, its head found and folded into one row, written as lines with `|` between the cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.pdf_glyphs import BLANK, Glyph
from corpus.pdf_rules import Box
from corpus.pdf_strips import Strip, read_strips
from corpus.tables import is_number, is_year

Printed = tuple[Glyph, ...]

_FIGURE = re.compile(r"[△▲−\-+＋]?[\d０-９][\d０-９,，.．]*[%％]?$")
_HEAD_WORDS = re.compile(
    r"項目|区分|内容|名称|事項|種別|分類|種類|指標|年度$|^年$|金額|予算|時期|日程|備考|概要|説明|担当|人数|件数|数値|目標|実績|割合|施策|事業名|課題|対応|対策|用語|意味"
)
_BULLET = re.compile(r"[・●○■□◆◇▪•※①-⑳]")
_DIGITS = re.compile(r"[\d０-９,，.．△▲−+＋\-]+")


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` have a cell a column; `head` names the columns, () when nothing does. `notes` are lines that span the whole table."""

    head: tuple[Printed, ...]
    rows: tuple[tuple[Printed, ...], ...]
    notes: tuple[Printed, ...]
    box: Box
    order: int

    @property
    def glyphs(self) -> Iterator[Glyph]:
        return (g for line in (self.notes, self.head, *self.rows) for cell in line for g in cell)

    def printed(self) -> Printed:
        """The lines of the table with the marks that part rows and cells, which stand nowhere on paper."""
        lines = [*self.notes]
        if self.head:
            lines.append(_row(self.head))
            lines.append(marks("|" + "---|" * len(self.head)))
        lines.extend(_row(cells) for cells in self.rows)
        return tuple(g for n, line in enumerate(lines) for g in (*(marks("\n") if n else ()), *line))


def marks(text: str) -> Printed:
    return tuple(BLANK._replace(char=char) for char in text)


def _row(cells: Sequence[Printed]) -> Printed:
    out = [*marks("|")]
    for cell in cells:
        out += [BLANK, *cell, *marks(" |" if cell else "|")]
    return tuple(out)


def text_of(printed: Iterable[Glyph]) -> str:
    return "".join(g.char for g in printed)


def cell_text(glyphs: Sequence[Glyph]) -> Printed:
    """The lines of a cell as one, in reading order."""
    return strips_text(read_strips(glyphs))


def strips_text(strips: Sequence[Strip]) -> Printed:
    out: list[Glyph] = []
    for line in visual_lines(strips):
        for strip in line:
            if out:
                out += _seam(out[-1], strip.glyphs[0], same_line=strip is not line[0])
            out += [g._replace(char="｜") if g.char == "|" else g for g in strip.glyphs]
    return tuple(out)


def visual_lines(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Strips that stand on one line together, lines from the top down, strips from the left; columns of vertical text from the right."""
    lines: list[list[Strip]] = []
    for strip in sorted((s for s in strips if not s.vertical), key=lambda s: (s.middle, s.left)):
        if lines and any(strip.beside(other) for other in lines[-1]):
            lines[-1].append(strip)
        else:
            lines.append([strip])
    upright = sorted((s for s in strips if s.vertical), key=lambda s: (-round(s.right), s.top))
    return [*(sorted(line, key=lambda s: s.left) for line in lines), *([s] for s in upright)]


def _seam(last: Glyph, first: Glyph, *, same_line: bool) -> Printed:
    if same_line or _BULLET.match(first.char) or (last.char.isascii() and first.char.isascii()):
        return (BLANK,)
    return ()


def table_of(
    rows: Sequence[Sequence[Printed]], depth: int, box: Box, order: int, notes: Sequence[Printed] = ()
) -> Table | None:
    """A table whose first `depth` rows name the columns; rows that are empty vanish. None where less than four cells hold something."""
    full = [tuple(r) for r in rows[depth:] if any(r)]
    if not full or sum(bool(c) for r in rows for c in r) < 4:
        return None
    head = tuple(_head_cell([r[c] for r in rows[:depth]]) for c in range(len(rows[0]))) if depth else ()
    return Table(head, tuple(full), tuple(notes), box, order)


def _head_cell(cells: Sequence[Printed]) -> Printed:
    """The heads above a column from the top down, each once: 事業費 over 補助金 gives 事業費 補助金."""
    out: list[Glyph] = []
    seen: list[str] = []
    for cell in cells:
        text = text_of(cell)
        if not text or text in seen:
            continue
        seen.append(text)
        out += [*([BLANK] if out else []), *cell]
    return tuple(out)


def is_figure(text: str) -> bool:
    return bool(_FIGURE.match(text)) and not is_year(text)


def names_columns(rows: Sequence[Sequence[str]], *, shaded: bool = False) -> bool:
    """Does the first of `rows` name the columns? A row of figures does not; of two columns, the first row has to look like a head."""
    if len(rows) < 2:
        return False
    first, body = rows[0], rows[1:]
    if any(_is_value(cell, [row[n] for row in body]) for n, cell in enumerate(first) if n) or sum(
        map(bool, first)
    ) < max(len(first) - 1, 1):
        return False
    if len(first) > 2 or shaded:
        return True
    figures = sum(is_number(row[1]) for row in body if row[1])
    if not is_number(first[1]) and figures >= max(1, 0.6 * len(body)):
        return True
    return any(len(cell) <= 8 and _HEAD_WORDS.search(cell) for cell in first[1:])


def _is_value(cell: str, below: Sequence[str]) -> bool:
    """Is the cell a figure, or an amount with the unit of those below it?"""
    unit = _DIGITS.sub("", cell)
    return is_figure(cell) or (
        is_number(cell) and not is_year(cell) and any(_DIGITS.sub("", one) == unit for one in below)
    )
