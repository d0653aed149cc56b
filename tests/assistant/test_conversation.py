"""Follow-ups get what they leave out; a new question is left alone."""

import pytest

from assistant.answer import Turn
from assistant.conversation import needs_context, self_contained

BUDGET = "みなみ協議会の平成20年度の予算額はいくらですか？"
MEMBERS = "みなみ協議会の発足時の会員数はいくつですか？"


def turns(*questions: str) -> list[Turn]:
    return [Turn(q, "答え") for q in questions]


@pytest.mark.parametrize(
    "question",
    [
        "では2011年度は？", "じゃあ、平成22年度は？", "そのうち企業は？", "それはいつ設立されましたか？", "その理由は何ですか？",
        "同協議会の会長は誰ですか？", "東北は？", "では大阪府の人口は？", "いつですか？", "理由は？", "And in 2011?", "What about Osaka?",
        "When was it founded?", "How many members did they have that year?", "ちなみに会長は誰ですか？",
    ],
)  # fmt: skip
def test_a_follow_up_needs_its_context(question: str) -> None:
    assert needs_context(question)


@pytest.mark.parametrize(
    "question",
    [
        "大阪府の人口は？", "岩手県の面積は？", "TAMAとは？", "ＴＡＭＡとは何ですか？", "クラスターとはどういうものですか？", "野村総合研究所の社長は？",
        "京都のクラスターは？", "When was TAMA founded?", "How many members are there in TAMA?",
        "What is the organization that supports companies in Tama?", "平成26年度までの製造品出荷額の目標はいくらですか？",
    ],
)  # fmt: skip
def test_a_question_of_its_own_is_left_alone(question: str) -> None:
    assert not needs_context(question)
    assert self_contained(question, turns(BUDGET)) == question


def test_without_history_nothing_is_changed() -> None:
    assert self_contained("では2011年度は？", []) == "では2011年度は？"


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("では2011年度は？", "2011年度"),
        ("平成22年度は？", "平成22年度"),
        ("じゃあ、平成22年度はいくらですか？", "平成22年度"),
    ],
)
def test_a_new_year_takes_the_place_of_the_old(question: str, year: str) -> None:
    assert self_contained(question, turns(BUDGET)) == f"みなみ協議会の{year}の予算額はいくらですか？"


def test_anything_else_follows_the_subject_of_the_question_before() -> None:
    found = self_contained("そのうち企業は？", turns(MEMBERS))
    assert found.startswith("みなみ協議会の発足時の会員数")
    assert found.endswith("そのうち企業は？")
    assert "いくつですか" not in found


def test_a_follow_up_of_a_follow_up_reaches_back_to_the_first() -> None:
    found = self_contained("平成24年度は？", turns(BUDGET, "では平成22年度は？"))
    assert found == "みなみ協議会の平成24年度の予算額はいくらですか？"


def test_a_new_question_ends_what_was_talked_about() -> None:
    found = self_contained("では2012年は？", turns(BUDGET, "きた湾の組合の2011年の従業員数は？"))
    assert found == "きた湾の組合の2012年の従業員数は？"
