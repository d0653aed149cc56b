"""Where the code points of a page stand on paper: one rectangle each, kept beside the text."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_TENTHS = 10  # of a point: PDF's own unit is 1/72 inch


@dataclass(frozen=True, slots=True)
class Rectangle:
    """In points from the top left of the page as it is shown; `left ≤ right`, `top ≤ bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_empty(self) -> bool:
        return self.right <= self.left or self.bottom <= self.top


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """`boxes` is uint16 `(len(text), 4)`: left, top, right, bottom in tenths of a point; all 0 where nothing is printed (line ends).

    `width` and `height` of the page are in points.
    """

    width: float
    height: float
    boxes: NDArray[np.uint16]

    @classmethod
    def of(cls, width: float, height: float, boxes: NDArray[np.floating]) -> Geometry:
        """From `boxes` float `(n, 4)` in points; what lies outside the page is cut off."""
        limit = np.array([width, height, width, height])
        inside = np.clip(np.nan_to_num(boxes.reshape(-1, 4)), 0, limit)
        return cls(width, height, np.clip(np.rint(inside * _TENTHS), 0, 65535).astype(np.uint16))

    def rectangles(self, start: int, end: int) -> tuple[Rectangle, ...]:
        """One rectangle a printed line (or column, in vertical text) of the code points `start:end`, in the order of the text."""
        lines: list[Rectangle] = []
        for left, top, right, bottom in (self.boxes[start:end] / _TENTHS).tolist():
            one = Rectangle(left, top, right, bottom)
            if one.is_empty:
                continue
            if lines and _continues(lines[-1], one):
                last = lines[-1]
                lines[-1] = Rectangle(
                    min(last.left, left), min(last.top, top), max(last.right, right), max(last.bottom, bottom)
                )
            else:
                lines.append(one)
        return tuple(lines)

    def to_bytes(self) -> bytes:
        size = np.array([self.width, self.height], dtype="<f8").tobytes()
        return size + zlib.compress(self.boxes.astype("<u2").T.tobytes(), 6)

    @classmethod
    def from_bytes(cls, data: bytes) -> Geometry:
        width, height = np.frombuffer(data[:16], dtype="<f8").tolist()
        boxes = np.frombuffer(zlib.decompress(data[16:]), dtype="<u2").reshape(4, -1).T
        return cls(width, height, np.ascontiguousarray(boxes, dtype=np.uint16))


def _continues(line: Rectangle, one: Rectangle) -> bool:
    """Does `one` stand beside the end of `line` (same row, a little further on) or below it (same column)?"""
    height = max(one.bottom - one.top, 1.0)
    width = max(one.right - one.left, 1.0)
    row = min(line.bottom, one.bottom) - max(line.top, one.top) > 0.4 * height
    column = min(line.right, one.right) - max(line.left, one.left) > 0.4 * width
    beside = row and -0.5 * height <= one.left - line.right <= 2.5 * height
    below = column and line.right - line.left <= 2.2 * width and -0.5 * width <= one.top - line.bottom <= 2.5 * width
    return beside or below
