"""The figures of a chart belong to the years below them if there are as many, and title and unit are clear."""

import pytest

from .pages import said

FIGURES = ("2,636", "4,417", "4,683\n", "5,166", "5,736 4,737")
TITLE = "若草県木材出荷額の推移"


def chart(*figures: str, title: str = TITLE, unit: str = "（億円）") -> str:
    return "若草県の概要\n\n" + "\n \n".join(figures) + f"\n \n2005 2006 2007 2008 2009 2010\n \n{title}\n \n{unit}\n"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("平成20年の若草県の木材出荷額はいくらですか？", "5,166億円です（2008年の若草県木材出荷額）"),
        ("若草県の木材出荷額は、2009年から2010年にかけて何億円減りましたか？", "999億円の減少です"),
        ("平成20年、21年の若草県の木材出荷額を年ごとに示してください。", "2008年 5,166億円、2009年 5,736億円です"),
    ],
)
def test_figures_are_read_in_the_order_of_the_years(question: str, answer: str) -> None:
    assert said(question, chart(*FIGURES)).startswith(answer)


@pytest.mark.parametrize(
    "page",
    [
        chart(*FIGURES[1:]),
        chart(*FIGURES, title="若草県石材出荷額の推移"),
        chart(*FIGURES, unit=" "),
        chart("5,736", "5,166", "4,737", "4,683", "4,417", "2,636"),
    ],
    ids=["one figure is missing", "another title", "no unit", "from the top down"],
)
def test_chart_that_is_not_clear_is_not_read(page: str) -> None:
    assert not said("平成20年の若草県の木材出荷額はいくらですか？", page).startswith(
        ("5,166億円", "4,683億円", "5,736億円")
    )
