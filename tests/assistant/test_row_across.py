"""In a table whose heads are the names, the extreme is read along the row that is asked."""

import pytest

from .pages import said

TOWNS = (
    "表３　３町の比較\n\n| 項目 | 若草町 | 白浜町 | 緑町 | 合計 |\n|---|---|---|---|---|\n"
    "| 相談員（人） | 4 | 11 | 7 | 22 |\n| うち常勤 | 3 | 2 | 1 | 6 |\n| 受講率（％） | 40.8 | 35.3 | 44.3 | 39.9 |\n"
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("相談員が最も多い町はどこで、何人ですか？", "白浜町で、相談員は11人です（若草町 4人、緑町 7人）"),
        ("受講率が最も低かったのはどの町で、何％ですか？", "白浜町で、受講率は35.3%です（若草町 40.8%、緑町 44.3%）"),
        ("若草町と緑町のうち、相談員が最も多いのはどちらですか？", "緑町で、相談員は7人です（若草町 4人）"),
    ],
)
def test_row_that_is_asked_is_compared_across_its_columns(question: str, answer: str) -> None:
    assert said(question, TOWNS).startswith(answer)


def test_row_of_another_unit_is_no_answer() -> None:
    assert "相談員" not in said("相談員の給与が最も高い町では、何円ですか？", TOWNS)


def test_a_row_is_asked_for_by_its_words_too() -> None:
    page = "表２　副業人材の受入れ\n\n| | 北区 | 南区 | 東区 |\n|---|---|---|---|\n| 受入実績あり（％） | 5.2 | 4.8 | 9.7 |\n| 受入意向あり（％） | 13.9 | 12.7 | 18.4 |\n"
    assert said("副業人材の受入れの実績がある企業の割合が最も高い区はどこですか？", page).startswith("東区で")
