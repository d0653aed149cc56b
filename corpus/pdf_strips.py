"""Printed lines from characters: strips of horizontal or vertical text without furigana, with the blanks that gaps tell of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.pdf_glyphs import BLANK, Glyph

_GAP = 1.5  # em: a wider gap parts two strips, where the file has a blank in it
_BARE_GAP = 1.08  # em: where it has none; browsers write no full-width blanks
_MANY = 6_000  # runs of a page: a drawing's, in which nothing is looked for
_CELL_GAP = 0.75  # em: in lines that are known to be those of a table
_TOUCH = 0.6  # em: strips of one line that stand closer are one, wherever the file has them
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・ゝゞヽヾ 　]+$")
_KANJI = re.compile(r"[一-鿿㐀-䶿々⺀-⿟豈-﫿]")
_BULLETS = frozenset("・●○■□◆◇▪•※-–—")


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a printed line (a column, when `vertical`) without a wide gap in it; `order` is its first place in the file."""

    glyphs: tuple[Glyph, ...]
    left: float
    top: float
    right: float
    bottom: float
    em: float
    order: int
    vertical: bool

    @classmethod
    def of(cls, glyphs: Sequence[Glyph], *, vertical: bool) -> Strip:
        printed = [g for g in glyphs if g.em and not g.char.isspace()]
        return cls(
            tuple(glyphs),
            min(g.left for g in printed),
            min(g.top for g in printed),
            max(g.right for g in printed),
            max(g.bottom for g in printed),
            max(g.em for g in printed),
            min(g.order for g in printed),
            vertical,
        )

    @property
    def text(self) -> str:
        return "".join(g.char for g in self.glyphs)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def beside(self, other: Strip) -> bool:
        """Do the two stand on one line?"""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared >= 0.5 * min(self.bottom - self.top, other.bottom - other.top)


def read_strips(glyphs: Iterable[Glyph], *, in_table: bool = False) -> list[Strip]:
    """Strips in the order of the file; in the lines of a table narrower gaps part them."""
    gaps = (_CELL_GAP, _CELL_GAP) if in_table else (_GAP, _BARE_GAP)
    return _touching(_without_furigana(_runs(glyphs, *gaps)))


def _runs(glyphs: Iterable[Glyph], gap: float, bare_gap: float) -> list[Strip]:
    runs: list[Strip] = []
    run: list[Glyph] = []
    spaces: list[Glyph] = []
    vertical: bool | None = None
    for glyph in glyphs:
        if glyph.char.isspace():
            spaces.append(glyph)
            continue
        way = _way(run, glyph, vertical, gap if spaces else bare_gap) if run else None
        if way is None:
            if run:
                runs.append(Strip.of(run, vertical=bool(vertical)))
            run, vertical = [glyph], None
        else:
            last = run[-1]
            run.extend(_between(last, glyph, spaces, vertical=way))
            run.append(glyph)
            vertical = way
        spaces = []
    if run:
        runs.append(Strip.of(run, vertical=bool(vertical)))
    return runs


def _way(run: Sequence[Glyph], glyph: Glyph, vertical: bool | None, gap: float) -> bool | None:
    """How `glyph` goes on with the run: False along the line, True down the column, None not at all."""
    last = run[-1]
    em = max(last.em, glyph.em)
    row = min(last.bottom, glyph.bottom) - max(last.top, glyph.top)
    if not vertical and row >= 0.5 * min(last.bottom - last.top, glyph.bottom - glyph.top):
        return False if -0.5 * em <= glyph.left - last.right <= gap * em else None
    if vertical is False:
        return None
    if vertical:
        first = run[0]
        middle = (glyph.left + glyph.right) / 2
        in_band = first.left - 0.2 * em <= middle <= first.right + 0.2 * em
        if in_band and abs(glyph.top - last.top) < 0.5 * em and glyph.left >= last.right - 0.2 * em:
            return True  # figures set across the column (縦中横)
        return True if in_band and -0.5 * em <= glyph.top - last.bottom <= gap * em else None
    if (last.char.isascii() and last.upright) or (glyph.char.isascii() and glyph.upright) or last.char in _BULLETS:
        return None
    column = min(last.right, glyph.right) - max(last.left, glyph.left)
    narrow = 0.5 * min(last.right - last.left, glyph.right - glyph.left)
    return (
        True
        if column >= narrow and -0.5 * em <= glyph.top - last.bottom <= 0.3 * em and em < 1.2 * min(last.em, glyph.em)
        else None
    )


