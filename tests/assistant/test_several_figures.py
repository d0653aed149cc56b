"""Figures that are asked at once are given together where one line, or two that follow each other, hold exactly as many."""

from .pages import ask, said

SURVEY = (
    "■ 若草の事業者調査\n　若草の事業者調査は、港の補助金を受けた4,120社に票を送って行った。\n　2,060社から回答を得た（回収率：50.0%）。\n"
    "　調査の結果は、町の広報に載った。\n"
)
CONTEST = "■ 若草コンテスト\n　若草コンテストでは、1回の審査で6件の案を選ぶ。\n　年2回の審査で最大12件を選ぶ。\n"
TWO = "　緑の集いには、若草町から54人、緑町から31人が来た。\n"


def test_figures_of_two_lines_are_given_in_their_order() -> None:
    (claim,) = ask("若草の事業者調査は何社に送られ、何社が回答し、回収率は何％ですか。", SURVEY).claims
    assert claim.text.startswith("4,120社、2,060社、50.0%です（「")
    assert len(claim.evidence) == 2


def test_number_that_says_how_often_is_no_figure_that_is_asked() -> None:
    assert said("若草コンテストでは1回に何件を選び、最大で何件になりますか。", CONTEST).startswith("6件、12件です")


def test_line_with_more_figures_than_asked_is_not_read_so() -> None:
    three = TWO.replace("31人", "31人、白浜町から8人")
    assert said("緑の集いには何人が来て、何人が帰りましたか。", TWO).startswith("54人、31人です")
    assert not said("緑の集いには何人が来て、何人が帰りましたか。", three).startswith("54人、31人")
