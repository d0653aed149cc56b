"""The way to a target is the aimed value less the present one, where the document gives both of the same thing."""

import pytest

from assistant.checks import unsupported
from assistant.target_gap import target_gap

from .pages import ask, question_on, ranked_on

GOAL = "■ 若草県の医療機器\n・若草県の医療機器の全国比を20%に高めることが目標である。\n・現状：若草県の医療機器の全国比は12.5%である。\n"
BRACKET = "目標\n・若草県の医療機器の全国比を20%（22年度：若草県の医療機器の全国比12.5%）とする。\n"
BESIDE = "若草自動車の調達\n　現時点の若草自動車の現地調達率は4割である。目標を8割としている。\n"
ARROW = "　若草県は自動車の出荷額を高めることを目標とする（出荷額9,000億円→1兆5,000億円、従業員数4.5万人→7万人）。\n"


@pytest.mark.parametrize(
    ("question", "pages", "answer"),
    [
        (
            "若草県の医療機器の全国比は、目標まであと何ポイントですか？",
            GOAL,
            "あと7.5ポイントです（目標 20% − 現状 12.5%）。",
        ),
        ("若草県の医療機器の全国比は、目標まであと何ポイントですか？", BRACKET, "あと7.5ポイントです"),
        ("若草自動車の現地調達率は、目標まであと何割ですか？", BESIDE, "あと4割です（目標 8割 − 現状 4割）。"),
        ("若草県の自動車の従業員数は、目標まであと何人ですか？", ARROW, "あと25,000人です"),
        ("若草県の自動車の出荷額は目標まであといくら足りませんか？", ARROW, "あと6,000億円です"),
    ],
)
def test_the_gap_is_shown_with_both_values(question: str, pages: str, answer: str) -> None:
    (claim,) = ask(question, pages).claims
    assert claim.text.startswith(answer)
    assert unsupported(claim) == ()


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        ("若草県の医療機器の全国比の目標は何%ですか？", GOAL),
        ("若草県の医療機器の全国比は、目標まであと何ポイントですか？", GOAL.partition("・現状")[0]),
        ("若草県の自動車の工場数は、目標まであと何か所ですか？", ARROW),
    ],
)
def test_no_gap_without_both_values(question: str, pages: str) -> None:
    assert target_gap(question_on(question, pages), ranked_on(question, pages)) is None
