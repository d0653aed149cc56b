from __future__ import annotations

from corpus.reading_order import Piece, in_reading_order


def order(*boxes: tuple[str, float, float, float, float]) -> str:
    """Boxes as (name, left, top, width, height)."""
    pieces = [Piece(x, y, x + w, y + h, name) for name, x, y, w, h in boxes]
    return "".join(p.text for p in in_reading_order(pieces))


def test_boxes_below_each_other_are_read_from_the_top() -> None:
    assert order(("b", 0, 5, 9, 2), ("a", 3, 0, 9, 2)) == "ab"


def test_columns_that_stand_apart_are_read_one_after_the_other() -> None:
    assert order(("c", 20, 0, 8, 2), ("a", 0, 0, 8, 2), ("d", 20, 3, 8, 2), ("b", 0, 3, 8, 2)) == "abcd"


def test_a_label_is_read_with_the_value_beside_it() -> None:
    assert order(("b", 9, 0, 8, 2), ("a", 0, 0, 8, 2), ("d", 9, 4, 8, 2), ("c", 0, 4, 8, 2)) == "abcd"


def test_a_box_over_the_whole_width_parts_what_is_above_from_what_is_below() -> None:
    assert order(("a", 0, 0, 30, 2), ("c", 20, 3, 8, 2), ("b", 0, 3, 8, 2), ("d", 0, 6, 30, 2)) == "abcd"


def test_boxes_that_overlap_go_by_top_and_left() -> None:
    assert order(("b", 1, 1, 9, 9), ("a", 0, 0, 9, 9)) == "ab"
