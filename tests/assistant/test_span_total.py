"""Sums and means over a span of years take every year of it, from a column, a row or one line, or nothing."""

import pytest

from .pages import Pages, said

GRANTS = "　若草補助金の交付実績：2019年度 11件 3,870万円、2020年度 14件 5,120万円、2021年度 19件 7,460万円である。\n"
SPENT = "表１　青葉の会の予算（単位：千円）\n\n| 年度 | 事業費計 | うち補助金 |\n|---|---|---|\n| 2004年 | 80,000 | 10,000 |\n| 2005年 | 90,000 | 20,000 |\n| 2006年 | 70,000 | 36,000 |\n"
ACROSS = "表２　輸出額（億円）\n\n| 県 | 2019年 | 2020年 | 2021年 |\n|---|---|---|---|\n| 若草県 | 22.4 | 21.8 | 29.5 |\n| 白浜県 | 61.3 | 55.0 | 78.6 |\n"
GAPS = "表３　件数の推移（件）\n\n| 年度 | 件数 |\n|---|---|\n| 2008年 | 18 |\n| 2011年 | 26 |\n| 2014年 | 45 |\n"


@pytest.mark.parametrize(
    ("question", "pages", "answer"),
    [
        (
            "若草補助金の交付件数は、2019年度から2021年度までの合計で何件ですか？",
            GRANTS,
            "合わせて44件です（2019年度 11件 ＋ 2020年度 14件 ＋ 2021年度 19件）",
        ),
        ("若草補助金の交付額は、令和元年度から令和3年度までの合計でいくらですか？", GRANTS, "合わせて1億6,450万円です"),
        ("若草補助金の2020年度の交付額はいくらですか？", GRANTS, "5,120万円です"),
        ("青葉の会の補助金は、2004年から2006年までの3年間の合計でいくらですか？", SPENT, "合わせて66,000千円"),
        ("青葉の会の補助金の2004年から2006年までの平均はいくらですか？", SPENT, "平均は約22,000千円"),
        ("白浜県の2019年から2021年の輸出額の合計はいくらですか？", ACROSS, "合わせて194億9,000万円です"),
    ],
)
def test_every_year_of_the_span_is_added(question: str, pages: Pages, answer: str) -> None:
    assert said(question, pages).startswith(answer)


def test_a_span_with_years_that_the_table_lacks_is_not_added() -> None:
    assert "合わせて" not in said("件数は2008年から2014年までの合計で何件ですか？", GAPS)


def test_rows_of_a_table_are_added_in_the_column_of_the_asked_year() -> None:
    assert said("若草県と白浜県の2020年の輸出額の合計はいくらですか？", ACROSS).startswith("合わせて76億8,000万円です")
