"""Tables drawn in every style of office programs, with what each cell means: its row's and its column's names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.fold import key
from corpus.units import page_units

from .pdfs import A4, SLIDE, Paper

Lines = Literal["all", "no sides", "level", "three", "none", "areas", "thin areas"]
_PAD = 4.0


@dataclass(frozen=True)
class Drawn:
    """`heads` are the names of each column from the top down (equal neighbours are merged); the first `stubs` columns name the rows
    (equal neighbours are merged there too). A line end in a cell is one on paper. `by_column`: the file has it column by column."""

    heads: Sequence[tuple[str, ...]]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    lines: Lines = "all"
    stubs: int = 1
    size: float = 9.5
    by_column: bool = False
    figures: bool = True

    def cells(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], str]]:
        """(names of the row, names of the column, value) of every cell that holds something."""
        for row in self.rows:
            for column in range(self.stubs, len(row)):
                if row[column]:
                    names = tuple(c.replace("\n", "") for c in row[: self.stubs] if c)
                    heads = tuple(h.replace("\n", "") for h in self.heads[column] if h)
                    yield names, heads, row[column].replace("\n", "")

    def draw(self, paper: Paper, left: float, top: float) -> float:
        """Draws it and returns where it ends."""
        depth = max(map(len, self.heads), default=0)
        matrix = [[h[level] if level < len(h) else h[-1] for h in self.heads] for level in range(depth)]
        matrix += [list(row) for row in self.rows]
        heights = [max(c.count("\n") for c in row) * self.size * 1.3 + self.size * 1.9 for row in matrix]
        xs = [left + sum(self.widths[:n]) for n in range(len(self.widths) + 1)]
        ys = [top + sum(heights[:n]) for n in range(len(heights) + 1)]
        spans = list(self._spans(matrix, depth))
        self._rule(paper, xs, ys, spans, depth)
        for r, c, bottom, right in sorted(spans, key=lambda s: (s[1], s[0]) if self.by_column else s):
            self._write(
                paper, matrix[r][c], (xs[c], ys[r], xs[right], ys[bottom]), head=r < depth, first=c < self.stubs
            )
        return ys[-1]

    def _spans(self, matrix: list[list[str]], depth: int) -> Iterator[tuple[int, int, int, int]]:
        done: set[tuple[int, int]] = set()
        for r, row in enumerate(matrix):
            for c, text in enumerate(row):
                if (r, c) in done:
                    continue
                bottom, right = r + 1, c + 1
                limit = depth if r < depth else len(matrix) if c < self.stubs - 1 else r + 1
                while (
                    text
                    and bottom < limit
                    and matrix[bottom][c] == text
                    and (r < depth or matrix[bottom][:c] == row[:c])
                ):
                    bottom += 1
                while r < depth and text and right < len(row) and row[right] == text and bottom == r + 1:
                    right += 1
                done.update((y, x) for y in range(r, bottom) for x in range(c, right))
                yield r, c, bottom, right

    def _rule(
        self, paper: Paper, xs: list[float], ys: list[float], spans: list[tuple[int, int, int, int]], depth: int
    ) -> None:
        if self.lines == "three":
            for y in (ys[0], ys[depth], ys[-1]):
                paper.line(xs[0], y, xs[-1], y)
        elif self.lines == "level":
            for y in ys:
                paper.line(xs[0], y, xs[-1], y)
        elif self.lines != "none":
            for r, c, bottom, right in spans:
                self._frame(paper, xs[c], ys[r], xs[right], ys[bottom], xs)

    def _frame(self, paper: Paper, left: float, top: float, right: float, bottom: float, xs: list[float]) -> None:
        if self.lines == "areas":
            paper.box(left + 0.5, top + 0.5, right - 0.5, bottom - 0.5, fill=0.9)
            return
        sides = [(left, top, right, top), (left, bottom, right, bottom)]
        sides += [(x, top, x, bottom) for x in (left, right) if self.lines != "no sides" or xs[0] < x < xs[-1]]
        for x1, y1, x2, y2 in sides:
            if self.lines == "thin areas":
                paper.box(x1 - 0.25, y1 - 0.25, x2 + 0.25, y2 + 0.25, fill=0)
            else:
                paper.line(x1, y1, x2, y2)

    def _write(
        self, paper: Paper, text: str, box: tuple[float, float, float, float], *, head: bool, first: bool
    ) -> None:
        left, top, right, bottom = box
        lines = text.split("\n")
        lead = self.size * 1.3
        y = (top + bottom) / 2 - lead * (len(lines) - 1) / 2 + self.size * 0.38
        for n, line in enumerate(lines):
            if self.figures and not head and not first:
                paper.right(right - _PAD, y + n * lead, line, self.size)
            else:
                paper.text(left + _PAD, y + n * lead, line, self.size)


def found_share(text: str, tables: Sequence[Drawn]) -> tuple[int, int, list[str]]:
    """How many cells of the tables a page's units give under the right names, how many there are, and those that are missed."""
    rows = [
        ([key(c.text) for c in unit.cells], [(key(c.header), key(c.text)) for c in unit.cells])
        for unit in page_units(text)
        if unit.kind == "row"
    ]
    hits, missed = 0, []
    wanted = [cell for table in tables for cell in table.cells()]
    for names, heads, value in wanted:
        right = any(
            all(key(name) in texts for name in names)
            and any(v == key(value) and all(key(h) in header for h in heads) for header, v in cells)
            for texts, cells in rows
        )
        hits += right
        if not right:
            missed.append(f"{'/'.join(names)} × {'/'.join(heads)} = {value}")
    return hits, len(wanted), missed


