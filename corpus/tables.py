"""Table rows with their headers: pipe, tab and blank-separated tables, and two tables standing side by side in one row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.fold import key
from corpus.lines import Line

_NUMBER_CELL = re.compile(
    r"[約△▲+＋\-−('’‘]?[\d０-９][\d０-９,，.．]*\s*[^\d\s]{0,8}$|[\d０-９]{4}年?度?\s*[~〜～－-].{0,8}$"
)
_YEAR_CELL = re.compile(r"(?:(?:1[89]|20)\d\d|(?:平成|昭和|令和|[hsr])\s*(?:元|\d{1,2}))\s*年?度?$")
_YEAR_HEAD = re.compile(r"(?:1[89]|20)\d\d(?!\d)|合?計$|[^\d\s]{1,8}(?:[率比数額]|割合|シェア)$")
NUMBERED_CAPTION = re.compile(
    r"(?:図表|表|図)\s*[0-9０-９][0-9０-９.．\-－]*[\s　]+[^\s　。、]+$"
)  # 図表10 種類別の件数
_MARK_CELL = re.compile("[◎○●◯△▲×✕✓✔―－—–-]$")
_RULE = re.compile(r"\|?[\s:|-]+\|?$")
_KANJI = re.compile("[一-龠]+")
_MAX_CELL = 40
_HEAD_LINES, _HEAD_CHARS = 8, 20
_ANY_BLANK = re.compile(r"[ 　\t]*｜[ 　\t]*|[ 　\t]+")
_DASH = re.compile(r"[-－―–—…‥]{1,2}$")
_STATE = re.compile(r"[(（](?:目標値?|見込み?|見通し|予測|計画|実績|推計|予定|速報値?|決算|当初|現状)[)）]$")
_CLOSED = re.compile(r"[(（](?:単位[:：]?)?(?:[%％]|[千百万億兆]*(?:円|人|社|件|台|戸|トン)|ha|㎡|km2)[)）]$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a table row; `start:end` are code points of the page, `header` the column's head ("" if none)."""

    header: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row, or one of the tables in it where several stand side by side. `first`/`last` are indices of its lines."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    first: int
    last: int
    is_header: bool = False


def is_number(text: str) -> bool:
    return bool(_NUMBER_CELL.match(text.strip()))


def is_year(text: str) -> bool:
    return bool(_YEAR_CELL.match(key(text)))


def row_names(cells: Sequence[Cell]) -> tuple[str, ...]:
    """What a row is called: its first cell, and the second one where neither has a head and the numbers have: 岩手県, 北上市."""
    two = (
        len(cells) > 2
        and not (cells[0].header or cells[1].header)
        and not (is_number(cells[0].text) or is_number(cells[1].text))
        and all(c.header for c in cells[2:])
    )
    return tuple(c.text.strip() for c in cells[: 2 if two else 1])


Raw = tuple[tuple[str, int, int], ...]  # (text, start, end) of each cell


def _split(line: str, start: int, separator: re.Pattern[str]) -> Raw:
    cells = []
    position = 0
    for match in [*separator.finditer(line), None]:
        end = match.start() if match else len(line)
        piece = line[position:end]
        stripped = piece.strip()
        left = start + position + (len(piece) - len(piece.lstrip()) if stripped else 0)
        cells.append((stripped, left, left + len(stripped)))
        position = match.end() if match else end
    return tuple(cells)


def _pipe_cells(text: str, start: int) -> Raw:
    lead = text.index("|") + 1
    inner = text[lead:].rstrip()
    if inner.endswith("|"):
        inner = inner[:-1]
    return _split(inner, start + lead, re.compile(r"\|"))


def _signature(cells: Sequence[tuple[str, int, int]]) -> tuple[str, ...]:
    return tuple("0" if is_year(c[0]) or is_number(c[0]) else "a" if c[0] else "" for c in cells)


