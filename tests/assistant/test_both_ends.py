"""Where both ends are asked, both are told, in the order of the question; figures that a line gives under labels are compared too."""

import pytest

from .pages import ESTATES, Pages, said

STATED = (
    "開業の動き\n\n　2019年度の開業率は若草地方が6.0％で最も高く、白浜地方が2.1％で最も低い。\n\n"
    "表１　企業数の推移（単位：％）\n\n| 地方 | 増減率 |\n|---|---|\n| 若草地方 | 1.1 |\n| 白浜地方 | 4.2 |\n"
)
COSTS = "輸送\n　青葉港までの運賃の比較（1箱当たり）\n　若草空港便 900円 / 白浜空港便 720円 / 緑港便 310円\n"
ROLL = "青葉の会\n\n会員の内訳\n　大会社 21　小会社 140　大学・高専 7　金融機関 5\n"
HOMES = "　若草市の仮設住宅は木造型120戸、鉄骨型310戸の計430戸である。\n"


@pytest.mark.parametrize(
    ("question", "pages", "answer"),
    [
        (
            "従業員数が最も多い工業団地と最も少ない工業団地はどこですか？",
            ESTATES,
            "最も多いのは白浜工業団地の4,020人、最も少ないのは緑ヶ丘工業団地の2,150人です",
        ),
        (
            "面積が最小の工業団地と最大の工業団地はどこですか？",
            ESTATES,
            "最も小さいのは緑ヶ丘工業団地の86ha、最も大きいのは白浜工業団地の240haです",
        ),
        (
            "2019年度の開業率が最も高い地方と最も低い地方はどこですか？",
            STATED,
            "2019年度の開業率は若草地方が6.0％で最も高く、白浜地方が2.1％で最も低い",
        ),
        ("青葉港までの運賃が最も安いのはどれですか？", COSTS, "緑港便で、310円です（若草空港便 900円、白浜空港便 720円）"),
        (
            "青葉港までの運賃は、若草空港便と緑港便ではどちらがいくら安いですか？",
            COSTS,
            "緑港便の方が590円安いです（緑港便 310円、若草空港便 900円）",
        ),
        (
            "青葉の会の会員の内訳で大会社と小会社はどちらが何社多いですか？",
            ROLL,
            "小会社の方が119社多いです（小会社 140、大会社 21）",
        ),
        ("仮設住宅は、木造型と鉄骨型ではどちらが何戸多いですか？", HOMES, "鉄骨型の方が190戸多いです"),
    ],
)  # fmt: skip
def test_both_ends_and_labelled_figures_are_told(question: str, pages: Pages, answer: str) -> None:
    assert said(question, pages).startswith(answer)
