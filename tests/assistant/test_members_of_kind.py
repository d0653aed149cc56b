"""Of a mixed list only those of the asked kind are given."""

import pytest

from assistant.members_of_kind import asks_kind

from .pages import question_on, said

MEMBERS = "■ みなみ協議会の参加者\n・東浜市\n・西浜町\n・北浜市\n・南浜町\n・若草大学\n"


def test_items_of_the_asked_kind_are_listed_alone() -> None:
    assert said("みなみ協議会の参加者のうち、町はどこですか。", MEMBERS) == "西浜町、南浜町。"
    assert said("みなみ協議会の参加者のうち市は？", MEMBERS) == "東浜市、北浜市。"


@pytest.mark.parametrize("text", ["参加した市や町はどこですか。", "参加した県の人口は？", "若草大学は？"])
def test_question_for_something_else_asks_for_no_kind(text: str) -> None:
    assert not asks_kind(question_on(text, MEMBERS))


def test_names_of_the_asked_kind_in_one_line_are_given() -> None:
    pages = "■ 海の研究の参加者\n- 産：あさひ社ほか\n- 学：東海浜大学、西海浜大学\n- 官：若草県の試験場\n"
    assert said("海の研究に参加した大学はどこですか。", pages).startswith("東海浜大学、西海浜大学（「学：")
    assert not said(
        "海の研究に参加した市はどこですか。", pages.replace("学：東海浜大学、西海浜", "学：都市、同市、西海浜")
    ).startswith("都市")
