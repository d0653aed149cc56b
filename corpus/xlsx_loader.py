"""Excel workbooks (openpyxl): a sheet is a page, its tables are rows under their headers, values stand as Excel shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import range_boundaries

from corpus.grid import Grid, grid_text, header_count, is_figure
from corpus.loaded import Loaded, LoadedPage
from corpus.ooxml import checked, is_kind, understood
from corpus.xlsx_format import BUILTIN, shown

_ROWS = 100  # of tables a page; a longer sheet is parted
_MAX_ROWS = 100_000
_MAX_COLUMNS = 300
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SAFE = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
_MAX_TITLE = 60
_REMARK = re.compile(r"[（(※＊*・注]|単位|.*。$")
_DEFAULT_NAME = re.compile(r"(?:sheet|シート) ?\d*$", re.I)


_Row = tuple[int, list[str]]  # its number on the sheet, from 1, and its texts


@dataclass(slots=True)
class _Part:
    """Lines of a page and the sheet's rows that they show."""

    lines: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def add(self, lines: Sequence[str], rows: Sequence[_Row]) -> None:
        if rows:
            self.lines.extend(lines)
            self.rows.extend(n for n, _ in rows)

    @property
    def text(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n")


class XlsxLoader:
    """Reads `.xlsx`, and `.xlsm` without its macros. Formulas are not computed: the values that Excel saved are read."""

    endings: tuple[str, ...] = (".xlsx", ".xlsm")

    def recognises(self, data: bytes) -> bool:
        return is_kind(data, "xl")

    def load(self, data: bytes, name: str) -> Loaded:
        """Raises DocumentError when it is no workbook, is locked or broken."""
        package = checked(data, name, "xl")
        with understood(name, "Excel"):
            book = openpyxl.load_workbook(BytesIO(package), read_only=True, data_only=True, keep_links=False)
            try:
                pages = tuple(page for sheet in book.sheetnames for page in _sheet_pages(book, book[sheet]))
                title = (book.properties.title or "").strip()
            finally:
                book.close()
        return Loaded(pages, title, "", "シート", ("title",) if title else ())


def _sheet_pages(book: Any, sheet: Any) -> Iterator[LoadedPage]:
    label = sheet.title
    if sheet.sheet_state != "visible":
        yield LoadedPage(
            "", label, problem="非表示のシートなので読みませんでした。読むには、Excelで再表示して保存してください。"
        )
        return
    if not hasattr(sheet, "iter_rows"):
        yield LoadedPage("", label, problem="グラフだけのシートで、文字がありません。")
        return
    heading = "" if _DEFAULT_NAME.match(label) else f"# {label}\n\n"
    grid, more = _cells(book, sheet)
    parts = list(_parts(_blocks(grid), grid.columns))
    for part in parts:
        name = label if len(parts) == 1 else f"{label}（{min(part.rows)}–{max(part.rows)}行）"
        yield LoadedPage(f"{heading}{part.text}\n", name)
    if not parts:
        yield LoadedPage("", label)
    if more:
        yield LoadedPage(
            "",
            f"{label}（{_MAX_ROWS + 1}行以降）",
            problem=f"{_MAX_ROWS:,}行までを読みました。続きはシートを分けてください。",
        )


def _cells(book: Any, sheet: Any) -> tuple[Grid, bool]:
    """The sheet's visible cells as Excel shows them, and whether there are more rows than are read."""
    grid = Grid()
    layout = _layout(book, sheet)
    for number in layout.hidden_rows:
        grid.bridge(number)
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    for number, row in enumerate(sheet.iter_rows(max_col=_MAX_COLUMNS), 1):
        if number > _MAX_ROWS:
            return grid, True
        if number in layout.hidden_rows:
            continue
        for cell in row:
            if cell.value is None or cell.column in layout.hidden_columns:
                continue
            text = shown(cell.value, _format(book, cell), book.epoch)
            if text.strip():
                grid.put(number, cell.column, text, *layout.merged.get((number, cell.column), (1, 1)))
    return grid, False


@dataclass(slots=True)
class _Layout:
    """What a sheet's XML says beside its values: sizes of merged cells (rows, columns) by their first place, what is hidden."""

    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def _layout(book: Any, sheet: Any) -> _Layout:
    """Read apart from the values, so that these can be streamed."""
    layout = _Layout()
    with book._archive.open(sheet._worksheet_path) as part:
        for _, element in etree.iterparse(part, tag=[f"{_S}{t}" for t in ("row", "col", "mergeCell")], **_SAFE):
            hidden = element.get("hidden") in ("1", "true")
            if element.tag == f"{_S}row" and hidden and (element.get("r") or "").isdigit():
                layout.hidden_rows.add(int(element.get("r")))
            elif element.tag == f"{_S}col" and hidden:
                last = min(int(element.get("max")), _MAX_COLUMNS)
                layout.hidden_columns.update(range(int(element.get("min")), last + 1))
            elif element.tag == f"{_S}mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref"))
                size = (min(bottom, _MAX_ROWS) - top + 1, min(right, _MAX_COLUMNS) - left + 1)
                layout.merged[top, left] = size
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return layout


