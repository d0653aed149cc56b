"""A figure is shown in the measure that is asked for, and as the document writes it."""

from decimal import Decimal

import pytest

from assistant.asked_value import fits_counter
from assistant.measures import asked_measure, in_asked_measure

from .pages import said


@pytest.mark.parametrize(
    ("question", "number", "unit", "text", "behind", "shown"),
    [
        ("池の広さは何平方メートルですか", "2.5", "ha", "2.5ha", "", "25,000平方メートル（2.5ha）"),
        ("池の広さを平方キロメートルでいうと", "250", "ha", "250ヘクタール", "", "2.5平方キロメートル（250ヘクタール）"),
        ("町の人口は約何万人ですか", "34500", "人", "34.5千人", "", "3.45万人（34.5千人）"),
        ("電池は何キロワット時ですか", "3", "", "3", "メガワット時の電池", "3,000キロワット時（3メガワット時）"),
        ("雨は何ミリでしたか", "233", "", "233", "ミリの雨", "233ミリ"),
        ("荷は何トンですか", "700", "kg", "700kg", "", "0.7トン（700kg）"),
    ],
)  # fmt: skip
def test_figure_is_shown_in_the_asked_measure(
    question: str, number: str, unit: str, text: str, behind: str, shown: str
) -> None:
    found = in_asked_measure(question, Decimal(number), unit, text, behind)
    assert found is not None
    assert found[0] == shown


@pytest.mark.parametrize(
    ("question", "unit", "text"),
    [("池は何ヘクタールですか", "ha", "2.5ヘクタール"), ("町の人口は何人ですか", "人", "3.4万人"), ("何万人が来ましたか", "ha", "3ha")],
)  # fmt: skip
def test_same_measure_or_another_dimension_is_left_alone(question: str, unit: str, text: str) -> None:
    assert in_asked_measure(question, Decimal(3), unit, text) is None


def test_unit_that_only_stands_in_the_question_is_not_asked_for() -> None:
    assert asked_measure("3ヘクタールの池を掘ったのはいつですか") is None


def test_areas_fit_each_other_and_no_weights() -> None:
    assert fits_counter("m2", "ha")
    assert not fits_counter("m2", "t")


PAGE = """みなと公園の整備
　みなと公園の敷地面積は3.2ha、総事業費は4億円である。
　駅前公園の敷地面積は0.7haである。
"""


def test_answer_leads_with_the_asked_measure() -> None:
    assert said("みなと公園の敷地は何平方メートルですか？", PAGE).startswith("32,000平方メートル（3.2ha）です")
    assert said("みなと公園の敷地面積は平方メートルでいくらですか？", PAGE).startswith("32,000平方メートル")
