"""A table is read by row and column, with the unit that its head or caption declares."""

import pytest

from assistant.tables_reading import column, extreme, named_cells, table_rows

from .pages import BUDGET, ESTATES, ask, candidates_of, question_on, quotes, ranked_on, said

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


def test_largest_and_smallest_rows_name_all_others() -> None:
    largest = ask("従業員数が最も多い工業団地はどこですか？", ESTATES).claims[0]
    assert largest.text == "白浜工業団地で、従業員数は4,020人です（若草工業団地 3,200人、緑ヶ丘工業団地 2,150人）。"
    assert len(largest.evidence) == 3
    assert said("面積が最も小さい工業団地はどこですか？", ESTATES).startswith("緑ヶ丘工業団地で、面積は86haです")


def test_first_row_beyond_a_bound_is_the_earliest_one() -> None:
    assert said("予算額が初めて1,500万円を超えたのは何年度ですか？", BUDGET).startswith(
        "平成21年度で、予算額は18,340千円"
    )
    assert (
        extreme(
            question_on("予算額が初めて9億円を超えたのは何年度ですか？", BUDGET),
            ranked_on("予算額が初めて9億円を超えたのは何年度ですか？", BUDGET),
            candidates_of(BUDGET),
        )
        is None
    )


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


def test_column_is_found_by_its_words_with_a_particle_between() -> None:
    page = "表１ 避難\n\n| 県 | 県内の避難者数（人） | 県外への移動（人） |\n| --- | --- | --- |\n| 若草県 | 9,400 | 700 |\n| 白浜県 | 800 | 5,400 |\n"
    assert "白浜県" in said("避難で県の外へ移動した人が最も多いのは、どの県ですか？", page)
