from __future__ import annotations

import pytest

from corpus.grid import Grid, cell_text, header_count, join_headers


def grid(rows: list[list[str]], headers: int | None = None) -> str:
    made = Grid(headers)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            made.put(r, c, text)
    return made.text()


def test_a_table_becomes_pipe_rows_under_its_header() -> None:
    assert grid([["区分", "令和5年度", "令和6年度"], ["歳入", "120", "135"]]) == (
        "| 区分 | 令和5年度 | 令和6年度 |\n|---|---|---|\n| 歳入 | 120 | 135 |"
    )


def test_a_merged_cell_fills_the_places_that_it_covers() -> None:
    made = Grid()
    made.put(0, 0, "区分", rows=2)
    made.put(0, 1, "予算", columns=2)
    made.put(1, 1, "国")
    made.put(1, 2, "県")
    made.put(2, 0, "計")
    made.put(2, 1, "10")
    made.put(2, 2, "20")
    assert made.text().split("\n")[0] == "| 区分 | 予算 国 | 予算 県 |"


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([["区分", "額"], ["計", "10"]], 1),
        ([["", "歳入", ""], ["年度", "予算", "決算"], ["令和5年度", "1", "2"]], 2),
        ([["年度", "2023", "2024"], ["計", "10", "12"]], 1),
        (
            [
                ["申請者", "住所", "緑町1-2"],
                ["", "氏名", "山田"],
                ["事業名", "足の確保", ""],
                ["事業費", "1,200円", ""],
            ],
            0,
        ),
        ([["担当", "交通課"], ["事業名", "足の確保"]], 0),
        ([["施設", "4月", "5月"], ["本館", "10", "12"]], 1),
        ([["会員", "46社"], ["職員", "12人"]], 0),
        ([["歳入", "120"], ["歳出", "110"]], 0),
        ([["制度", "対象"], ["補助", "企業"], ["融資", "個人"]], 1),
        ([["担当", "内容", "件数"], ["総務課", "庶務", "なし"], ["財政課", "予算", "12"]], 1),
        ([["部", "課長", "係長"], ["総務", "－", "－"], ["財政", "1", "2"]], 1),
    ],
)
def test_header_rows_are_those_above_the_figures(rows: list[list[str]], count: int) -> None:
    assert header_count(rows) == count


def test_an_empty_cell_beside_a_header_belongs_to_it() -> None:
    assert join_headers([["", "歳入", ""], ["年度", "予算", "決算"]]) == ["年度", "歳入 予算", "歳入 決算"]


def test_rows_of_one_cell_above_the_table_are_lines() -> None:
    assert grid(
        [["予算の推移", "", ""], ["", "", "（単位：千円）"], ["区分", "5年", "6年"], ["計", "100", "120"]]
    ).split("\n")[:2] == [
        "予算の推移",
        "（単位：千円）",
    ]


def test_empty_rows_and_columns_vanish() -> None:
    assert grid([["", "", ""], ["", "甲", "乙"], ["", "", ""], ["", "1", "2"]]) == "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("予算\n額", "予算額"),
        ("a|b", "a｜b"),
        ("Plan\nA", "Plan A"),
        ("・甲\n・乙", "・甲 ・乙"),
        (" 一  二 ", "一 二"),
    ],
)
def test_a_cell_is_one_line(text: str, expected: str) -> None:
    assert cell_text(text) == expected