def _copies(rows: Sequence[Raw]) -> int:
    """How many equal tables stand side by side: 2 when the halves of the rows look alike column by column, else 1."""
    wide = [r for r in rows if len(r) >= 4 and len(r) % 2 == 0 and any(c[0] for c in r)]
    if len(wide) < 2 or len({len(r) for r in wide}) != 1:
        return 1
    half = len(wide[0]) // 2
    alike = compared = 0
    for row in wide:
        left, right = _signature(row[:half]), _signature(row[half:])
        if not any(left) or not any(right):
            continue
        compared += 1
        alike += left == right and "0" in left and "a" in left
    return 2 if compared >= 2 and alike >= 0.8 * compared else 1


def _rows(raw: list[tuple[Raw, int, int]], *, header: Raw | None) -> list[Row]:
    """Rows with headers from lines that are already cut into cells; `header` is the header row where one is marked."""
    body = [cells for cells, _, _ in raw if cells is not header]
    copies = _copies(body)
    out = []
    for cells, first, last in raw:
        heads = [c[0] for c in header] if header and len(header) == len(cells) else [""] * len(cells)
        size = len(cells) // copies if len(cells) % copies == 0 else len(cells)
        for part in range(0, len(cells), size):
            named = tuple(
                Cell(h if cells is not header else "", *c)
                for h, c in zip(heads[part : part + size], cells[part : part + size], strict=True)
            )
            full = [c for c in named if c.text]
            if full:
                out.append(Row(full[0].start, full[-1].end, named, first, last, cells is header))
    return out


def pipe_table(text: str, lines: Sequence[Line], at: int) -> tuple[list[Row], int] | None:
    """The rows of a pipe table whose first line is `lines[at]`, and the index after it; None when there is none.

    A row goes on over line breaks until its closing `|`.
    """
    raw: list[tuple[Raw, int, int]] = []
    header: Raw | None = None
    i = at
    while i < len(lines) and "|" in lines[i].text and re.match(r"(?:[-・]\s*)?\|", lines[i].text):
        first = i
        if _RULE.match(lines[i].text.lstrip("- ")):
            if raw and header is None and any(c[0] for c in raw[-1][0]):
                header = raw[-1][0]
            i += 1
            continue
        while (
            not lines[i].text.endswith("|")
            and i + 1 < len(lines)
            and lines[i + 1].text
            and not re.match(r"(?:[-・]\s*)?\|", lines[i + 1].text)
        ):
            i += 1
        raw.append((_pipe_cells(text[lines[first].start : lines[i].end], lines[first].start), first, i))
        i += 1
    if not raw or (len(raw) < 2 and len(raw[0][0]) < 2):
        return None
    return _rows(raw, header=header), i


def _loose_cells(line: Line) -> Raw:
    """Cells of a line cut at tabs, else at runs of blanks; a lone blank separates too when each piece is short."""
    if "\t" in line.text:
        return _split(line.text, line.start, re.compile(r"\t+"))
    wide = _split(line.text, line.start, re.compile(r"[ 　]*｜[ 　]*|[ 　]{2,}"))
    return wide if len(wide) > 1 else _split(line.text, line.start, re.compile(r"[ 　]+"))


def _cells_of(line: Line, count: int, like: Raw = ()) -> Raw:
    """The cells of a line of a table of `count` columns: where a gap is but one blank (12.7 18.4), every blank separates a name and its figures.

    A second name may stand where the row before, `like`, has one (two tables side by side).
    """
    loose = _loose_cells(line)
    if len(loose) == count:
        return loose
    tight = _split(line.text, line.start, _ANY_BLANK)
    if len(tight) != count:
        return loose
    names = {n for n, c in enumerate(like) if not is_number(c[0])} | {0}
    return tight if all(n in names or is_number(c[0]) or _DASH.match(c[0]) for n, c in enumerate(tight)) else loose


