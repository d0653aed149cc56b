"""Text in frames: boxes of slides and leaflets, whose words belong together and make no table with those beside them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.pdf_grid import Grid
from corpus.pdf_rules import Box, Rules
from corpus.pdf_strips import Strip
from corpus.pdf_table import visual_lines

_LEAST = (40.0, 16.0)  # points: a smaller box marks a word
_MOST = 0.7  # of the page: a larger one is its border
_MANY = 200  # on one page: the shapes of a drawing
_SLACK = 3.0  # points


def find_frames(grids: Sequence[Grid], rules: Rules, width: float, height: float) -> list[Box]:
    """Boxes and coloured areas that stand alone, and shapes with round corners; the smallest first."""
    boxes = {grid.box for grid in grids if len(grid.cells) == 1} | set(rules.rounded)
    found = sorted(
        (
            b
            for b in boxes
            if b[2] - b[0] >= _LEAST[0] and b[3] - b[1] >= _LEAST[1] and _area(b) < _MOST * width * height
        ),
        key=lambda b: (_area(b), b),
    )
    return found if len(found) <= _MANY else []


def in_frames(strips: Sequence[Strip], frames: Sequence[Box]) -> tuple[list[tuple[Box, list[Strip]]], list[Strip]]:
    """The frames that hold strips (each strip is held by the smallest frame around it), and the strips that stand in none.

    A frame around a part of a line, or around one row of a table, is no frame.
    """
    held: dict[int, list[Strip]] = {}
    for strip in strips:
        at = next((n for n, frame in enumerate(frames) if _holds(frame, strip)), len(frames))
        held.setdefault(at, []).append(strip)
    outside = held.pop(len(frames), [])
    for at, inside in list(held.items()):
        is_row = len(inside) > 1 and len(visual_lines(inside)) == 1
        if is_row or any(
            one.beside(other) and _near(one, other) for one in inside for other in outside if not other.vertical
        ):
            outside = sorted([*outside, *held.pop(at)], key=lambda s: s.order)
    return [(frames[at], held[at]) for at in sorted(held)], outside


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _holds(frame: Box, strip: Strip) -> bool:
    middle = strip.middle
    return frame[0] - _SLACK <= strip.left and strip.right <= frame[2] + _SLACK and frame[1] <= middle <= frame[3]


def _near(one: Strip, other: Strip) -> bool:
    gap = max(one.left, other.left) - min(one.right, other.right)
    return gap < max(one.em, other.em)
