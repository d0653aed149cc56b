from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.lines import read_lines
from corpus.tables import Row, blank_table, is_number, is_year, pipe_table

MANY = settings(deadline=None, max_examples=150, database=None, derandomize=True)

PIPES = """| 年度 | 事業費 | うち補助金 |
|---|---:|---:|
| 2011年 | 1,200千円 | 300 |
| 2012年 | 1,450 | |
"""
SIDE_BY_SIDE = """| 1991 | 4 | 大空自動車が操業開始 | 2009 | 11 | 川下電機が工場新設 |
| 1992 | 10 | 山中部品が操業開始 | 2010 | 2 | 海辺精機が着工 |
| 1995 | 1 | 森山製作所が移転 | 2011 | 12 | 川下電機が増設 |
"""


def pipe(page: str) -> tuple[list[Row], int]:
    table = pipe_table(page, read_lines(page), 0)
    assert table is not None
    return table


def blank(page: str, at: int = 0) -> tuple[list[Row], int] | None:
    return blank_table(read_lines(page), at)


def cells(rows: list[Row]) -> list[list[tuple[str, str]]]:
    return [[(c.header, c.text) for c in row.cells] for row in rows]


def test_cells_of_a_pipe_table_carry_their_column_heads() -> None:
    rows, after = pipe(PIPES)
    assert after == 4
    assert [row.is_header for row in rows] == [True, False, False]
    assert cells(rows)[1:] == [
        [("年度", "2011年"), ("事業費", "1,200千円"), ("うち補助金", "300")],
        [("年度", "2012年"), ("事業費", "1,450"), ("うち補助金", "")],
    ]


def test_cells_are_slices_of_the_page() -> None:
    for page in (PIPES, SIDE_BY_SIDE):
        for row in pipe(page)[0]:
            assert row.start == min(c.start for c in row.cells if c.text)
            assert row.end == max(c.end for c in row.cells if c.text)
            assert all(page[c.start : c.end] == c.text for c in row.cells)


def test_side_by_side_tables_become_two_rows() -> None:
    rows, _ = pipe(SIDE_BY_SIDE)
    assert len(rows) == 6
    assert [c.text for c in rows[1].cells] == ["2009", "11", "川下電機が工場新設"]
    assert rows[0].end < rows[1].start
    assert rows[0].first == rows[1].first == 0


def test_one_wide_table_stays_one() -> None:
    page = "| 県 | 会員 | 社数 | 人数 |\n|---|---|---|---|\n| 甲県 | 12 | 3 | 40 |\n| 乙県 | 15 | 8 | 77 |\n"
    assert [len(row.cells) for row in pipe(page)[0]] == [4, 4, 4]


def test_a_row_goes_on_over_line_breaks_until_its_closing_pipe() -> None:
    rows, after = pipe("| 事業 | 研修の開催\n相談窓口 | 3件 |\n| 成果 | 雇用 | 5人 |\n本文")
    assert after == 3
    assert [c.text for c in rows[0].cells] == ["事業", "研修の開催\n相談窓口", "3件"]
    assert (rows[0].first, rows[0].last) == (0, 1)


def test_a_line_with_a_pipe_inside_is_no_table() -> None:
    page = "甲|乙の比較\n本文"
    assert pipe_table(page, read_lines(page), 0) is None
    assert pipe_table("| 単独 |", read_lines("| 単独 |"), 0) is None


def test_blank_separated_rows_under_a_head_are_a_table() -> None:
    table = blank("団地名 面積\n東団地 12.4ha\n西団地 7.5ha\n以上")
    assert table is not None
    rows, after = table
    assert after == 3
    assert cells(rows)[1:] == [[("団地名", "東団地"), ("面積", "12.4ha")], [("団地名", "西団地"), ("面積", "7.5ha")]]


def test_tabs_separate_cells_that_hold_blanks() -> None:
    table = blank("県内の 避難者\t39,000人\n県外の 避難者\t1,500人")
    assert table is not None
    assert [[text for _, text in row] for row in cells(table[0])] == [
        ["県内の 避難者", "39,000人"],
        ["県外の 避難者", "1,500人"],
    ]


