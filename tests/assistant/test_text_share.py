"""A share is worked out from a part and a whole that running text counts, if the part is the one that is asked for."""

import pytest

from .pages import said

CLUB = "会員\n\n　縁結び会の会員数は令和6年9月末現在 2,400 人（男性 1,500 人、女性 900 人）である。\n"
JOBS = "雇用\n\n　あおば団地では、これまでに1万2千（関連分野の3,000を含む）の職業が生まれた。\n　このうち、9,000の職業に地元の人々が就いている。\n"
LOSS = "経済\n\n　若草県の生産額は約5兆円減少、うち2次産業では約3.5兆円減少した。\n"


@pytest.mark.parametrize(
    ("question", "page", "answer"),
    [
        (
            "縁結び会の会員に占める女性の割合は何％ですか？",
            CLUB,
            "約37.5%です（女性 900人 ÷ 2,400人）",
        ),
        ("あおば団地の1万2千の職業のうち、地元の人々の割合は何％ですか？", JOBS, "約75%です"),
        (
            "若草県の生産額が減った分のうち、2次産業は何割を占めますか？",
            LOSS,
            "約7割（70%）です（2次産業 3.5兆円 ÷ 5兆円）",
        ),
    ],
)
def test_part_is_divided_by_its_whole(question: str, page: str, answer: str) -> None:
    assert said(question, page).startswith(answer)


def test_share_of_a_part_that_no_line_counts_is_not_worked_out() -> None:
    assert "÷" not in said("若草県の生産額が減った分のうち、農業は何割を占めますか？", LOSS)
    assert "÷" not in said("縁結び会の会員に占める学生の割合は何％ですか？", CLUB)