_YEARS = [(y,) for y in ("2019年度", "2020年度", "2021年度", "2022年度", "2023年度")]
_PLACES = ("空市", "山町", "川村", "海士町", "森市", "原町", "谷村", "島市")


def _figure(n: int, row: int, column: int) -> str:
    return f"{(n + 3) * 137 + row * 1009 + column * 53:,}"


def _figures(n: int, rows: int, columns: int) -> list[list[str]]:
    return [[_figure(n, r, c) for c in range(columns)] for r in range(rows)]


def _plain(n: int, lines: Lines, rows: int = 6, columns: int = 5, **more: object) -> Drawn:
    body = [
        [_PLACES[r % 8] + ("" if r < 8 else str(r)), *values] for r, values in enumerate(_figures(n, rows, columns))
    ]
    return Drawn([("市町村",), *_YEARS[:columns]], body, [80, *[70] * columns], lines, **more)  # type: ignore[arg-type]


def _two_heads(n: int, lines: Lines, **more: object) -> Drawn:
    heads = [
        ("区分", "区分"),
        ("事業費（千円）", "計"),
        ("事業費（千円）", "うち補助金"),
        ("参加者（人）", "男"),
        ("参加者（人）", "女"),
    ]
    body = [[name, *values] for name, values in zip(("研修", "展示会", "相談", "融資"), _figures(n, 4, 4), strict=True)]
    return Drawn(heads, body, [80, 75, 75, 65, 65], lines, **more)  # type: ignore[arg-type]


def _two_stubs(n: int, lines: Lines, **more: object) -> Drawn:
    names = [("東部", "空市"), ("東部", "山町"), ("東部", "川村"), ("西部", "森市"), ("西部", "原町")]
    body = [[*pair, *values] for pair, values in zip(names, _figures(n, 5, 3), strict=True)]
    return Drawn(
        [("地域",), ("市町村",), ("人口\n（人）",), ("面積\n（km²）",), ("予算額\n（百万円）",)],
        body,
        [60, 70, 70, 70, 80],
        lines,
        2,
        **more,
    )  # type: ignore[arg-type]


def _words(lines: Lines, **more: object) -> Drawn:
    heads = [("課題",), ("対応の方向",), ("担当",), ("時期",)]
    body = [
        ["後継者の不足", "事業を引き継ぐ人を県の\n窓口で紹介する", "産業課", "2024年度から"],
        ["販路が狭い", "展示会への共同出展を\n三年続けて支える", "商工課", "2025年度まで"],
        ["港の混雑", "荷さばき場を\n二か所に分ける", "港湾課", "2026年度"],
        ["空き店舗", "改修費の半分を補助する", "商工課", "2024年度"],
    ]
    return Drawn(heads, body, [90, 150, 70, 90], lines, figures=False, **more)  # type: ignore[arg-type]


def _gaps(n: int, lines: Lines) -> Drawn:
    body = [[p, *values] for p, values in zip(_PLACES, _figures(n, 6, 4), strict=False)]
    for r, row in enumerate(body):
        row[1 + r % 4] = "－" if r % 2 else ""
    return Drawn([("市町村",), *_YEARS[:4]], body, [80, *[75] * 4], lines)


def table_pages() -> list[tuple[str, Paper, list[Drawn]]]:
    """Twenty pages: (what is special, the page, its tables)."""
    pages: list[tuple[str, Paper, list[Drawn]]] = []

    def page(special: str, *tables: Drawn, size: tuple[float, float] = A4, beside: bool = False) -> None:
        paper = Paper(size).text(60, 60, f"表{len(pages) + 1}について、次のとおり整理した。")
        left, top = 60.0, 90.0
        for table in tables:
            end = table.draw(paper, left, top)
            left, top = (left + sum(table.widths) + 30, top) if beside else (left, end + 40)
        paper.text(60, size[1] - 60, "この資料の数値は試験のために作ったものである。")
        pages.append((special, paper, list(tables)))

    page("all lines", _plain(1, "all"))
    page("two heads", _two_heads(2, "all"))
    page("merged rows", _two_stubs(3, "all"))
    page("words, lines in cells", _words("all"))
    page("no sides", _plain(5, "no sides"), _two_heads(5, "no sides"))
    page("thin areas for lines", _two_stubs(6, "thin areas"), _two_heads(6, "thin areas"))
    page("areas for cells", _plain(7, "areas"), _two_heads(7, "areas"))
    page("level lines", _plain(8, "level"), _words("level"))
    page("three lines", _plain(9, "three"), _plain(9, "three", 4, 3))
    page("no lines", _plain(10, "none"))
    page("no lines, words", _words("none"))
    page("two beside each other", _plain(12, "all", 6, 2), _plain(13, "all", 6, 2), beside=True)
    page("column by column in the file", _plain(14, "all", by_column=True), _two_stubs(14, "all", by_column=True))
    page("no lines, column by column", _plain(15, "none", by_column=True))
    page(
        "small and wide",
        Drawn(
            [("市町村",), *[(f"{m}月",) for m in range(4, 13)]],
            [[p, *v] for p, v in zip(_PLACES, _figures(16, 8, 9), strict=True)],
            [60, *[45] * 9],
            size=7.5,
        ),
    )
    page("long", _plain(17, "all", 30, 4))
    page("empty cells", _gaps(18, "all"), _gaps(19, "no sides"))
    page("a slide", _two_heads(20, "areas", size=12), _plain(20, "thin areas", 3, 4), size=SLIDE)
    page("no lines, two tables", _plain(21, "none", 4, 4), _plain(22, "none", 5, 3))
    page("merged everywhere", _two_stubs(23, "no sides"), _two_stubs(24, "thin areas", by_column=True))
    return pages
