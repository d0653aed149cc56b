"""What comes to one of several is worked out where one clause gives the amount and the count, and the document does not say it."""

import pytest

from .pages import said

HALL = "整備\n\n　あおば会館の工費は6億円で、うち市が5億円を負担し、残る1億円は地元企業23社の寄附による。\n"
RESULTS = "公募の結果\n\n| 区分 | 一般枠 | 連携枠 | 合計 |\n|---|---|---|---|\n| 申請件数 | 900 | 200 | 1,100 |\n| 採択件数 | 400 | 50 | 450 |\n| 採択額（百万円） | 1,800 | 600 | 2,400 |\n"
WORK = "表１　共同研究\n\n| 年度 | 件数 | うち市内企業 | 受入額（百万円） |\n|---|---|---|---|\n| 2011年度 | 20 | 9 | 48 |\n| 2014年度 | 50 | 21 | 95 |\n"
BRACKET = "支援の実績\n\n　設備更新支援(40件、約120億円)\n　人材育成支援(20件、約5億円)\n"
YEARS = "　若草補助金の交付実績：2019年度 10件 3,800万円、2020年度 16件 4,800万円である。\n"
TOLD = "会費\n\n　あおば会館の会費は1社当たり2万円で、会員は40社、会費の計は80万円である。\n"


def test_amount_is_divided_by_those_that_gave_it() -> None:
    assert said("あおば会館に寄附した地元企業は、1社あたりいくら出しましたか？", HALL).startswith(
        "1社あたり約435万円です（1億円 ÷ 23社）"
    )


def test_what_the_document_says_itself_is_not_divided() -> None:
    assert "÷" not in said("あおば会館の会費は1社あたりいくらですか？", TOLD)


def test_nothing_is_divided_by_a_count_of_another_thing() -> None:
    assert "÷" not in said("あおば会館の工費は1人あたりいくらですか？", HALL)


@pytest.mark.parametrize(
    ("question", "page", "answer"),
    [
        ("連携枠では、採択１件当たりの採択額は約何万円ですか？", RESULTS, "1件あたり1,200万円です（採択額 600百万円 ÷ 採択件数 50）"),
        ("2014年度の共同研究1件当たりの受入額はいくらですか？", WORK, "1件あたり190万円です（受入額 95百万円 ÷ 件数 50）"),
        ("設備更新支援の1件当たりの金額はいくらですか？", BRACKET, "1件あたり3億円です（120億円 ÷ 40件）"),
        ("若草補助金の2020年度の交付額は1件当たりいくらですか？", YEARS, "1件あたり300万円です（4,800万円 ÷ 16件）"),
    ],
)  # fmt: skip
def test_count_and_amount_are_taken_from_tables_brackets_and_years(question: str, page: str, answer: str) -> None:
    assert said(question, page).startswith(answer)
