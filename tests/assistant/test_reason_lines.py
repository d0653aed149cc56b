"""A question for a reason is answered by the line that gives one, however it is asked and wherever that line stands."""

import pytest

from assistant.question import kind_of
from assistant.reasons import gives_reason

from .pages import said


@pytest.mark.parametrize(
    "question",
    [
        "町が港を広げたきっかけは何でしたか？",
        "町が港を広げたのは、どんな苦情があったからですか？",
        "町が港を広げたのは、何が足りなかったためですか？",
        "港の客が増えたのは何のおかげですか？",
        "港の計画は、どんな出来事から始まりましたか？",
        "港の費用が増えたのは、何によるとされていますか？",
        "町が港を広げた訳を、町長はどう話していますか？",
    ],
)
def test_reason_is_asked_in_many_ways(question: str) -> None:
    assert kind_of(question) == "reason"


@pytest.mark.parametrize(
    "question", ["支出の内訳を教えてください。", "通訳は何人いますか？", "港はどこからどこまでですか？"]
)
def test_other_questions_ask_no_reason(question: str) -> None:
    assert kind_of(question) != "reason"


@pytest.mark.parametrize(
    ("line", "least"),
    [
        ("便数の減少と運賃の上昇が主な要因。", 1.0),
        ("大雪で便が止まったことを教訓として導入する。", 1.0),
        ("水が足りなかったため、池を掘った。", 0.8),
        ("客が減ることを恐れ、値段を据え置いた。", 0.8),
        ("台風により売場を閉じた。", 0.5),
        ("売場は三つある。", 0.0),
        ("若草港の構想～つくる・ためる～", 0.0),
    ],
)
def test_form_tells_how_surely_a_line_gives_a_reason(line: str, least: float) -> None:
    assert gives_reason(line) == least


def test_reason_behind_an_arrow_leads_and_figures_do_not() -> None:
    page = "■ 若草港\n- 若草港の利用客数は計画を下回って推移\n⇒便数の減少と、運賃の上昇が主な要因\n- 若草港の利用客数 年間 1,200人\n"
    assert said("若草港の利用客が見込みに届かなかったのはなぜですか？", page).startswith("便数の減少と")


def test_line_before_therefore_comes_first() -> None:
    page = "　若草町では雪が深い。森へ行く道が崩れ、荷が運べなくなった。こうした状況から、若草町は港の再建を決めた。\n"
    answer = said("若草町が港の再建を決めたのはなぜですか？", page)
    assert answer.startswith("森へ行く道が崩れ")
    assert "再建を決めた" in answer


def test_reply_to_the_question_of_the_minutes_answers() -> None:
    page = (
        "○田村委員　若草港の目標だけが据え置かれているのはなぜか。\n"
        "○岡室長　御指摘のとおりでございます。市況の調整が見込まれることから、上方修正は早いと判断いたしました。\n"
        "○森委員　若草港の売店が狭いという印象を受ける。\n"
    )
    assert said("若草港の目標を据え置いた理由をどう説明しましたか？", page).startswith("市況の調整が見込まれる")
