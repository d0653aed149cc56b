"""A table is read by row and column, with the unit that its head or caption declares."""

import pytest

from assistant.tables_reading import column, named_cells, table_rows

from .pages import BUDGET, ESTATES, ask, candidates_of, question_on, quotes, said

OUTPUT = "表３　生産量の推移（単位：トン）\n\n| 年 | 生産量 |\n|---|---|\n| 2007年 | 1,200 |\n| 2008年 | 1,350 |\n| 2009年 | 1,410 |\n"
BARE = OUTPUT.replace("年 |", " |").replace("|  |", "| 年 |", 1)


@pytest.mark.parametrize("year", ["平成21年度", "2009年度", "Ｈ21年度"])
def test_row_and_column_give_the_cell_with_its_unit_and_the_full_amount(year: str) -> None:
    (claim, *_) = ask(f"{year}の予算額はいくらですか？", BUDGET).claims
    assert claim.text.startswith("平成21年度の予算額は18,340千円（1,834万円）です")
    assert "18,340" in claim.evidence[0].quote


def test_other_column_of_the_same_row_is_found_by_its_head() -> None:
    assert said("平成21年度の県補助金はいくらですか？", BUDGET).startswith(
        "平成21年度のうち県補助金は8,200千円（820万円）です"
    )


def test_column_head_declares_the_unit_of_its_cells() -> None:
    assert said("若草工業団地の立地企業数は何社ですか？", ESTATES).startswith("若草工業団地の立地企業数は45社です")
    assert said("緑ヶ丘工業団地の従業員数は何人ですか？", ESTATES).startswith("緑ヶ丘工業団地の従業員数は2,150人です")


def test_bare_number_in_the_first_column_is_a_year() -> None:
    (claim, *_) = ask("平成20年の生産量はいくつですか？", BARE).claims
    assert "1,350" in claim.evidence[0].quote
    assert "1,350" in claim.text


def test_several_years_are_answered_by_their_rows_only() -> None:
    (claim,) = ask("平成20年度と平成22年度の予算額はいくらですか？", BUDGET).claims
    assert claim.text == "予算額は、平成20年度 12,500千円（1,250万円）、平成22年度 25,010千円（2,501万円）です。"
    assert [("12,500" in q, "25,010" in q) for q in quotes(claim.evidence)] == [(True, False), (False, True)]


def test_columns_that_are_named_are_both_read() -> None:
    rows = table_rows(next(c for c in candidates_of(ESTATES) if c.unit.cells), candidates_of(ESTATES))
    question = question_on("若草工業団地の面積（ha）と従業員数（人）はいくつですか？", ESTATES)
    assert [v.shown for v in named_cells(question, rows[0], rows)] == ["120ha", "3,200人"]


def test_both_columns_of_each_are_answered() -> None:
    text = said("若草工業団地の面積と従業員数はそれぞれいくつですか？", ESTATES)
    assert "面積は120haです" in text
    assert "従業員数は3,200人です" in text


def test_column_that_no_word_names_is_not_guessed() -> None:
    rows = [c for c in candidates_of(ESTATES) if c.unit.cells]
    assert column(question_on("若草工業団地の標高はどれくらいですか？", ESTATES), rows) == []


def test_rows_of_another_table_are_not_mixed_in() -> None:
    candidates = candidates_of([BUDGET, BUDGET.replace("予算額", "決算額")])
    first = next(c for c in candidates if c.unit.cells)
    assert {c.page.number for c in table_rows(first, candidates)} == {1}


def test_words_that_name_the_whole_table_tell_nothing_of_its_columns() -> None:
    spending = "事業予算の推移（単位：千円）\n\n| 年度 | 事業費計 | うち補助金 |\n|---|---|---|\n| 2001年 | 84,000 | 11,000 |\n| 2012年 | 222,000 | 102,000 |\n"
    rows = [c for c in candidates_of(spending) if c.unit.cells]
    values = column(question_on("事業予算の表で、補助金はいくらですか？", spending), rows)
    assert [v.surface for v in values] == ["11,000千円", "102,000千円"]


def test_a_column_of_another_unit_than_the_asked_one_is_passed_over() -> None:
    rows = [c for c in candidates_of(ESTATES) if c.unit.cells]
    values = column(question_on("工業団地の立地は何社ですか？", ESTATES), rows)
    assert [v.surface for v in values] == ["45社", "62社", "31社"]
    assert column(question_on("工業団地の立地は何校ですか？", ESTATES), rows) == []


def test_share_beside_amounts_is_no_money_and_keeps_its_decimals() -> None:
    page = "表　予算（単位：千円）\n\n| 会計 | 令和７年度 | 令和６年度 | 増減率 |\n|---|---|---|---|\n| 病院事業 | 8,764,000 | 8,590,000 | 2.0 |\n| 水道事業 | 1,200,000 | 1,100,000 | 9.1 |\n"
    text = said("病院事業の令和7年度と令和6年度の予算額、増減率を示してください。", page)
    assert "増減率 2.0%" in text
    assert "8,764,000千円" in text


def test_count_beside_amounts_has_no_unit_of_theirs() -> None:
    page = (
        "表　支援（単位：千円）\n\n| 区分 | 金額 | 件数 |\n|---|---|---|\n| 設備 | 1,200 | 38 |\n| 技術 | 900 | 29 |\n"
    )
    assert "38です" in said("設備の件数は何件ですか", page)


def test_head_inside_a_longer_head_of_the_question_is_not_asked_for() -> None:
    page = "表５ 出荷額\n\n| 町 | 出荷額（万円） | 一人当たりの出荷額（万円） |\n| --- | --- | --- |\n| 若草町 | 920 | 31 |\n| 緑町 | 810 | 45 |\n"
    answer = said("若草町の一人当たりの出荷額はいくらですか？", page)
    assert answer.startswith("若草町の一人当たりの出荷額は31万円です")
    both = said("若草町の出荷額と一人当たりの出荷額はいくらですか？", page)
    assert "920万円" in both
    assert "31万円" in both


def test_row_of_two_names_is_called_by_both() -> None:
    page = "町名\n出荷額の増加割合(%)\n一人当たりの\n増加割合(%)\n若草県 緑町 4.8% 2.9%\n白浜県 青町 13.2% 26.5%\n"
    assert said("出荷額の増加割合が最も高い町はどこですか？", page).startswith(
        "白浜県 青町で、出荷額の増加割合は13.2%です"
    )


EXPORTS = """輸出の動き

　緑の里では味噌をつくる。
表3 緑の里の味噌の輸出額
年度      2018   2019   2020
百万円     118    146    139
課題
"""


def test_figure_under_a_bare_year_has_the_unit_that_names_its_row() -> None:
    assert said("緑の里の味噌の輸出額は、2019年度はいくらですか。", EXPORTS).startswith(
        "2019年は146百万円（1億4,600万円）です"
    )
    assert said("緑の里の味噌の輸出額は、2018年度から2020年度までにいくら伸びましたか。", EXPORTS).startswith(
        "21百万円（2,100万円）の増加です"
    )
