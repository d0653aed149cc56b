"""Blocks of printed lines in reading order: the order of the file, mended where it is visibly wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.lines import mark_end
from corpus.pdf_glyphs import Glyph
from corpus.pdf_rules import Box
from corpus.pdf_strips import Strip
from corpus.pdf_table import Printed, Table, marks
from corpus.reading_order import Piece, in_reading_order

_LEADING = 1.1  # em between two lines of one block
_INDENT = (0.8, 2.6)  # em: how far the first line of a paragraph may stand in
_MANY = 1_000  # blocks of a page: a drawing's, which have no order
_COLUMN = 10  # em: the least width of a column of text


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, each of one or more strips; or one table; or the blocks of a frame."""

    lines: tuple[tuple[Strip, ...], ...]
    left: float
    top: float
    right: float
    bottom: float
    vertical: bool = False
    table: Table | None = None
    inner: tuple[Block, ...] = ()

    @classmethod
    def of(cls, lines: Sequence[Sequence[Strip]]) -> Block:
        strips = [s for line in lines for s in line]
        return cls(
            tuple(tuple(line) for line in lines),
            min(s.left for s in strips),
            min(s.top for s in strips),
            max(s.right for s in strips),
            max(s.bottom for s in strips),
            strips[0].vertical,
        )

    @property
    def order(self) -> int:
        if self.inner:
            return min(block.order for block in self.inner)
        return self.table.order if self.table else self.lines[0][0].order

    @property
    def em(self) -> float:
        return self.lines[0][0].em if self.lines else 10.0


def page_blocks(strips: Sequence[Strip], tables: Sequence[Table]) -> list[Block]:
    """The blocks of a page or frame, in the order of the file."""
    blocks = [*_blocks(_lines(strips)), *(Block((), *t.box, table=t) for t in tables)]
    return sorted(blocks, key=lambda b: b.order)


def framed(blocks: Sequence[Block], frame: Box) -> Block:
    """The blocks of a frame as one, in reading order."""
    inner = tuple(reading_order(blocks))
    return Block((), *frame, vertical=inner[0].vertical, inner=inner)


def reading_order(blocks: Sequence[Block], *, slide: bool = False) -> list[Block]:
    """The blocks as they are read, those of frames one by one.

    Blocks that stand above one that the file has earlier go before it. On a slide where the file goes from right to left, which
    says that its order is that of drawing, the place alone decides.
    """
    in_file = sorted(blocks, key=lambda b: b.order)
    few = len(blocks) <= _MANY
    if slide and few and any(_is_left_of(later, one) for n, one in enumerate(in_file) for later in in_file[n + 1 :]):
        pieces = [Piece(b.left, b.top, b.right, b.bottom, str(n)) for n, b in enumerate(in_file)]
        placed = [in_file[int(piece.text)] for piece in in_reading_order(pieces)]
    else:
        placed = []
        for block in in_file:
            before = enumerate(placed) if few else ()
            placed.insert(next((i for i, other in before if _precedes(block, other)), len(placed)), block)
    return [one for block in placed for one in (block.inner or (block,))]


def _is_left_of(block: Block, other: Block) -> bool:
    shared = min(block.bottom, other.bottom) - max(block.top, other.top)
    beside = shared >= 0.5 * min(block.bottom - block.top, other.bottom - other.top)
    return beside and block.right <= other.left and not (block.vertical or other.vertical)


def _precedes(block: Block, other: Block) -> bool:
    """Does `block` stand clearly before `other`, above it in horizontal text, right of it in vertical?"""
    if block.vertical and other.vertical:
        shared = min(block.bottom, other.bottom) - max(block.top, other.top)
        return (
            shared > 0.3 * min(block.bottom - block.top, other.bottom - other.top)
            and block.left >= other.right - 0.3 * block.em
        )
    shared = min(block.right, other.right) - max(block.left, other.left)
    return (
        shared > 0.3 * min(block.right - block.left, other.right - other.left)
        and block.bottom <= other.top + 0.3 * block.em
    )


def _lines(strips: Sequence[Strip]) -> list[tuple[Strip, ...]]:
    """Strips that follow each other in the file on one line make one; text that runs in columns line by line is set apart."""
    lines: list[list[Strip]] = []
    for strip in strips:
        last = lines[-1][-1] if lines else None
        if last and not (strip.vertical or last.vertical) and strip.beside(last) and strip.left >= last.right:
            lines[-1].append(strip)
        else:
            lines.append([strip])
    return [tuple(line) for line in _columns_apart(lines)]


def _columns_apart(lines: list[list[Strip]]) -> list[list[Strip]]:
    """Four and more lines of two wide strips with one gap between them are two columns, read one after the other."""
    out: list[list[Strip]] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and len(lines[end]) == 2 and _one_gap(lines[at], lines[end]):
            end += 1
        run = lines[at:end]
        if len(run) >= 4 and median((s.right - s.left) / s.em for line in run for s in line) >= _COLUMN:
            out += [[line[0]] for line in run] + [[line[1]] for line in run]
            at = end
        else:
            out.append(lines[at])
            at += 1
    return out


def _one_gap(first: Sequence[Strip], line: Sequence[Strip]) -> bool:
    return line[0].right < first[1].left + 1 and abs(line[1].left - first[1].left) < 2.5 * line[1].em


def _blocks(lines: Sequence[tuple[Strip, ...]]) -> list[Block]:
    runs: list[list[tuple[Strip, ...]]] = []
    for line in lines:
        if runs and _goes_on(runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [Block.of(run) for run in runs]


def _goes_on(line: Sequence[Strip], following: Sequence[Strip]) -> bool:
    one, two = line[0], following[0]
    em = max(one.em, two.em)
    if one.vertical != two.vertical or em > 1.25 * min(one.em, two.em):
        return False
    if one.vertical:
        shared = min(one.bottom, two.bottom) - max(one.top, two.top)
        return shared > 0 and -0.3 * em <= one.left - two.right <= 1.5 * em
    shared = min(line[-1].right, following[-1].right) - max(one.left, two.left)
    gap = min(s.top for s in following) - max(s.bottom for s in line)
    return shared > 0 and -0.5 * em <= gap <= _LEADING * em


def printed_lines(block: Block) -> list[tuple[Printed, Sequence[Strip]]]:
    """The lines of a block as they are written into the page's text. A paragraph that stands in begins with a full-width blank."""
    if block.table:
        return [(block.table.printed(), ())]
    out: list[tuple[Printed, Sequence[Strip]]] = []
    for n, line in enumerate(block.lines):
        glyphs: list[Glyph] = []
        if n + 1 < len(block.lines) and _stands_in(line[0], block.lines[n + 1][0], block):
            glyphs += marks("　")
        for strip in line:
            glyphs += [*(marks("  ") if strip is not line[0] else ()), *strip.glyphs]
        out.append((tuple(glyphs), line))
    return out


def _stands_in(strip: Strip, following: Strip, block: Block) -> bool:
    if block.vertical:
        deep, edge = strip.top - following.top, following.top - block.top
    else:
        deep, edge = strip.left - following.left, following.left - block.left
    low, high = _INDENT
    return (
        low * strip.em <= deep <= high * strip.em
        and edge < 0.5 * strip.em
        and not mark_end(strip.text)
        and not mark_end(following.text)
    )
