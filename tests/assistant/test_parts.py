"""A question that asks two things has two parts, each of its own kind."""

import pytest

from assistant.parts import parts_of
from assistant.question import Question, analyse

from .pages import ALL, ask, said


def read(text: str) -> Question:
    return analyse(text, lambda _: 1.0)


def test_two_question_words_make_two_parts() -> None:
    parts = parts_of(read("あおば協議会はいつ設立され、会員数はいくつですか？"))
    assert [p.kind for p in parts] == ["date", "number"]


def test_each_of_two_names_is_asked_by_itself() -> None:
    parts = parts_of(read("若草市と緑市の人口はそれぞれいくつですか？"))
    assert [p.text.startswith(name) for p, name in zip(parts, ("若草市の人口", "緑市の人口"), strict=True)] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "予算額はいくらですか？",
        "若草市と緑市の人口の差はいくらですか？",
        "早瀬氏が会長を務め、若草市に事務局を置く団体は何ですか？",
    ],
)
def test_question_that_asks_one_thing_stays_whole(text: str) -> None:
    question = read(text)
    assert parts_of(question) == [question]


def test_name_of_the_other_part_still_tells_the_subject() -> None:
    _, second = parts_of(read("NEDOはいつ設立され、予算額はいくらですか？"))
    weights = {t.main: t.weight for t in second.terms}
    assert 0 < weights["nedo"] < weights["予算"]
    assert weights["設立"] < weights["nedo"]


def test_year_belongs_to_the_part_that_names_it() -> None:
    first, second = parts_of(read("平成20年度の予算額はいくらで、協議会の会長は誰ですか？"))
    assert (first.years, second.years) == ((2008,), ())


def test_each_part_is_answered_from_its_own_evidence() -> None:
    draft = ask("あおば産業協議会はいつ設立され、会員数はいくつですか？", ALL)
    founded, members = draft.claims
    assert "平成11年5月20日" in founded.evidence[0].quote
    assert founded.text.startswith("1999年（平成11年）5月20日です")
    assert members.text.startswith("３２８です")


def test_both_named_things_are_answered() -> None:
    draft = ask(
        "若草市と緑市の人口はそれぞれいくつですか？",
        ["　若草市の人口は12万人である。\n", "　緑市の人口は8万人である。\n"],
    )
    assert [c.text[: c.text.index("です")] for c in draft.claims] == ["若草市：12万人", "緑市：8万人"]
    assert [c.evidence[0].page_number for c in draft.claims] == [1, 2]


def test_two_things_asked_side_by_side_are_answered_by_two_lines() -> None:
    page = "■ 目標\n　現状：若草県の機器の生産額は全国比12.9%である。\n　目標は、若草県の機器の生産額を全国比15%にすることである。\n"
    text = said("若草県の機器の生産額の全国比は、現状と目標でそれぞれ何％ですか？", page)
    assert "12.9%" in text
    assert "15%" in text


def test_two_columns_asked_side_by_side_are_read_from_one_row() -> None:
    page = "比較（2000-2019）\n\n| 市 | 出荷額の増加割合（%） | 従業員数の増加割合（%） |\n|---|---|---|\n| 若草市 | 95.0 | 54.6 |\n| 白浜市 | 4.8 | 2.9 |\n"
    text = said("若草市の出荷額の増加割合と従業員数の増加割合（2000-2019）はそれぞれ何％ですか？", page)
    assert "95" in text
    assert "54.6" in text
