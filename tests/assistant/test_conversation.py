"""Follow-ups get what they leave out; a new question is left alone."""

import pytest

from assistant.answer import Turn
from assistant.conversation import context_of, needs_context, self_contained, topic_of

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


@pytest.mark.parametrize(
    "question",
    [
        "水素利用センターの総事業費はいくらで、そのうち国費はいくらですか？",
        "「北部ラボ」はどこの省の事業で、どんな仕組みですか？",
        "しおうらナビ　登録者数",
        "設備転換事業費補助金の三次公募の締切はいつですか？",
        "The council in Wakaba was enlarged; which towns joined when it was?",
    ],
)
def test_history_changes_nothing_about_a_question_that_stands_alone(question: str) -> None:
    assert context_of(question, turns(BUDGET)) == ("", question)


def test_of_questions_further_back_the_subject_stays() -> None:
    history = turns("わかば団地には、開設のころ研究者が何人いましたか？", "いまは何を核にした地区になっていますか？")
    context, _ = context_of("企業はどれくらい集まっていますか？", history)
    assert context == "わかば団地　いまは何を核にした地区になってい"


def test_a_pointer_is_followed_through_the_turns() -> None:
    history = turns("みなみ協議会が結成されたのは何年ですか？", "その協議会に参加している市はどこですか？")
    assert self_contained("町は？", history) == "みなみ協議会に参加している町はどこですか？"


def test_the_topic_is_a_hint_only_for_a_question_without_a_name() -> None:
    history = turns("若葉県の予算額はいくらですか？")
    assert topic_of("医療機器生産額の全国比は何％ですか？", history) == "若葉県の予算額"
    assert topic_of("大阪府の医療機器生産額は何％ですか？", history) == ""
    assert topic_of("医療機器生産額の全国比は何％ですか？", []) == ""
