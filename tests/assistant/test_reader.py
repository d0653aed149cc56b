"""The built-in reader says the value first, then the line that it stands on."""

import pytest

from assistant.checks import unsupported
from assistant.reader import BuiltInReader, nothing_found

from .pages import ALL, ASSOC, BUDGET, LISTS, ask, candidates_of, question_on, quotes, said

QUESTIONS = [
    "あおば産業協議会はいつ設立されましたか？",
    "あおば産業協議会の会員数はいくつですか？",
    "会長は誰ですか？",
    "平成21年度の予算額はいくらですか？",
    "従業員数が最も多い工業団地はどこですか？",
    "中核となる企業3社を挙げてください。",
    "福島鉄道の運賃はいくらですか？",
    "When was the council established in 1999?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_claim_is_held_by_its_evidence(question: str) -> None:
    draft = ask(question, ALL)
    assert draft.claims
    assert all(c.evidence for c in draft.claims)
    assert draft.abstained or all(unsupported(c) == () for c in draft.claims)


@pytest.mark.parametrize("question", QUESTIONS)
def test_drafting_yields_the_claims_of_the_draft(question: str) -> None:
    drafting = BuiltInReader().draft(question_on(question, ALL), candidates_of(ALL))
    draft = ask(question, ALL)
    assert [next(drafting) for _ in draft.claims] == list(draft.claims)
    with pytest.raises(StopIteration) as end:
        next(drafting)
    assert end.value.value == draft


def test_value_comes_first_and_its_line_after_it() -> None:
    claim = ask("あおば産業協議会はいつ設立されましたか？", ASSOC).claims[0]
    assert claim.text == "1999年（平成11年）5月20日です（「あおば産業協議会は、平成11年5月20日に設立された」）。"


def test_english_question_gets_an_english_frame() -> None:
    claim = ask("When was the Aoba industry council established?", ASSOC).claims[0]
    assert claim.text == "1999年（平成11年）5月20日 (「あおば産業協議会は、平成11年5月20日に設立された」)."
    assert said("What was the budget in 2009?", BUDGET).startswith("平成21年度の予算額: 18,340千円（1,834万円）")


@pytest.mark.parametrize("opening", ["この計画は", "その計画は", "同計画は"])
def test_sentence_that_points_back_brings_the_one_before_it(opening: str) -> None:
    pages = f"　青空計画は、平成18年に始まった。{opening}、大気の汚れを減らすことを目的とする。\n"
    claim = ask("大気の汚れを減らすことを目的とするのは何という計画ですか？", pages).claims[0]
    assert claim.text.startswith("青空計画は、平成18年に始まった。")
    assert len(claim.evidence) == 2


def test_sentence_that_enumerates_is_given_without_the_one_that_it_points_back_to() -> None:
    pages = "　若草研究所は、港の労働市場を調べた。この調査は、港の労働市場の特徴として、若い人の多さ、長い休み、高い収入をあげている。\n"
    (claim,) = ask("港の労働市場の特徴として、調査があげているものは何ですか。", pages).claims
    assert claim.text.startswith("この調査は、港の労働市場の特徴として、若い人の多さ")
    assert len(claim.evidence) == 2


def test_definition_opens_with_the_defining_sentence() -> None:
    pages = "　支援機関は県内に12か所ある。\n　支援機関とは、企業の研究開発を助ける大学や公設試験場をいう。\n"
    assert said("支援機関とは何ですか？", pages).startswith("支援機関とは、企業の研究開発を助ける")


def test_lead_in_is_answered_with_the_lines_below_it() -> None:
    claim = ask("中核となる企業はどのような企業ですか？", LISTS).claims[0]
    assert "大空精機、北斗電機、みどり化学" in claim.text
    assert any("大空精機" in q for q in quotes(claim.evidence))


def test_confidence_is_a_share() -> None:
    assert 0 < ask("平成21年度の予算額はいくらですか？", BUDGET).confidence <= 1


def test_no_candidates_are_an_abstention() -> None:
    draft = BuiltInReader().answer(question_on("予算額はいくらですか？", BUDGET), [])
    assert draft.abstained
    assert draft.claims[0].evidence == ()


def test_abstention_shows_at_most_two_pages_and_no_value() -> None:
    draft = nothing_found(question_on("予算額はいくらですか？", BUDGET), candidates_of(BUDGET))
    assert len(draft.claims[0].evidence) == 2
    assert draft.claims[0].text == "お尋ねの内容は、登録されている文書には記載がありません。"


def test_a_second_line_that_adds_little_does_not_make_the_answer_long() -> None:
    first = "　若葉の会は、産業の振興のため、県と市町村と事業者が集まり、長い話し合いを重ねた末に、平成22年に駅前の会館で設けられた集まりであり、今も駅前にある。\n"
    second = "　若葉の会の会館は、県と市町村と事業者の話し合いの場として、産業の振興のため、長く使われてきた建物であり、今もその役目を持ち続けている。\n"
    claims = ask(
        "産業の振興のために県と市町村が設けた、建物を役目に使う集まりは何という名前ですか？", first + second
    ).claims
    assert len(claims) == 1
