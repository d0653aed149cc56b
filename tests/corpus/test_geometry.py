from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from corpus.geometry import Geometry, Rectangle

MANY = settings(deadline=None, max_examples=100, database=None, derandomize=True)


def row(top: float, left: float, count: int) -> list[list[float]]:
    return [[left + 10 * n, top, left + 10 * n + 10, top + 10] for n in range(count)]


def test_a_span_over_two_printed_lines_has_two_rectangles() -> None:
    boxes = np.array([*row(20, 30, 3), [0, 0, 0, 0], *row(40, 30, 2)])
    geometry = Geometry.of(200, 100, boxes)
    assert geometry.rectangles(1, 6) == (Rectangle(40, 20, 60, 30), Rectangle(30, 40, 50, 50))
    assert geometry.rectangles(3, 4) == ()


def test_a_vertical_column_is_one_rectangle() -> None:
    boxes = np.array([[80, 10 * n, 90, 10 * n + 10] for n in range(1, 6)])
    assert Geometry.of(200, 100, boxes).rectangles(0, 5) == (Rectangle(80, 10, 90, 60),)


def test_columns_side_by_side_are_not_one_rectangle() -> None:
    boxes = np.array([*row(20, 30, 3), *row(20, 130, 3)])
    assert len(Geometry.of(200, 100, boxes).rectangles(0, 6)) == 2


@MANY
@given(arrays(np.float64, st.tuples(st.integers(0, 30), st.just(4)), elements=st.floats(-50, 900)))
def test_what_was_stored_comes_back(boxes: np.ndarray) -> None:
    geometry = Geometry.of(595.3, 841.9, boxes)
    again = Geometry.from_bytes(geometry.to_bytes())
    assert (again.width, again.height) == (595.3, 841.9)
    assert np.array_equal(again.boxes, geometry.boxes)
    assert all(0 <= r.left <= r.right <= 595.4 and r.top <= r.bottom <= 842 for r in again.rectangles(0, len(boxes)))


def test_nothing_printed_is_an_empty_rectangle() -> None:
    assert Rectangle(1, 1, 1, 5).is_empty
    assert not Rectangle(1, 1, 2, 5).is_empty
