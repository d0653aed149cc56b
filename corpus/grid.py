"""Tables of office files and web pages as pipe rows: merged cells filled, several header rows joined into one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.tables import is_number, is_year

_MAX_HEADERS = 4
_ORDINAL = re.compile(
    r"[\d０-９]+(?:年|年度|月|期|回|代|歳|位|日|級|号|次|班|組|区|丁目|四半期|時|限|章|部|類|種)(?:目|以上|以下|未満|まで|分|末|頃|計)?$"
)
_NONE = ("-", "－", "―", "—", "–", "‐", "…", "0")  # what stands where there is no figure
_MAX_CELLS = 2_000_000


@dataclass(slots=True)
class Grid:
    """Cells by place; `put` fills what a merged cell covers. `headers` is the number of header rows, None when the file does not say."""

    headers: int | None = None
    _cells: dict[tuple[int, int], str] = field(default_factory=dict)
    _origins: dict[tuple[int, int], tuple[int, int]] = field(
        default_factory=dict
    )  # of places that a merged cell covers
    _filled: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> None:
        if len(self._cells) + rows * columns > _MAX_CELLS:
            rows = columns = 1
        for r in range(row, row + rows):
            for c in range(column, column + columns):
                if (r, c) not in self._cells:
                    self._cells[r, c] = cell_text(text)
                    self._origins[r, c] = (row, column)
                    self._filled.add(r)

    def is_taken(self, row: int, column: int) -> bool:
        return (row, column) in self._cells

    def bridge(self, row: int) -> None:
        """The row counts as filled: what stands above and below it belongs together."""
        self._filled.add(row)

    def has_row(self, row: int) -> bool:
        """Stands anything in the row, be it a part of a merged cell?"""
        return row in self._filled

    def numbered_rows(self) -> list[tuple[int, list[str]]]:
        """(row, texts), rectangular; rows and columns that are empty, or only go on with the merged cells before them, are left out."""
        kept = self.columns
        rows = {
            r for (r, c), text in self._cells.items() if text and self._origins[r, c] != self._origins.get((r - 1, c))
        }
        return [(r, [self._cells.get((r, c), "") for c in kept]) for r in sorted(rows)]

    @property
    def columns(self) -> list[int]:
        """The columns that `numbered_rows` keeps."""
        cells = self._cells.items()
        return sorted({c for (r, c), text in cells if text and self._origins[r, c] != self._origins.get((r, c - 1))})

    @property
    def rows(self) -> list[list[str]]:
        return [row for _, row in self.numbered_rows()]

    def text(self) -> str:
        """Lines above the table (rows of one cell at its top), then pipe rows under one header row."""
        rows = self.rows
        above = []
        while rows and len({text for text in rows[0] if text}) == 1 and (len(rows) > 1 or len(rows[0]) == 1):
            above.append(next(filter(None, rows.pop(0))))
        headers = header_count(rows) if self.headers is None else min(max(self.headers - len(above), 0), len(rows))
        return "\n".join([*above, grid_text(rows, headers)] if rows else above)


def grid_text(rows: Sequence[Sequence[str]], headers: int) -> str:
    """`rows` as pipe rows; the first `headers` of them become one header row."""
    lines = []
    if headers:
        lines.append(_line(join_headers(rows[:headers])))
        lines.append("|" + "---|" * len(rows[0]))
    for row in rows[headers:]:
        lines.append(_line(row[:1] if len(row) > 2 and len(set(row)) == 1 else row))
    return "\n".join(lines)


def join_headers(rows: Sequence[Sequence[str]]) -> list[str]:
    """One name a column, from the outermost header in: 令和5年度 予算額. An empty cell beside a name, above another, is that name's."""
    names: list[list[str]] = [[] for _ in rows[0]]
    for n, row in enumerate(rows):
        left = ""
        for column, text in enumerate(row):
            below = n + 1 < len(rows) and rows[n + 1][column]
            name = text or (left if below and column else "")
            left = name
            if name and name not in names[column]:
                names[column].append(name)
    return [" ".join(parts) for parts in names]


def header_count(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top name columns; 0 when there is no telling. Years stand in headers, other figures do not.

    A second header row needs a merged or empty cell above it. A table without figures has a header when its first row's cells are
    short and differ.
    """
    if len(rows) < 2 or any(map(is_figure, rows[0][1:])):
        return 0
    if not any(is_figure(text) for row in rows[1:] for text in row[1:]):
        named = [text for n, text in enumerate(rows[0]) if text or n]
        return int(all(text and len(text) <= 20 for text in named) and len(set(named)) == len(named))
    count = 1
    while count < min(_MAX_HEADERS, len(rows) - 1) and _goes_on(rows[count - 1], rows[count]):
        count += 1
    return count


def _goes_on(row: Sequence[str], following: Sequence[str]) -> bool:
    """Do the names of `row` go on below: has it merged cells over `following`, which names columns too?"""
    if any(map(is_figure, following[1:])) or len({t for t in following if t}) < 2:
        return False
    across = any(row[n] in ("", row[n - 1]) and following[n] and (n > 1 or row[0]) for n in range(1, len(row)))
    return across or any(one and one == other for one, other in zip(row[1:], following[1:], strict=True))


def is_figure(text: str) -> bool:
    """A value, or what stands in its place; not a year, a month, an age or another number that names a column."""
    return (is_number(text) and not is_year(text) and not _ORDINAL.match(text)) or text in _NONE


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def cell_text(text: str) -> str:
    """One line; a bar inside a cell becomes ｜, a break within a Japanese word vanishes."""
    pieces = [" ".join(p.split()) for p in text.replace("|", "｜").split("\n")]
    out = ""
    for piece in filter(None, pieces):
        gap = (
            ""
            if not out or (_is_wide(out[-1]) and _is_wide(piece[0]) and not re.match(r"[・※○●①-⑳(（]", piece))
            else " "
        )
        out += gap + piece
    return out


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" and char not in "。．！？"
