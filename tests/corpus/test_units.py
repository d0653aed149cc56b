from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.units import Unit, page_units

MANY = settings(deadline=None, max_examples=150, database=None, derandomize=True)
LINES = st.lists(
    st.sampled_from(
        [
            "",
            "　",
            "大空地域産業会議の取組",
            "■ 発足時の体制",
            "◆ 川下地域",
            "【経緯】",
            "1. 目的",
            "1-2. 県の役割",
            "(1) 人材の育成",
            "①企業の誘致",
            "・会員を増やす",
            "・会員を増やすため、県内の企業に参加を呼び",
            "- 相談窓口の設置",
            "資本金： 68億円",
            "2006年7月：会議を設けた",
            "県は、人口の減少が進むなか、企業と地域をつなぐ場として会",
            "議を設けた。会員は10社である。次の年に",
            "は20社になった（うち県外3社）。",
            "| 年度 | 事業費 |",
            "|---|---|",
            "| 2011年 | 1,200千円 |",
            "| 2012年 | ① |",
            "東団地 12.4ha",
            "西団地 7.5ha",
            "県内\t39,000人",
            "12,000",
            "42",
            "（単位：千円）",
            "第２章　数値目標",
            "http://example.jp/?id=3",
            "TAMA ◆森の工場 ●港",
        ]
    ),
    max_size=12,
).map("\n".join)
PAGES = LINES | st.text(max_size=80) | st.text(alphabet="県の産業 \n\t|■・-①1２年人。、：（）【】a%,", max_size=80)


def kinds(page: str) -> list[tuple[str, str]]:
    return [(u.kind, u.text) for u in page_units(page)]


def unit_with(page: str, text: str) -> Unit:
    return next(u for u in page_units(page) if text in u.text)


@MANY
@given(PAGES)
@example("| 項目 | ① |\n| 年 | ② |\n| 2001 | ③ |")
@example("■■■\n本文です。")
@example("表題\r\n\r\n本文である。\r\n・項目\r\n")
@example("\ufeff表題\x0b\u2028本文")
def test_units_are_slices_in_order_that_cover_all_but_white_space_and_table_rules(page: str) -> None:
    position = 0
    for unit in page_units(page):
        assert position <= unit.start < unit.end <= len(page)
        assert re.fullmatch(r"[\s|:\-・]*", page[position : unit.start])
        assert page[unit.start : unit.end] == page[unit.start : unit.end].strip()
        position = unit.end
    assert re.fullmatch(r"[\s|:\-・]*", page[position:])


@MANY
@given(PAGES)
def test_units_read_as_their_quote_and_stand_under_headings_with_words(page: str) -> None:
    for unit in page_units(page):
        quote = "".join(page[unit.start : unit.end].split())
        if unit.kind != "row" and not unit.cells and "|" not in quote:
            assert "".join(unit.text.split()).replace("*", "") == quote.replace("*", "")
        assert all(heading.strip() for heading in unit.headings)
        assert all(page[c.start : c.end] == c.text and unit.start <= c.start <= c.end <= unit.end for c in unit.cells)
        assert (unit.kind == "row") == bool(unit.cells)
        assert bool(unit.label) == (unit.kind == "field")


def test_soft_wrapped_lines_are_one_sentence_quoted_with_its_break() -> None:
    page = "県は、人口の減少が進むなか、企業と地域をつなぐ場として会\n議を令和４年に設けた。会員は１０社である。"
    units = page_units(page)
    assert [u.text for u in units] == [
        "県は、人口の減少が進むなか、企業と地域をつなぐ場として会議を令和４年に設けた。",
        "会員は１０社である。",
    ]
    assert (
        page[units[0].start : units[0].end]
        == "県は、人口の減少が進むなか、企業と地域をつなぐ場として会\n議を令和４年に設けた。"
    )


def test_headings_open_a_path_that_a_heading_of_the_same_class_closes() -> None:
    page = "産業会議の取組\n\n■ 体制\n県は三つの部会を設けた。\n■ 成果\n会員が二倍になった。"
    assert unit_with(page, "三つの部会").headings == ("産業会議の取組", "体制")
    assert unit_with(page, "二倍").headings == ("産業会議の取組", "成果")


def test_a_heading_beside_others_of_rows_may_have_a_blank_line_below() -> None:
    page = "避難の状況\n若草県\n県内\t9,400人\n県外\t700人\n緑県\n \n県内\t90人\n県外\t9,900人\n"
    assert {u.headings[-1] for u in page_units(page) if u.kind == "row"} == {"若草県", "緑県"}


def test_bullets_know_the_line_that_leads_them_in() -> None:
    page = "■ 主な取組\n・相談窓口の設置\n・研修の開催\n"
    assert kinds(page) == [("heading", "■ 主な取組"), ("bullet", "・相談窓口の設置"), ("bullet", "・研修の開催")]
    assert unit_with(page, "研修").lead == "主な取組"


def test_a_label_and_its_value_are_one_field() -> None:
    unit = unit_with("■ 会社の概要\n資本金： 68億5000万円\n従業員： 7, 500名", "68億")
    assert (unit.kind, unit.label, unit.headings) == ("field", "資本金", ("会社の概要",))


def test_a_table_row_reads_with_its_column_heads() -> None:
    page = "予算の推移\n| 年度 | 事業費 | うち補助金 |\n|---|---|---|\n| 2011年 | 1,200 | 300 |\n"
    unit = unit_with(page, "1,200")
    assert unit.text == "2011年 事業費: 1,200 うち補助金: 300"
    assert page[unit.start : unit.end] == "2011年 | 1,200 | 300"
    assert unit.lead == "予算の推移"