def _is_row(cells: Raw) -> bool:
    texts = [c[0] for c in cells]
    return (
        len(texts) >= 2
        and all(t and len(t) <= _MAX_CELL for t in texts)
        and any(is_number(t) or _MARK_CELL.match(t) for t in texts[1:])
        and not any("。" in t for t in texts)
    )


def _header(line: Line, row: Raw) -> Raw | None:
    """The heads above a first row of blank-separated cells; None when the line is none.

    A head may be spaced out (区  分), and the first column, which names the rows, may have none.
    """
    loose = _loose_cells(line)
    narrow = _split(line.text, line.start, _ANY_BLANK)
    unnamed = (("", line.start, line.start), *loose) if len(loose) > 1 and not is_number(row[0][0]) else ()
    header = next((heads for heads in (loose, narrow, _unspaced(loose), unnamed) if len(heads) == len(row)), None)
    if header is None or any(len(c[0]) > 20 or (is_number(c[0]) and not is_year(c[0])) for c in header):
        return None
    return header


def _are_years(cells: Raw) -> bool:
    """2019年 2021年 2025年(目標), maybe with a last head that says what is told of them: 2012～21年増減率, 計."""
    return (
        len(cells) > 1
        and all(is_year(_STATE.sub("", c[0])) for c in cells[:-1])
        and (len(cells) > 2 or is_year(_STATE.sub("", cells[-1][0])))
        and bool(_YEAR_HEAD.match(key(cells[-1][0])))
    )


def _named_years(first: Raw, row: Raw) -> bool:
    """年度 2018 2019 2020 over a row of as many cells that are no years: the first row is the head of the others."""
    return (
        len(first) == len(row) > 2
        and not is_number(first[0][0])
        and not is_year(first[0][0])
        and all(is_year(c[0]) for c in first[1:])
        and _is_row(row)
        and not any(is_year(c[0]) for c in row)
    )


def _two_storeys(lines: Sequence[Line], at: int) -> Raw | None:
    """The heads that `lines[at]` and the next give together where each stands on two lines: 南磐発酵 / 食品協組, over rows that are named.

    The first column has none. None when the lines are no such heads.
    """
    if at + 3 >= len(lines) or lines[at + 1].mark or not lines[at + 1].text:
        return None
    above, below = _loose_cells(lines[at]), _loose_cells(lines[at + 1])
    rows = [_cells_of(lines[i], len(below) + 1) for i in (at + 2, at + 3)]
    if len(above) != len(below) or len(below) < 2 or any(len(r) != len(below) + 1 or not _is_row(r) for r in rows):
        return None
    if any(is_number(c[0]) or len(c[0]) > _HEAD_CHARS or "。" in c[0] for c in (*above, *below)):
        return None
    start = above[0][1]  # of the first head, so that the row of heads is both lines
    heads = ((a[0] + b[0], start if n == 0 else b[1], b[2]) for n, (a, b) in enumerate(zip(above, below, strict=True)))
    return (("", start, start), *heads)


def _over_years(heads: Raw, row: Raw) -> Raw | None:
    """Years as the heads of rows that have one cell more, which names them; None when the next line is no such row."""
    named = len(row) == len(heads) + 1 and _is_row(row) and not is_number(row[0][0]) and not is_year(row[0][0])
    return (("", heads[0][1], heads[0][1]), *heads) if named else None


def _stacked_heads(lines: Sequence[Line], at: int, row: Raw) -> Raw | None:
    """The heads of the numbers of `row` where they stand one above the other before it, each closed by its unit: 出荷額の / 増加割合(%).

    None unless there are as many of them as numbers. The first one goes back over lines that end in の, or from one that opens with it.
    """
    first = next((n for n, c in enumerate(row) if is_number(c[0])), 0)
    wanted = len(row) - first
    if wanted < 2 or not first or not all(is_number(c[0]) for c in row[first:]):
        return None
    heads: list[str] = []
    above = at - 1
    while above >= 0 and at - above <= _HEAD_LINES and 0 < len(lines[above].text) <= _HEAD_CHARS:
        text = lines[above].text
        if _CLOSED.search(text):
            if len(heads) == wanted:
                break
            heads.insert(0, text)
        elif heads and (len(heads) < wanted or text.endswith("の") or heads[0].startswith("の")):
            heads[0] = text + heads[0]
        else:
            break
        above -= 1
    return (
        (*(("", *c[1:]) for c in row[:first]), *((h, *c[1:]) for h, c in zip(heads, row[first:], strict=True)))
        if len(heads) == wanted
        else None
    )