def test_a_single_row_is_a_table_only_with_tabs() -> None:
    assert blank("会員\t328社") is not None
    assert blank("会員 328社") is None


@pytest.mark.parametrize(
    "page",
    [
        "会議は 3 社で始まった。\n会員は 5 社になった。",
        "が集まる。しかし工場は 9 千ほど\nでは 6 千ほどに減った（県）。加工",
        "県の施策\n市の施策",
        "会員は増えている\n会員は減っている",
        "甲 10\n乙 20 30",
    ],
)
def test_running_text_and_uneven_lines_are_no_table(page: str) -> None:
    assert blank(page) is None


@pytest.mark.parametrize("text", ["1,234", "１２．５", "約300社", "△3.2%", "2001年～", "328", "’98", "20万台"])
def test_numbers_with_sign_and_unit_are_number_cells(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["会員数", "", "-", "第3回", "3つの県が協力して行う事業"])
def test_words_are_no_number_cells(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2001年度", True),
        ("平成13", True),
        ("Ｈ１３年", True),
        ("2001", True),
        ("201", False),
        ("2001年4月", False),
        ("1,998", False),
    ],
)
def test_years_alone_are_year_cells(text: str, expected: bool) -> None:
    assert is_year(text) is expected


@MANY
@given(st.text(alphabet="| \t\n県市ab12,-:年　", max_size=80) | st.text(max_size=60))
def test_any_page_gives_rows_whose_cells_are_ordered_slices(page: str) -> None:
    lines = read_lines(page)
    for at, line in enumerate(lines):
        if not line.text:
            continue
        for table in (pipe_table(page, lines, at) if "|" in line.text else None, blank_table(lines, at)):
            if table is None:
                continue
            rows, after = table
            assert at < after <= len(lines)
            edges = [edge for row in rows for edge in (row.start, row.end)]
            assert edges == sorted(edges)
            for row in rows:
                assert at <= row.first <= row.last < after
                assert all(page[c.start : c.end] == c.text for c in row.cells)


def _heads(page: str, at: int = 0) -> list[list[tuple[str, str]]]:
    table = blank_table(read_lines(page), at)
    assert table
    return [[(c.header, c.text) for c in row.cells] for row in table[0] if not row.is_header]


def test_years_above_rows_of_one_cell_more_are_their_heads() -> None:
    assert _heads("2019年 2021年 2023年\n若草県 312.4 14.8 287.6\n白浜県 498.0 21.3 541.9")[0] == [
        ("", "若草県"),
        ("2019年", "312.4"),
        ("2021年", "14.8"),
        ("2023年", "287.6"),
    ]
    assert _heads("2019年 2021年 増減率\n若草県 312.4 14.8 2.1\n白浜県 498.0 21.3 1.9")[0][1] == ("2019年", "312.4")
    assert _heads("2019年 2021年\n2020年 2022年")[0] == [("", "2019年"), ("", "2021年")]


def test_heads_that_stand_one_above_the_other_are_told_apart_by_their_units() -> None:
    page = "町名\n出荷額\nの増加割合(%)\n一人当たりの\n出荷額の\n増加割合(%)\n若草県 緑町 4.8% 2.9%\n白浜県 青町 13.2% 26.5%"
    rows = _heads(page, 6)
    assert rows[0] == [
        ("", "若草県"),
        ("", "緑町"),
        ("出荷額の増加割合(%)", "4.8%"),
        ("一人当たりの出荷額の増加割合(%)", "2.9%"),
    ]
    three = page.replace("4.8% 2.9%", "4.8% 2.9% 1.0%").replace("13.2% 26.5%", "13.2% 26.5% 1.0%")
    assert {head for row in _heads(three, 6) for head, _ in row} == {""}


