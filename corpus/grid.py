"""Tables of office files and web pages as pipe rows: merged cells filled, several header rows joined into one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.tables import is_number, is_year

_MAX_HEADERS = 4
_ORDINAL = re.compile(
    r"[\d０-９]+(?:年|年度|月|期|回|代|歳|位|日|級|号|次|班|組|区|丁目|四半期|時|限|章|部|類|種)(?:目|以上|以下|未満|まで|分|末|頃|計)?$"
)
_HEAD = re.compile(
    r"(?:内容|概要|備考|説明|対象者?|要件|所在地|期日|日程|時期|理由|方法|効果|主体|所管|担当課?|連絡先|意味|定義|取組|事項|摘要|回答|対応|役割)$"
)
_NONE = ("-", "－", "―", "—", "–", "‐", "…", "0")  # what stands where there is no figure
_MAX_CELLS = 2_000_000


@dataclass(slots=True)
class Grid:
    """Cells by place; `put` fills what a merged cell covers. `headers` is the number of header rows, None when the file does not say."""

    headers: int | None = None
    _rows: dict[int, dict[int, str]] = field(default_factory=dict)
    _origins: dict[tuple[int, int], tuple[int, int]] = field(
        default_factory=dict
    )  # of places that a merged cell covers
    _filled: int = 0

    def put(self, row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> None:
        if self._filled + rows * columns > _MAX_CELLS:
            rows = columns = 1
        self._filled += rows * columns
        text = cell_text(text)
        for r in range(row, row + rows):
            cells = self._rows.setdefault(r, {})
            for c in range(column, column + columns):
                if c not in cells:
                    cells[c] = text
                    if rows > 1 or columns > 1:
                        self._origins[r, c] = (row, column)

    def is_taken(self, row: int, column: int) -> bool:
        return column in self._rows.get(row, ())

    def bridge(self, row: int) -> None:
        """The row counts as filled: what stands above and below it belongs together."""
        self._rows.setdefault(row, {})

    def has_row(self, row: int) -> bool:
        """Stands anything in the row, be it a part of a merged cell?"""
        return row in self._rows

    def numbered_rows(self) -> Iterator[tuple[int, list[str]]]:
        """(row, texts), rectangular; rows and columns that are empty, or only go on with the merged cells before them, are left out."""
        kept = self.columns
        for r in sorted(self._rows):
            cells = self._rows[r]
            if any(text and not self._is_rest((r, c), (r - 1, c)) for c, text in cells.items()):
                yield r, [cells.get(c, "") for c in kept]

    @property
    def columns(self) -> list[int]:
        """The columns that `numbered_rows` keeps."""
        found: set[int] = set()
        for r, cells in self._rows.items():
            found.update(
                c for c, text in cells.items() if text and c not in found and not self._is_rest((r, c), (r, c - 1))
            )
        return sorted(found)

    def _is_rest(self, place: tuple[int, int], before: tuple[int, int]) -> bool:
        """Do both places belong to one merged cell?"""
        return bool(self._origins) and place in self._origins and self._origins[place] == self._origins.get(before)

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
    short and differ; with two columns (a name and its value, mostly) the second must be a word for heads.
    """
    if len(rows) < 2 or any(map(is_figure, rows[0][1:])):
        return 0
    if not _has_figures(rows):
        named = [text for n, text in enumerate(rows[0]) if text or n]
        differ = all(text and len(text) <= 20 for text in named) and len(set(named)) == len(named)
        return int(differ and (len(named) > 2 or bool(_HEAD.search(named[-1]))))
    if not any(_is_of_figures(rows, column) for column in range(1, len(rows[0]))):
        return 0
    count = 1
    while count < min(_MAX_HEADERS, len(rows) - 1) and _goes_on(rows[count - 1], rows[count]):
        count += 1
    return count


def _has_figures(rows: Sequence[Sequence[str]]) -> bool:
    return any(is_figure(text) for row in rows[1:] for text in row[1:])


def _is_of_figures(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Are at least half of the column's texts below the first row figures? In a form, names and values stand mixed."""
    texts = [row[column] for row in rows[1:] if row[column]]
    return bool(texts) and 2 * sum(map(is_figure, texts)) >= len(texts)


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
    if "\n" not in text and "|" not in text:
        return " ".join(text.split())
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
