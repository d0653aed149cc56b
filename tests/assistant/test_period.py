"""The ends of a period are read from the line that gives it."""

import pytest

from .pages import said

PLAN = """第１章　若葉町環境計画の概要
１－２　計画期間
　本計画の期間は、令和３年度から令和12年度までの10年間とし、次の２期に分ける。
　準備期　令和３年度～令和５年度　（３か年）
　実行期　令和６年度～令和12年度　（７か年）
１－３　これまでの計画
　第１期計画（平成23年度～平成27年度）では、7事業を行った。
　第２期計画（平成28年度～令和２年度）では、9事業を行った。
　計画は令和３年２月に策定した。
"""


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("若葉町環境計画の最終年度は西暦で何年度ですか？", "2030年度（令和12年度）です"),
        ("若葉町環境計画の初年度は西暦で何年度ですか？", "2021年度（令和3年度）です"),
        ("実行期は西暦で何年度から何年度までですか？", "2024年度（令和6年度）から2030年度（令和12年度）までです"),
        ("第１期計画の最終年度は何年度ですか？", "2015年度（平成27年度）です"),
        ("若葉町環境計画の最終年度は？", "2030年度（令和12年度）です"),
    ],
)
def test_asked_end_of_the_period_leads(question: str, start: str) -> None:
    assert said(question, PLAN).startswith(start)


def test_period_of_another_number_is_not_taken() -> None:
    assert "2015" not in said("第３期計画の最終年度は何年度ですか？", PLAN)


def test_figure_of_the_last_year_asks_for_no_period() -> None:
    assert not said("第１期計画の最終年度に行った事業はいくつですか？", PLAN).startswith("2015")
