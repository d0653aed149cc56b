"""The largest, smallest, earliest and first beyond a bound are read off whole columns, rows and labels, with the others beside them."""

import pytest

from assistant.extreme import extreme

from .pages import BUDGET, ESTATES, Pages, ask, candidates_of, question_on, ranked_on, said

CAMPS = (
    "避難の状況\n平成25年5月現在\n若草県\n県内の避難者数\t9,400人\n県外への移動\t700人\n白浜県\n県内の避難者数\t800人\n県外への移動\t5,400人\n"
    "緑県\n \n県内の避難者数\t90人\n県外への移動\t9,900人\n(うち域外への移動)\t8,000人\n"
)
SOLD = "表２　販売の推移\n\n| 項目 | 2019年 | 2020年 | 2021年 |\n|---|---|---|---|\n| 販売件数（件） | 12 | 31 | 25 |\n| 返品件数（件） | 2 | 1 | 4 |\n"
GROUPS = "表３　団体の設立\n\n| 団体 | 設立 | 会員数 |\n|---|---|---|\n| 若草会 | 平成18年9月 | 135 |\n| 白浜会 | 平成18年5月 | 525 |\n| 緑会 | 平成18年5月 | 267 |\n"
SUMMED = "表４　避難者\n\n| 市 | 避難者数（人） |\n|---|---|\n| 若草市 | 320 |\n| 白浜市 | 80 |\n| 合計 | 400 |\n"


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


def test_column_is_found_by_its_words_with_a_particle_between() -> None:
    page = "表１ 避難\n\n| 県 | 県内の避難者数（人） | 県外への移動（人） |\n| --- | --- | --- |\n| 若草県 | 9,400 | 700 |\n| 白浜県 | 800 | 5,400 |\n"
    assert "白浜県" in said("避難で県の外へ移動した人が最も多いのは、どの県ですか？", page)


@pytest.mark.parametrize(
    ("question", "pages", "answer"),
    [
        (
            "県外への移動が最も多いのはどの県ですか？",
            CAMPS,
            "緑県で、県外への移動は9,900人です（若草県 700人、白浜県 5,400人）",
        ),
        (
            "若草県と白浜県のうち、県外への移動が最も多いのはどの県ですか？",
            CAMPS,
            "白浜県で、県外への移動は5,400人です",
        ),
        ("販売件数が最も多かったのは何年ですか？", SOLD, "2020年で、販売件数は31件です"),
        ("最も早く設立された団体はどれですか？", GROUPS, "白浜会と緑会です（2006年（平成18年）5月）"),
        ("最も新しく設立された団体はどれですか？", GROUPS, "若草会です（2006年（平成18年）9月）"),
        ("避難者数が最も多い市はどこですか？", SUMMED, "若草市で、避難者数は320人です（白浜市 80人）"),
    ],
)
def test_the_furthest_one_is_named(question: str, pages: Pages, answer: str) -> None:
    assert said(question, pages).startswith(answer)


def test_a_label_that_the_question_does_not_hold_is_not_compared() -> None:
    question = "県外への帰還が最も多いのはどの県ですか？"
    claim = extreme(question_on(question, CAMPS), ranked_on(question, CAMPS), candidates_of(CAMPS))
    assert claim is None or "移動" not in claim.text
