"""Both results are told where both are asked; shares of all are taken from the total; ordinals tell lines apart."""

import pytest

from .pages import Pages, ask, said

GROWN = "　若草県の灯具の企業は、12社(2006年)⇒180社(2018年)と増えた。\n"
GOALS = "表２　達成の状況\n\n| 基本目標 | 指標数 | 達成 |\n|---|---|---|\n| しごと | 15 | 10 |\n| くらし | 10 | 8 |\n| 合計 | 25 | 18 |\n"
BUILT = "　若草市の仮設店舗は、望まれた500棟のうち、450棟が建った。\n"
SCHEMES = "表３　若草の支援（単位：億円）\n\n| 事業名 | 令和5年度補正 | 令和6年度当初 |\n|---|---|---|\n| 選別拠点の整備 | 120 | 45 |\n| 電炉の実証 | 210 | 88 |\n"
MEETINGS = "会議の経過\n\n第１回　令和５年９月14日　設置について\n第２回　令和５年10月26日　拠点について\n第３回　令和５年12月５日　費用について\n"


@pytest.mark.parametrize(
    ("question", "page", "answer"),
    [
        ("若草県の灯具の企業は2006年から2018年までに何社増え、何倍になりましたか？", GROWN, "168社の増加で、約15倍です"),
        ("基本目標の指標数のうち、達成したのは何割ですか？", GOALS, "約7割（72%）です（達成 18 ÷ 指標数 25）"),
        ("望まれた仮設店舗のうち建った割合は何％ですか？", BUILT, "約90%です（450棟 ÷ 500棟）"),
        (
            "選別拠点の整備の令和5年度補正と令和6年度当初を合わせた予算額はいくらですか？",
            SCHEMES,
            "合わせて165億円です（令和5年度補正 120億円 ＋ 令和6年度当初 45億円）",
        ),
        ("会議の第3回はいつ開かれましたか？", MEETINGS, "2023年（令和5年）12月5日です"),
    ],
)  # fmt: skip
def test_the_result_is_told(question: str, page: Pages, answer: str) -> None:
    assert said(question, page).startswith(answer)


def test_another_meeting_is_no_conflict_with_the_asked_one() -> None:
    pages = {"経過": MEETINGS, "挨拶": "　会議は令和４年９月の設置以来、計３回開かれた。\n"}
    assert not ask("会議の第3回はいつ開かれましたか？", pages).conflicts


def test_two_years_of_a_named_row_are_read_from_its_columns() -> None:
    page = "表４　出荷額（億円）\n\n| 県 | 2019年 | 2021年 | 2023年 |\n|---|---|---|---|\n| 若草県 | 40 | 50 | 80 |\n| 白浜県 | 60 | 70 | 30 |\n"
    assert said("若草県の出荷額は2019年から2023年で何倍になりましたか？", page).startswith("約2倍です")
    assert said("白浜県の出荷額は2019年から2023年で何％減りましたか？", page).startswith("約50%の減少です")
