"""Every door gets the same checked answer, whether it waits for the whole or reads it as it comes."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import cast

import pytest

from assistant.answer import Answer, Claim, Delta, Draft, EvidenceFound, Finished, Turn
from assistant.candidates import Candidate
from assistant.chain import AnswerChain, ChainSettings, Drafter, checked, make_idf
from assistant.question import Question
from assistant.reader import BuiltInReader
from assistant.transliterate import KatakanaWords
from index.retriever import HybridRetriever, Passage
from index.terms import index_terms

from .pages import ALL, SmallLibrary, frequencies, idf_of

LIBRARY = SmallLibrary(ALL)
QUESTIONS = [
    "あおば産業協議会はいつ設立されましたか？",
    "あおば産業協議会はいつ設立され、会員数はいくつですか？",
    "平成20年度と平成22年度の予算額の差はいくらですか？",
    "福島鉄道の運賃はいくらですか？",
]


class WordSearch:
    """Ranks the chunks by how many words they share with the query."""

    def search(self, query: str, k: int, _document_ids: Sequence[str] | None = None) -> list[Passage]:
        asked = set(index_terms(query, query=True))
        shared = {p.chunk_id: len(asked & set(index_terms(p.text))) for p in LIBRARY.passages()}
        return sorted(LIBRARY.passages(), key=lambda p: (-shared[p.chunk_id], p.chunk_id))[:k]


class Invents:
    """Says what stands in the evidence, and then what does not."""

    name = "invents"

    def __init__(self, *texts: str) -> None:
        self.texts = texts

    def draft(self, _question: Question, candidates: Sequence[Candidate]) -> Generator[Claim, None, Draft]:
        evidence = (next(c for c in candidates if "３２８" in c.quote).evidence(),)
        draft = Draft(tuple(Claim(t, evidence) for t in self.texts), reader=self.name)
        yield from draft.claims
        return draft


def chain(drafter: Drafter | None = None, settings: ChainSettings | None = None) -> AnswerChain:
    words = KatakanaWords(frequencies(ALL))
    search = cast(HybridRetriever, WordSearch())
    return AnswerChain(
        LIBRARY.as_library(), search, drafter or BuiltInReader(), idf_of(ALL), words, "generation-1", settings
    )


def timeless(answer: Answer) -> Answer:
    return replace(answer, id="", timings_ms={})


@pytest.mark.parametrize("question", QUESTIONS)
def test_one_question_alone_and_the_runnable_give_equal_answers(question: str) -> None:
    opened = chain()
    assert timeless(opened.once(question)) == timeless(opened.invoke(question))


@pytest.mark.parametrize("question", QUESTIONS)
def test_streamed_text_is_the_answer(question: str) -> None:
    first, *deltas, last = chain().stream(question)
    assert isinstance(first, EvidenceFound)
    assert isinstance(last, Finished)
    assert "".join(d.text for d in deltas if isinstance(d, Delta)) == last.answer.answer
    assert timeless(last.answer) == timeless(chain().once(question))


def test_each_citation_quotes_its_page_to_the_letter() -> None:
    answer = chain().once(QUESTIONS[0])
    assert not answer.abstained
    assert "[1]" in answer.answer
    for c in answer.citations:
        assert LIBRARY.page(c.document_id, c.page_number).text[c.start : c.end] == c.quote


def test_claim_that_the_checks_reject_is_dropped_and_named() -> None:
    answer = chain(Invents("会員数は328です。", "会員数は999です。")).once("会員数は？")
    assert "328" in answer.answer
    assert "999" not in answer.answer
    assert answer.checks.supported
    assert answer.checks.dropped == ("999",)
    assert answer.reader == "invents"


def test_rejected_claim_is_not_streamed() -> None:
    _, *deltas, last = chain(Invents("会員数は999です。", "会員数は328です。")).stream("会員数は？")
    text = "".join(d.text for d in deltas if isinstance(d, Delta))
    assert "999" not in text
    assert isinstance(last, Finished)
    assert text == last.answer.answer


def test_answer_without_a_sound_claim_abstains() -> None:
    answer = chain(Invents("会員数は999です。")).once("会員数は？")
    assert answer.abstained
    assert "記載がありません" in answer.answer
    assert answer.checks.dropped == ("999",)


def test_follow_up_is_read_with_the_question_before_it() -> None:
    earlier = Turn("平成21年度の予算額はいくらですか？", "18,340千円です。")
    answer = chain().invoke("では、平成22年度は？", [earlier])
    assert "25,010千円" in answer.answer
    assert answer.question == "では、平成22年度は？"


def test_answer_says_what_was_considered_and_how_long_it_took() -> None:
    answer = chain(settings=ChainSettings(top_k=2)).once(QUESTIONS[0])
    assert len(answer.considered) == 2
    assert answer.index == "generation-1"
    assert set(answer.timings_ms) == {"retrieve", "answer", "verify", "total"}


def test_abstention_is_not_checked_away() -> None:
    draft = Draft((Claim("記載がありません。", ()),), abstained=True)
    assert checked(draft) == (draft, ())


def test_rare_word_weighs_more_and_none_less_than_nothing() -> None:
    idf = make_idf({"県": 100, "灯台": 2}, 100)
    assert idf("灯台") > idf("県") > 0
    assert idf("未知") > idf("灯台")


def test_another_check_decides_what_is_shown() -> None:
    words = KatakanaWords(frequencies(ALL))
    search = cast(HybridRetriever, WordSearch())
    lax = AnswerChain(
        LIBRARY.as_library(), search, Invents("会員数は999です。"), idf_of(ALL), words, "g", None, lambda _: ()
    )
    assert "999" in lax.invoke("会員数はいくつですか？").answer
    assert "999" not in chain(Invents("会員数は999です。")).invoke("会員数はいくつですか？").answer


def test_without_canonical_years_the_question_holds_no_year() -> None:
    lame = chain(settings=ChainSettings(canonical_years=False))
    assert lame.explain(QUESTIONS[2]).trace.query.years == ()
    assert chain().explain(QUESTIONS[2]).trace.query.years == (2008, 2010)
