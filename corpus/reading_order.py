"""The order in which text boxes of a slide are read: rows first, but columns that stand well apart one after the other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

_APART = 1.5  # a gap between columns is this many times wider than the gaps between their rows


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with its rectangle, in any unit."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def in_reading_order(pieces: Sequence[Piece]) -> list[Piece]:
    """The page is cut wherever a straight line crosses nothing; what cannot be cut goes by top and left."""
    if len(pieces) < 2:
        return list(pieces)
    rows = _cut(pieces, "top", "bottom")
    if len(rows) == 1:
        columns = _cut(pieces, "left", "right")
        if len(columns) == 1:
            return sorted(pieces, key=lambda p: (p.top, p.left))
        return [one for column in columns for one in in_reading_order(column)]
    out: list[Piece] = []
    while rows:
        count = next((n for n in range(len(rows), 1, -1) if _are_columns(rows[:n])), 1)
        together = [one for row in rows[:count] for one in row]
        parts = _cut(together, "left", "right") if count > 1 else [rows[0]]
        out.extend(one for part in parts for one in in_reading_order(part))
        rows = rows[count:]
    return out


def _are_columns(rows: Sequence[Sequence[Piece]]) -> bool:
    """Do the rows share columns whose gaps are wider than those between the rows?"""
    columns = _cut([one for row in rows for one in row], "left", "right")
    if len(columns) < 2 or any(len(_cut(row, "left", "right")) != len(columns) for row in rows):
        return False
    across = min(
        min(p.left for p in after) - max(p.right for p in before) for before, after in itertools.pairwise(columns)
    )
    down = max(min(p.top for p in below) - max(p.bottom for p in above) for above, below in itertools.pairwise(rows))
    return across > _APART * max(down, 0)


def _cut(pieces: Sequence[Piece], low: str, high: str) -> list[list[Piece]]:
    parts: list[list[Piece]] = []
    reach = 0.0
    for piece in sorted(pieces, key=lambda p: (getattr(p, low), p.top, p.left)):
        slack = 0.05 * (getattr(piece, high) - getattr(piece, low))  # frames overlap a little where their words do not
        if not parts or getattr(piece, low) + slack < reach:
            parts[-1:] = [[*(parts[-1] if parts else []), piece]]
        else:
            parts.append([piece])
        reach = max(reach, getattr(piece, high))
    return parts
