"""Which row changed most is read from its column of changes with their signs, or worked out between two years."""

import pytest

from .pages import said

BUDGET = "歳出の内訳（単位：百万円）\n\n| 款 | R7当初 | R6当初 | 増減 |\n|---|---|---|---|\n| 総務費 | 500 | 480 | 20 |\n| 衛生費 | 300 | 420 | △120 |\n| 教育費 | 690 | 600 | 90 |\n| 計 | 1,490 | 1,500 | △10 |\n"
EXPORTS = "表２　輸出額（億円）\n\n| 県 | 2019年 | 2021年 | 2023年 |\n|---|---|---|---|\n| 若草県 | 22 | 29 | 41 |\n| 白浜県 | 61 | 78 | 64 |\n| 緑県 | 48 | 66 | 40 |\n| 計 | 131 | 173 | 145 |\n"


@pytest.mark.parametrize(
    ("question", "page", "answer"),
    [
        ("歳出の内訳で最も増えたのは何費で、いくら増えましたか？", BUDGET, "教育費で、90百万円（9,000万円）の増加です"),
        ("歳出の内訳で最も減ったのはどの款ですか？", BUDGET, "衛生費で、120百万円（1億2,000万円）の減少です（増減 △120百万円）"),
        ("2019年から2023年で輸出額が最も伸びた県はどこですか？", EXPORTS, "若草県で、19億円の増加です（2019年 22億円 → 2023年 41億円）"),
        ("2019年から2023年で輸出額が最も減った県はどこですか？", EXPORTS, "緑県で、8億円の減少です"),
    ],
)  # fmt: skip
def test_the_row_that_changed_most_is_named(question: str, page: str, answer: str) -> None:
    assert said(question, page).startswith(answer)


def test_a_row_is_divided_by_the_total_or_by_the_row_that_is_named_as_the_whole() -> None:
    assert said("令和7年度当初の歳出のうち教育費の占める割合は何％ですか？", BUDGET).startswith(
        "約46.3%です（教育費 690百万円 ÷ 計 1,490百万円）"
    )
    assert said("2023年の輸出額で、白浜県に占める緑県の割合は何％ですか？", EXPORTS).startswith("約62.5%です")


def test_the_asked_column_of_rounds_of_years_is_compared() -> None:
    page = "表３　開業率と廃業率（％）\n　　　開業率　　　　　　廃業率\n　　2015年　2021年　　2015年　2021年\n北区　4.4　　3.9　　4.0　　3.2\n南区　4.2　　3.1　　3.6　　2.9\n東区　5.0　　4.2　　4.6　　3.1\n"
    assert said("廃業率が2015年から2021年で最も下がった区はどこですか？", page).startswith(
        "東区で、1.5ポイントの減少です"
    )
    assert said("開業率が2015年から2021年で最も下がった区はどこですか？", page).startswith(
        "南区で、1.1ポイントの減少です"
    )