def _format(book: Any, cell: Any) -> str:
    """The cell's format; those that Excel keeps under a number in its Japanese edition are unknown to the library."""
    return BUILTIN.get(book._cell_styles[cell._style_id].numFmtId) or cell.number_format or "General"


def _blocks(grid: Grid) -> Iterator[list[_Row]]:
    """Neighbouring rows of the sheet, parted at empty ones and above the title of a table that follows at once."""
    block: list[_Row] = []
    for number, row in grid.numbered_rows():
        if block and number > block[-1][0] + 1 and not _goes_on(grid, block[-1][0], number):
            yield from _at_titles(block)
            block = []
        block.append((number, row))
    yield from _at_titles(block)


def _at_titles(block: list[_Row]) -> Iterator[list[_Row]]:
    """A line within a block opens another table when names of columns and then figures follow it; else it names a group of rows."""
    begin = 0
    for n in range(1, len(block) - 2):
        title, heads, first = (row for _, row in block[n : n + 3])
        opens = _is_line(title) and not _is_line(heads) and not any(map(is_figure, heads[1:]))
        if opens and not _is_line(block[n - 1][1]) and any(map(is_figure, first[1:])):
            yield block[begin:n]
            begin = n
    if block:
        yield block[begin:]


def _goes_on(grid: Grid, last: int, number: int) -> bool:
    """Are the rows between only the rest of merged cells?"""
    return all(grid.has_row(n) for n in range(last + 1, number))


def _parts(blocks: Iterator[list[_Row]], columns: Sequence[int]) -> Iterator[_Part]:
    """Pages of at most `_ROWS` rows; a table that goes on has its header again."""
    part = _Part()
    known: tuple[list[int], list[list[str]]] = ([], [])  # columns and header of the table before
    for block in blocks:
        above, table, below = _frame(block)
        part.add(["", *_titled([_line(row) for _, row in above], bool(table))], above)
        for side in _sides(table, columns):
            rows = [(n, [row[c] for c in side]) for n, row in table if any(row[c] for c in side)]
            count = header_count([row for _, row in rows])
            if count or known[0] != side or len(side) < 3:  # of two columns one cannot tell whether they go on
                known = (side, [row for _, row in rows[:count]])
            header, body = known[1], rows[count:]
            part.add([] if body else ["", grid_text(header, count)], rows[:count])
            while body:
                room = _ROWS - len(part.rows)
                if room <= 0:
                    yield part
                    part, room = _Part(), _ROWS
                now, body = body[:room], body[room:]
                part.add(["", grid_text([*header, *(row for _, row in now)], len(header))], now)
        part.add(["", *(_line(row) for _, row in below)], below)
    if part.rows:
        yield part


def _titled(lines: list[str], has_table: bool) -> list[str]:
    """The last line above a table is its heading, unless it is a unit or a note."""
    titles = [n for n, line in enumerate(lines) if len(line) <= _MAX_TITLE and not _REMARK.match(line)]
    if titles and has_table:
        lines[titles[-1]] = f"\n## {lines[titles[-1]]}\n"
    return lines


def _sides(table: Sequence[_Row], columns: Sequence[int]) -> list[list[int]]:
    """The columns of each table that stands in these rows: an empty column parts two of them when names, not figures, follow it."""
    used = [c for c in range(len(columns)) if any(row[c] for _, row in table)]
    sides: list[list[int]] = []
    for at, column in enumerate(used):
        gap = at > 0 and columns[column] > columns[used[at - 1]] + 1
        names = [row[column] for _, row in table if row[column]]
        begins = gap and len(sides[-1]) > 1 and at + 1 < len(used) and not any(map(is_figure, names))
        if begins or not sides:
            sides.append([])
        sides[-1].append(column)
    return sides


def _frame(block: Sequence[_Row]) -> tuple[list[_Row], list[_Row], list[_Row]]:
    """Lines above (title, unit), the table, lines below (notes): rows that hold one text are lines."""
    first, last = 0, len(block)
    while first < last and _is_line(block[first][1]):
        first += 1
    while last > first and _is_line(block[last - 1][1]):
        last -= 1
    return list(block[:first]), list(block[first:last]), list(block[last:])


def _is_line(row: Sequence[str]) -> bool:
    return len({text for text in row if text}) == 1


def _line(row: Sequence[str]) -> str:
    return next(filter(None, row))
