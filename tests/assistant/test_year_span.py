"""A span of which one end and the length are named has its other end worked out."""

import pytest

from assistant.year_span import with_other_end
from corpus.dates import listed_dates

from .pages import SHIP, said


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1975年からの20年で何倍になったか", [1975, 1995]),
        ("平成22年から5年間でいくら増えたか", [2010, 2015]),
        ("2005年までの10年間で何件か", [1995, 2005]),
        ("2010年の5年後にはいくらか", [2010, 2015]),
        ("2010年の予算で20年使える設備", [2010]),
        ("2010年から2015年の5年間で何件か", [2010, 2015]),
    ],
)
def test_the_other_end_is_worked_out(text: str, years: list[int]) -> None:
    assert [d.year for d in with_other_end(text, listed_dates(text))] == years


def test_a_ratio_over_a_span_takes_both_ends() -> None:
    question = "若草県の水産加工品の出荷額は、2008年からの10年で何倍になりましたか？"
    assert said(question, SHIP).startswith("約2.51倍です（2018年 937億円 ÷ 2008年 374億円）")
