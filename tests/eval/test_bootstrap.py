"""Intervals are the same every time, and a fall is one only when it is significant."""

import pytest

from eval.bootstrap import Difference, estimate, mcnemar, paired


def test_the_same_values_give_the_same_interval() -> None:
    values = [1.0] * 70 + [0.0] * 30
    assert estimate(values) == estimate(values)


def test_the_interval_of_a_share_is_about_that_of_the_normal_approximation() -> None:
    found = estimate([True] * 70 + [False] * 30)
    assert found is not None
    assert (found.mean, found.n) == (0.7, 100)
    assert found.low == pytest.approx(0.61, abs=0.015)
    assert found.high == pytest.approx(0.79, abs=0.015)


def test_no_item_has_no_mean() -> None:
    assert estimate([]) is None
    assert paired([], []) is None


def test_mcnemar_is_the_exact_binomial_test() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(1, 1) == 1.0
    assert mcnemar(0, 5) == 0.0625
    assert mcnemar(0, 6) == 0.03125
    assert mcnemar(2, 8) == pytest.approx(0.109375)


def test_ten_lost_items_are_a_fall_and_one_is_none() -> None:
    old = [1.0] * 100
    many, one = paired(old, [0.0] * 10 + [1.0] * 90), paired(old, [0.0] + [1.0] * 99)
    assert many is not None
    assert one is not None
    assert (many.difference, many.won, many.lost, many.is_fall) == (-0.1, 0, 10, True)
    assert not one.is_fall


def test_a_rise_of_what_should_be_low_is_a_fall_reversed() -> None:
    rise = Difference(0.2, 0.1, 0.3, 50, 10, 0, 0.002)
    assert not rise.is_fall
    assert rise.reversed().is_fall