def _under_groups(lines: Sequence[Line], at: int, heads: Raw) -> Raw:
    """Years that recur (2015年 2021年 2015年 2021年) with what stands over each round of them in the line above: 開業率 廃業率."""
    groups = _loose_cells(lines[at - 1]) if at and lines[at - 1].text else ()
    size = len(heads) // len(groups) if len(groups) > 1 and len(heads) % len(groups) == 0 else 0
    names = [c[0] for c in heads]
    rounds = size > 1 and names == names[:size] * len(groups)
    if not rounds or any(is_number(g[0]) or len(g[0]) > _HEAD_CHARS for g in groups):
        return heads
    return tuple((f"{groups[n // size][0]} {text}", start, end) for n, (text, start, end) in enumerate(heads))


def _unspaced(cells: Raw) -> Raw:
    """The cells with neighbours of one kanji each joined: 区, 分 → 区分."""
    out: list[tuple[str, int, int]] = []
    for text, start, end in cells:
        if out and _KANJI.fullmatch(text) and _KANJI.fullmatch(out[-1][0]):
            out[-1] = (out[-1][0] + text, out[-1][1], end)
        else:
            out.append((text, start, end))
    return tuple(out)


def blank_table(lines: Sequence[Line], at: int) -> tuple[list[Row], int] | None:
    """Rows whose cells are separated by blanks or tabs: two or more neighbouring lines of like columns, maybe under a header line.

    `lines[at]` is the header or the first row. A single tab-separated line with a number counts as a row of its own.
    """
    if (lines[at].mark and "\t" not in lines[at].text) or NUMBERED_CAPTION.match(lines[at].text):
        return None
    first = _loose_cells(lines[at])
    start = at
    header: Raw | None = None
    years = first if _are_years(first) else _split(lines[at].text, lines[at].start, _ANY_BLANK)
    if _are_years(years) and at + 2 < len(lines):
        header = _over_years(_under_groups(lines, at, years), _cells_of(lines[at + 1], len(years) + 1))
        start = at + (header is not None)
    if header is None and _is_row(first) and at + 1 < len(lines) and _named_years(first, _loose_cells(lines[at + 1])):
        header, start = first, at + 1
    storeys = None if header or _is_row(first) else _two_storeys(lines, at)
    if storeys:
        header, start = storeys, at + 2
    elif header is None and not _is_row(first):
        if at + 2 >= len(lines) or not _is_row(_loose_cells(lines[at + 1])):
            return None
        header = _header(lines[at], _loose_cells(lines[at + 1]))
        if header is None:
            return None
        start = at + 1
    count = len(header) if header else len(_loose_cells(lines[start]))
    raw: list[tuple[Raw, int, int]] = [(header, at, start - 1)] if header else []
    i = start
    while i < len(lines) and lines[i].text:
        cells = _cells_of(lines[i], count, raw[-1][0] if len(raw) > (header is not None) else ())
        if len(cells) != count or not _is_row(cells):
            break
        raw.append((cells, i, i))
        i += 1
    rows = len(raw) - (header is not None)
    if header is None and rows > 1:
        header = _stacked_heads(lines, at, raw[0][0])
    if rows < 2 and not (
        rows == 1 and ("\t" in lines[start].text or (header and start == at + 1 and _are_years(header[1:])))
    ):
        return None
    return _rows(raw, header=header), i