def test_a_row_with_a_gap_of_one_blank_is_cut_like_the_others() -> None:
    page = "　　　　　　　北区　南区　東区\n受入れあり（％）　　5.2　　4.8　 9.7\n意向あり（％）　 13.9　 12.7　18.4\n回答数（社）　1,846　　 912　　　 －\n"
    table = blank(page)
    assert table is not None
    assert cells(table[0])[1:] == [
        [("", "受入れあり（％）"), ("北区", "5.2"), ("南区", "4.8"), ("東区", "9.7")],
        [("", "意向あり（％）"), ("北区", "13.9"), ("南区", "12.7"), ("東区", "18.4")],
        [("", "回答数（社）"), ("北区", "1,846"), ("南区", "912"), ("東区", "－")],
    ]


def test_years_that_are_aims_or_estimates_are_heads_too() -> None:
    page = "　　　2018年度　2025年度(目標)　2030年度(目標)\n出荷額　　620億円　1,480億円　2,200億円\n従業者数　2,150人　　4,310人　 6,000人\n"
    table = blank(page)
    assert table is not None
    assert cells(table[0])[1] == [
        ("", "出荷額"),
        ("2018年度", "620億円"),
        ("2025年度(目標)", "1,480億円"),
        ("2030年度(目標)", "2,200億円"),
    ]


def test_rounds_of_years_carry_what_stands_over_them() -> None:
    page = "　　　開業率　　　　　　廃業率\n　　2015年　2021年　　2015年　2021年\n北区　4.4　　3.9　　4.0　　3.2\n南区　4.2　　3.3　　3.6　　2.9\n"
    table = blank(page, 1)
    assert table is not None
    assert cells(table[0])[1] == [
        ("", "北区"),
        ("開業率 2015年", "4.4"),
        ("開業率 2021年", "3.9"),
        ("廃業率 2015年", "4.0"),
        ("廃業率 2021年", "3.2"),
    ]


def test_tables_beside_each_other_may_be_parted_by_a_line() -> None:
    page = "地域　従業者数　割合　｜　地域　従業者数　割合\n北区　　122　　　83.1％　｜　西区　　538　　70.6％\n東区　　214　　　84.9％　｜　中央区・港区　187　　79.0％\n"
    table = blank(page)
    assert table is not None
    rows = [[c for _, c in row] for row in cells(table[0])]
    assert rows[2:] == [
        ["北区", "122", "83.1％"],
        ["西区", "538", "70.6％"],
        ["東区", "214", "84.9％"],
        ["中央区・港区", "187", "79.0％"],
    ]
    assert {head for row in cells(table[0])[2:] for head, _ in row} == {"地域", "従業者数", "割合"}


def test_named_row_of_years_is_the_head_of_the_row_below() -> None:
    page = "年度      2018   2019   2020\n百万円     118    146    139\n課題\n"
    rows = _heads(page, 0)
    assert rows[-1] == [("年度", "百万円"), ("2018", "118"), ("2019", "146"), ("2020", "139")]
    later = "年      2018   2019   2020\n着工     2019   2020   2021\n"
    assert {head for row in _heads(later, 0) for head, _ in row} == {""}  # years of an event are no figures


STOREYS = """               若草        緑町        白浜
               協議会      組合        工業会
会員数         208         14          39
事務局の常勤職員数（人） 7           2           1
"""


def test_heads_on_two_lines_are_one_head_each_and_a_long_name_leaves_one_blank() -> None:
    rows = _heads(STOREYS, 0)
    assert rows == [
        [("", "会員数"), ("若草協議会", "208"), ("緑町組合", "14"), ("白浜工業会", "39")],
        [("", "事務局の常勤職員数（人）"), ("若草協議会", "7"), ("緑町組合", "2"), ("白浜工業会", "1")],
    ]
    found = blank(STOREYS)
    assert found is not None
    (head, *_), after = found
    assert (head.is_header, head.first, head.last, after) == (True, 0, 1, 4)


def test_marks_are_cells_of_a_table() -> None:
    page = "地域     要因1   要因2\n若草        ◎       ○\n白浜        △       ×\n"
    assert _heads(page, 0) == [
        [("地域", "若草"), ("要因1", "◎"), ("要因2", "○")],
        [("地域", "白浜"), ("要因1", "△"), ("要因2", "×")],
    ]
