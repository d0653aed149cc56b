"""A change that one line tells is worked out from its two values; of two lines that differ none is taken."""

import pytest

from .pages import said

TRADE = "貿易の動き\n\n　若草港から緑国への木材の輸出額は、2021年に前年の31.4億円から19.2億円に減少した。\n"
STAFF = "体制\n\n　あおば工房の研究員の数は、24人から31人に増えた。\n"
CASES = "成果\n\n　あおば工房の製品化件数は平成20年度は6件であったが、24年度は23件と増加した。\n"


@pytest.mark.parametrize(
    ("question", "page", "answer"),
    [
        (
            "緑国への木材の輸出額は、2021年に前年より何百万円減りましたか？",
            TRADE,
            "1,220百万円（12億2,000万円）の減少です（前年 31.4億円 → 2021年 19.2億円）",
        ),
        ("あおば工房の研究員は何人増えましたか？", STAFF, "7人の増加です（24人 → 31人）"),
    ],
)
def test_change_is_the_difference_of_the_two_values_of_its_line(question: str, page: str, answer: str) -> None:
    assert said(question, page).startswith(answer)


def test_change_the_other_way_round_is_not_worked_out() -> None:
    assert "7人の" not in said("あおば工房の研究員は何人減りましたか？", STAFF)


def test_year_before_is_not_taken_from_a_line_that_names_none() -> None:
    assert "の減少です" not in said(
        "輸出額は2021年に前年より何百万円減りましたか？", "　輸出額は31.4億円から19.2億円に減少した。\n"
    )


def test_two_changes_of_two_lines_are_left_alone() -> None:
    page = STAFF + "　あおば工房の研究員の数は、40人から45人に増えた。\n"
    assert "増加です" not in said("あおば工房の研究員は何人増えましたか？", page)


def test_values_of_two_years_of_one_line_are_given_in_the_order_asked() -> None:
    text = said("あおば工房の製品化件数は、2008年度に何件だったものが2012年度に何件になりましたか？", CASES)
    assert text.index("6件") < text.index("23件")


WORKS = """　若草小学校の校舎の建築工事について、契約の金額を9億2,000万円から9億3,100万円に変更した。
　白浜中学校の校舎の建築工事について、契約の金額を12億円から12億5,000万円に変更した。
"""


def test_line_that_tells_less_of_what_is_asked_does_not_stand_in_the_way() -> None:
    assert said("若草小学校の校舎の建築工事の契約金額は、変更でいくら増えましたか？", WORKS).startswith(
        "1,100万円の増加です"
    )
    assert said("白浜中学校の校舎の建築工事の契約金額は、変更でいくら増えましたか？", WORKS).startswith(
        "5,000万円の増加です"
    )
