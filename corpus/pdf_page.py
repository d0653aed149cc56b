"""One page of a PDF as text in reading order, with a box for every code point; the lines at its edges are kept in view."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.geometry import Geometry
from corpus.pdf_aligned import aligned_tables
from corpus.pdf_blocks import Block, framed, page_blocks, printed_lines, reading_order
from corpus.pdf_frames import find_frames, in_frames
from corpus.pdf_glyphs import Glyph, Sheet, read_glyphs
from corpus.pdf_grid import Grid, find_grids
from corpus.pdf_ruled import ruled_tables
from corpus.pdf_rules import read_rules
from corpus.pdf_strips import Strip, read_strips
from corpus.pdf_table import Table

_FEW = 60  # characters: a stamp, a page number
_MOST = 0.5  # of the page
_EDGE = 0.12  # of the page's height: where running heads and feet stand
_APART = 1.2  # em: a wider gap between two blocks becomes an empty line
_OTHER_TYPE = 1.25  # times larger or smaller: a heading, a note
_UNKNOWN = 0.3  # of the characters without a known letter: the text layer says nothing


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line near the top or bottom: code points `start:end` of the page's text; `place` is its top in points."""

    start: int
    end: int
    text: str
    place: float
    em: float

    @property
    def is_words(self) -> bool:
        return any(unicodedata.category(char) == "Lo" for char in self.text)


@dataclass(frozen=True, slots=True)
class PageText:
    """`em` is the size of most of its type; `unknown` is the share of characters whose letter the file does not tell.

    `is_scan`: a picture covers most of the page and there are few characters beside it.
    """

    text: str
    geometry: Geometry
    edges: tuple[EdgeLine, ...] = ()
    em: float = 0
    unknown: float = 0
    is_scan: bool = False

    @property
    def is_readable(self) -> bool:
        return bool(self.text.strip()) and self.unknown <= _UNKNOWN


def read_page(page: pdfium.PdfPage) -> PageText:
    """The text of a page. Called with PDFium's lock held."""
    sheet, glyphs = read_glyphs(page)
    paper = Sheet.of(page)
    if not glyphs:
        return PageText("", Geometry.of(paper.width, paper.height, np.zeros((0, 4))))
    rules = read_rules(page, sheet)
    grids = find_grids(rules)
    tables, rest = ruled_tables([g for g in grids if g.is_drawn], rules, glyphs)
    shaded, rest = ruled_tables(_shaded_tables(grids, rest), rules, rest)
    blocks = [Block((), *table.box, table=table) for table in (*tables, *shaded)]
    frames, outside = in_frames(read_strips(rest), find_frames(grids, rules, sheet.width, sheet.height))
    blocks += [framed(_blocks(inside), frame) for frame, inside in frames]
    blocks += _blocks(outside)
    text = _page_text(paper, sheet, reading_order(blocks, slide=sheet.width > sheet.height), glyphs)
    return replace(text, is_scan=len(glyphs) < _FEW and _is_covered(page, paper))


def _is_covered(page: pdfium.PdfPage, paper: Sheet) -> bool:
    """Does one picture cover most of the page?"""
    bounds = (one.get_bounds() for one in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    return any(
        (right - left) * (top - bottom) > _MOST * paper.width * paper.height for left, bottom, right, top in bounds
    )


def _blocks(strips: Sequence[Strip]) -> list[Block]:
    tables, rest = aligned_tables(strips)
    return page_blocks(rest, tables)


def _shaded_tables(grids: Sequence[Grid], glyphs: Sequence[Glyph]) -> list[Grid]:
    """The grids of coloured areas, but for those where only some rows of a larger table are coloured."""
    shaded = [g for g in grids if not g.is_drawn and len(g.cells) > 1]
    larger = aligned_tables(read_strips(glyphs))[0] if shaded else []
    return [g for g in shaded if not any(_exceeds(table, g) for table in larger)]


def _exceeds(table: Table, grid: Grid) -> bool:
    left, top, right, bottom = grid.box
    inside = table.box[0] < right and table.box[2] > left and table.box[1] < bottom and table.box[3] > top
    return inside and len(table.rows) + bool(table.head) > len(grid.ys) - 1 and len(table.rows[0]) >= len(grid.xs) - 1


def _page_text(paper: Sheet, sheet: Sheet, blocks: Sequence[Block], glyphs: Sequence[Glyph]) -> PageText:
    out: list[Glyph] = []
    edges: list[EdgeLine] = []
    line_end = Glyph("\n", 0, 0, 0, 0, 0, -1)
    for n, block in enumerate(blocks):
        if n:
            out += [line_end] * (2 if _is_apart(blocks[n - 1], block) else 1)
        for k, (printed, strips) in enumerate(printed_lines(block)):
            if k:
                out.append(line_end)
            start = len(out)
            out += printed
            if strips and _at_edge(strips, sheet):
                text = "".join(g.char for g in printed)
                edges.append(EdgeLine(start, len(out), text, strips[0].top, strips[0].em))
    boxes = np.array([(g.left, g.top, g.right, g.bottom) for g in out]).reshape(-1, 4)
    if sheet != paper:
        boxes = np.where(boxes.any(axis=1, keepdims=True), paper.shown(sheet.in_file(boxes)), 0)
    printed_glyphs = [g for g in glyphs if not g.char.isspace()]
    unknown = sum(_is_unknown(g.char) for g in printed_glyphs) / max(len(printed_glyphs), 1)
    em = median(g.em for g in printed_glyphs) if printed_glyphs else 0
    return PageText(
        "".join(g.char for g in out), Geometry.of(paper.width, paper.height, boxes), tuple(edges), em, unknown
    )


def _is_apart(block: Block, following: Block) -> bool:
    if block.table or following.table:
        return bool(block.table) or following.top - block.bottom > _APART * block.em
    if block.vertical or following.vertical:
        return block.vertical != following.vertical
    if following.top < block.bottom:
        return not _flows_over(block, following)
    large, small = max(block.em, following.em), min(block.em, following.em)
    return following.top - block.bottom > _APART * small or large > _OTHER_TYPE * small


def _flows_over(block: Block, following: Block) -> bool:
    """Does the text go on at the head of the next column? Its columns are equally wide, and its last line is full."""
    width = block.right - block.left
    last = block.lines[-1][-1]
    alike = abs(following.right - following.left - width) <= 0.2 * width and following.em == block.em
    return alike and last.right >= block.right - 1.5 * block.em and not last.text.endswith(("。", "．"))


def _at_edge(strips: Sequence[Strip], sheet: Sheet) -> bool:
    return strips[0].bottom < _EDGE * sheet.height or strips[0].top > (1 - _EDGE) * sheet.height


def _is_unknown(char: str) -> bool:
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"


def without(page: PageText, cut: Sequence[EdgeLine]) -> PageText:
    """The page without the lines of `cut` and the empty lines that they leave at its ends."""
    keep = np.ones(len(page.text), dtype=bool)
    for line in cut:
        keep[line.start : min(line.end + 1, len(page.text))] = False
    text = "".join(char for char, kept in zip(page.text, keep, strict=True) if kept)
    start, end = len(text) - len(text.lstrip("\n")), len(text.rstrip())
    boxes = page.geometry.boxes[keep][start:end] if end > start else page.geometry.boxes[:0]
    return PageText(
        text[start:end] if end > start else "",
        Geometry(page.geometry.width, page.geometry.height, boxes),
        em=page.em,
        unknown=page.unknown,
    )