def test_year_and_month_cells_without_heads_read_as_one_date() -> None:
    page = "| 1991 | 4 | 大空自動車が操業開始 |\n| 1992 | 10 | 山中部品が操業開始 |\n"
    assert [u.text for u in page_units(page)] == ["1991年4月 大空自動車が操業開始", "1992年10月 山中部品が操業開始"]


def test_side_by_side_tables_become_two_rows() -> None:
    page = "".join(f"| 199{n} | {n} | 甲工場が操業開始 | 200{n} | {n + 3} | 乙工場が増設 |\n" for n in range(1, 5))
    assert [u.text for u in page_units(page)][:2] == ["1991年1月 甲工場が操業開始", "2001年4月 乙工場が増設"]


def test_a_circled_number_in_a_month_column_is_no_month() -> None:
    assert [u.text for u in page_units("| 1991 | ② | 操業 |\n| 1992 | ③ | 移転 |")] == [
        "1991年 ② 操業",
        "1992年 ③ 移転",
    ]


def test_numbers_on_neighbouring_lines_stay_apart() -> None:
    assert [u.text for u in page_units("12,000\n24,619\n出荷額")][:2] == ["12,000", "24,619"]
    assert [u.text for u in page_units("42\n１社当たりの出荷額は二倍になった。")] == [
        "42",
        "１社当たりの出荷額は二倍になった。",
    ]


def test_a_line_without_words_is_no_heading() -> None:
    assert all(
        u.kind != "heading"
        for u in page_units("14%\n■■■\n40,000\n県は、会議を設けて企業の参加を呼びかけ、会員は三年で二倍になった。")
    )


def test_running_text_with_blanks_around_numbers_is_no_table() -> None:
    page = "が集まっている。しかし、川下市の工場は、かつては 9 千ほどあったが、今\nでは 6 千ほどまで減ってしまった（県の資料）。部品の加工・研\n磨を担う企業である。"
    assert {u.kind for u in page_units(page)} == {"sentence"}


@pytest.mark.parametrize("page", ["", " \n　\n", "\n\n"])
def test_a_blank_page_has_no_units(page: str) -> None:
    assert page_units(page) == ()


@pytest.mark.parametrize(
    "line",
    [
        "名称{0}",
        "売上 {0} 件数",
        "県は、会議を設けて企業の参加を呼びかけ、会員は{0}社になり、さらに",
        "・項目{0}",
        "| {0} | {0} |",
    ],
)
def test_long_pages_take_time_in_proportion(line: str) -> None:
    page = "\n".join(line.format(n) for n in range(1500))
    begun = time.perf_counter()
    page_units(page)
    assert time.perf_counter() - begun < 8


def test_line_with_an_open_bracket_goes_on_until_it_closes() -> None:
    units = page_units("• 若草省の委託（年100万円/\n年）を受け、緑協会が運営。\n• 計画を立てる。\n")
    assert [u.text for u in units] == ["• 若草省の委託（年100万円/年）を受け、緑協会が運営。", "• 計画を立てる。"]


def test_bracket_that_opens_on_the_next_line_closes_nothing() -> None:
    units = page_units("■ 目標（案\n\n　若草市（人口）を増やす。\n")
    assert units[-1].text == "若草市（人口）を増やす。"


def test_head_of_the_column_of_names_may_be_missing_or_spaced_out() -> None:
    missing = "      令和５年度末   令和６年度末見込\n緑基金     4,812    4,350\n白浜基金    1,206    1,180\n"
    spaced = "区  分    令和５年度末   令和６年度末見込\n緑基金     4,812    4,350\n白浜基金    1,206    1,180\n"
    for page in (missing, spaced):
        row = unit_with(page, "4,812")
        assert [(c.header, c.text) for c in row.cells[1:]] == [("令和５年度末", "4,812"), ("令和６年度末見込", "4,350")]


def test_labels_with_their_figures_side_by_side_are_units_of_their_own() -> None:
    page = "＜内訳＞\n個人緑税 5,120,000   法人緑税 1,345,000   固定緑税 8,236,000\n"
    assert [u.text for u in page_units(page)][1:] == ["個人緑税 5,120,000", "法人緑税 1,345,000", "固定緑税 8,236,000"]


def test_row_of_figures_under_heads_stays_whole() -> None:
    page = "年度   予算   件数\n2001年  84,188  12\n2002年  62,751  15\n"
    assert len([u for u in page_units(page) if u.kind == "row"]) == 2


def test_what_stands_before_a_slides_title_stands_under_it() -> None:
    page = "• 税収効果52億円。\n2-1. 若草市の医療産業\n• 1998年に構想を定めた。\n"
    assert unit_with(page, "52億円").headings == ("若草市の医療産業",)


def test_a_numbered_caption_is_no_end_of_a_bullet() -> None:
    page = "• 若草市の会と緑町の会は、学びの場を共に開いたのは二度だけだった（他の町とは一度もない）\n図表10 町ごとの学びの場\n町      2018   2019\n若草    3      4\n緑      5      6\n"
    units = page_units(page)
    assert units[1].text == "図表10 町ごとの学びの場"
    assert {u.lead for u in units if u.kind == "row"} == {"図表10 町ごとの学びの場"}
