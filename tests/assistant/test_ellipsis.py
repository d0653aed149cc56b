"""What a follow-up names takes the place of its like, and nothing else does."""

import pytest

from assistant.ellipsis import asked_like, is_variation, replaced, without_goal


@pytest.mark.parametrize(
    ("question", "earlier", "whole"),
    [
        ("秋田は？", "いわて観光推進協議会の設立は何年ですか？", "秋田観光推進協議会の設立は何年ですか？"),
        ("いわてのほうは？", "みやぎ観光協議会の会員数は？", "いわて観光協議会の会員数は？"),
        ("石川県はいくらですか？", "富山県の漁港の整備費はいくらですか？", "石川県の漁港の整備費はいくらですか？"),
        ("町は？", "協議会に参加している市はどこですか？", "協議会に参加している町はどこですか？"),
        ("固定資産税はいくらですか？", "市の個人市民税はいくらですか？", "市の固定資産税はいくらですか？"),
        ("女性は何人ですか？", "会員のうち男性は何人ですか？", "会員のうち女性は何人ですか？"),
        ("「南港計画」のほうは？", "「北港計画」は何年に始まりましたか？", "「南港計画」は何年に始まりましたか？"),
        (
            "人手に悩む企業のほうは何％ですか？",
            "県の調査で、販路に悩む企業は何％ですか？",
            "県の調査で、人手に悩む企業は何％ですか？",
        ),
    ],
)
def test_what_is_named_takes_the_place_of_its_like(question: str, earlier: str, whole: str) -> None:
    assert replaced(question, earlier) == whole


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        ("理由は？", "みなみ協議会の会員数はいくつですか？"),
        ("場所は？", "県の研究所の展示会が開かれたのはいつですか？"),
        ("会長は誰ですか？", "みなみ協議会の会員数はいくつですか？"),
        ("設立はいつですか？", "みなみ協議会の会員数はいくつですか？"),
        ("秋田は？", "みなみ協議会の会員数はいくつですか？"),
        ("2011年度は？", "みなみ協議会の2010年度の予算はいくらですか？"),
        ("大企業だと最高でいくらになりますか？", "年会費は中小企業でいくらですか？"),
    ],
)
def test_what_has_no_like_in_the_earlier_question_replaces_nothing(question: str, earlier: str) -> None:
    assert replaced(question, earlier) == ""


def test_a_cleft_without_an_end_asks_what_was_asked_before() -> None:
    assert asked_like("橋がつながったのは？", "鉄道の開通は何年ですか？") == "橋がつながったのは何年ですか？"
    assert asked_like("橋は誰が造りましたか？", "鉄道の開通は何年ですか？") == "橋は誰が造りましたか？"


def test_the_same_thing_of_another_place_is_a_variation() -> None:
    assert is_variation("大崎市の企業はどこですか？", "採択事例で、登米市の企業はどこですか？")
    assert not is_variation("大崎市の人口は？", "採択事例で、登米市の企業はどこですか？")


def test_what_there_was_is_asked_without_the_goal() -> None:
    earlier = "県の充電所数の目標はいくつですか？"
    assert without_goal("2022年度には何か所ありましたか？", earlier) == "県の充電所数はいくつですか？"
    assert without_goal("2040年度はいくつですか？", earlier) == earlier