def _between(last: Glyph, glyph: Glyph, spaces: Sequence[Glyph], *, vertical: bool) -> Sequence[Glyph]:
    """The blanks of the file, or one where a gap tells of it."""
    if spaces:
        return spaces
    em = max(last.em, glyph.em)
    if vertical:
        return (BLANK,) if glyph.top - last.bottom > 0.8 * em else ()
    gap = glyph.left - last.right
    latin = last.char.isascii() and glyph.char.isascii() and last.char.isalnum() and glyph.char.isalnum()
    return (BLANK,) if gap > (0.18 if latin else 0.5) * em else ()


def _without_furigana(runs: Sequence[Strip]) -> list[Strip]:
    """Leaves out small kana that stand above (beside, in vertical text) a larger kanji: they say again how it is read."""
    return [
        run
        for run in runs
        if not (_KANA.match(run.text) and any(_reads(run, base) for base in runs if base.em >= 1.6 * run.em))
    ]


def _reads(small: Strip, base: Strip) -> bool:
    em = base.em
    if base.vertical or (len(base.glyphs) == 1 and abs(small.left - base.right) < 0.5 * em):
        beside = -0.45 * em <= small.left - base.right <= 0.6 * em
        along = [g for g in base.glyphs if g.em and g.bottom > small.top and g.top < small.bottom]
    else:
        beside = -0.6 * em <= base.top - small.bottom <= 0.6 * em and small.top < base.top + 0.2 * em
        along = [g for g in base.glyphs if g.em and g.right > small.left and g.left < small.right]
    return beside and any(_KANJI.match(g.char) for g in along)


def _touching(runs: Sequence[Strip]) -> list[Strip]:
    """Joins the runs of one line that touch, though the file has something else between them."""
    if len(runs) > _MANY:
        return list(runs)
    places: dict[int, list[int]] = defaultdict(list)
    strips: list[Strip | None] = []
    for run in runs:
        strip = run
        key = int(strip.left / 40) if strip.vertical else int(strip.middle / 20)
        again = True
        while again:
            again = False
            for at in [i for k in (key - 1, key, key + 1) for i in places[k]]:
                other = strips[at]
                joined = _joined(other, strip) if other else None
                if joined:
                    strips[at] = None
                    strip, again = joined, True
                    break
        strips.append(strip)
        for k in {key, int(strip.left / 40) if strip.vertical else int(strip.middle / 20)}:
            places[k].append(len(strips) - 1)
    return sorted((s for s in strips if s), key=lambda s: s.order)


def _joined(one: Strip, other: Strip) -> Strip | None:
    em = max(one.em, other.em)
    if _is_column(one, other):
        first, second = (one, other) if one.top <= other.top else (other, one)
        if not -0.3 * em <= second.top - first.bottom <= _TOUCH * em:
            return None
        return Strip.of((*first.glyphs, *second.glyphs), vertical=True)
    if one.vertical or other.vertical or not one.beside(other):
        return None
    first, second = (one, other) if one.left <= other.left else (other, one)
    if not -0.3 * em <= second.left - first.right <= _TOUCH * em:
        return None
    blanks = _between(first.glyphs[-1], second.glyphs[0], (), vertical=False)
    return Strip.of((*first.glyphs, *blanks, *second.glyphs), vertical=False)


def _is_column(one: Strip, other: Strip) -> bool:
    """Are the two pieces of one column? A short piece that stands across (縦中横) counts, beside a real column."""
    if not (one.vertical or other.vertical):
        return False
    em = max(one.em, other.em)
    if any(not s.vertical and s.right - s.left > 1.3 * em for s in (one, other)):
        return False
    return abs((one.left + one.right) - (other.left + other.right)) <= 0.8 * em
