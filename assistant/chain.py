"""The main path: question → self-contained question → evidence → draft → checked, cited answer."""

from __future__ import annotations

import math
import time
import uuid
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Protocol

from assistant.answer import Answer, Checks, Claim, Delta, Draft, Event, Evidence, EvidenceFound, Finished, Turn
from assistant.candidates import Candidate, CandidateSource
from assistant.checks import unsupported
from assistant.citations import Numbering, cite_conflicts, cited_text
from assistant.conversation import context_of, topic_of
from assistant.explain import Explained, make_trace
from assistant.inherited import hinted, in_context
from assistant.meaning import with_meaning
from assistant.parts import parts_of
from assistant.phrases import with_phrases
from assistant.question import Question, analyse
from assistant.reader import nothing_found
from assistant.respelling import respelt
from assistant.transliterate import KatakanaWords
from index.library import Library
from index.retriever import HybridRetriever, Passage
from index.similarity import Similarity

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable


Check = Callable[[Claim], tuple[str, ...]]  # what the claim's evidence lacks, as it stands in the claim


class Drafter(Protocol):
    """Writes a draft from evidence. `name` is shown to the user."""

    name: str

    def draft(self, question: Question, candidates: Sequence[Candidate]) -> Generator[Claim, None, Draft]:
        """Yields claims as they are ready, each naming its evidence; returns the whole draft with these same claims.

        Abstains when the evidence does not hold the answer.
        """


@dataclass(frozen=True, slots=True)
class State:
    """What the chain has worked out so far."""

    asked: str
    history: tuple[Turn, ...] = ()
    document_ids: tuple[str, ...] | None = None
    spelt: str = ""  # the question as the pages spell it, where it is misspelt
    context: str = ""
    topic: str = ""
    question: Question | None = None
    searched: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    draft: Draft | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChainSettings:
    """Passages that are searched and pages whose units are read.

    `canonical_years`: 平成10年 and 1998年 are the same year for the reader; off only to see that the evaluation notices.
    """

    top_k: int = 16
    max_pages: int = 10
    canonical_years: bool = True


class AnswerChain:
    """Answers from one generation of the index; a new generation gets a new chain."""

    def __init__(
        self,
        library: Library,
        retriever: HybridRetriever,
        drafter: Drafter,
        idf: Callable[[str], float],
        katakana: KatakanaWords,
        index_name: str,
        settings: ChainSettings | None = None,
        check: Check = unsupported,
        similarity: Similarity | None = None,
    ) -> None:
        """`check` decides which claims are shown; another one is for measuring what the checks are worth.

        Without `similarity` words alone tell which unit answers.
        """
        self._source = CandidateSource(library)
        self._retriever = retriever
        self._drafter = drafter
        self._idf = idf
        self._katakana = katakana
        self._index_name = index_name
        self._settings = settings or ChainSettings()
        self._similarity = similarity
        self._check = check

    @cached_property
    def runnable(self) -> Runnable[State, Answer]:
        """The chain as LangChain runs it (callbacks, tracing, composition): question → evidence → draft → checked answer."""
        # Half of the second that langchain_core takes to import is its tracer; `tenkyo ask` runs the same steps without it.
        from langchain_core.runnables import RunnableLambda

        return (
            RunnableLambda(self._understand)
            | RunnableLambda(self._retrieve)
            | RunnableLambda(self._draft)
            | RunnableLambda(self._verify)
        )

    def invoke(self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None) -> Answer:
        """The checked answer. Raises UnknownDocument for an id that is not indexed."""
        return self.runnable.invoke(_asked(question, history, document_ids))

    def once(self, question: str) -> Answer:
        """The same steps one after the other, for a process that asks one question."""
        return self._verify(self._draft(self._retrieve(self._understand(_asked(question, (), None)))))

    def explain(
        self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None
    ) -> Explained:
        """The same answer with how it came about."""
        state = self._draft(self._retrieve(self._understand(_asked(question, history, document_ids))))
        answer = self._verify(state)
        understood, draft = state.question, state.draft
        assert understood is not None
        assert draft is not None
        return Explained(
            answer,
            lambda: make_trace(
                asked=question,
                context=state.context,
                question=understood,
                searched=state.searched,
                passages=state.passages,
                candidates=state.candidates,
                draft=draft,
                kept=checked(draft, self._check)[0].claims,
                abstained=answer.abstained,
            ),
        )

    def stream(
        self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None
    ) -> Iterator[Event]:
        """EvidenceFound, then the checked text sentence by sentence, then Finished."""
        state = _asked(question, history, document_ids)
        state = self._retrieve(self._understand(state))
        assert state.question is not None
        yield EvidenceFound(tuple(c.evidence() for c in state.candidates[: self._settings.top_k]))
        begun = time.perf_counter()
        drafting = self._drafter.draft(state.question, state.candidates)
        numbering = Numbering()
        shown = ""
        while True:
            try:
                claim = next(drafting)
            except StopIteration as end:
                draft: Draft = end.value
                break
            if not self._check(claim):
                piece = cited_text(claim, numbering)
                shown += piece
                yield Delta(piece)
        answer = self._verify(replace(state, draft=draft, timings_ms=_timed(state, "answer", begun)))
        if answer.answer.startswith(shown) and len(answer.answer) > len(shown):
            yield Delta(answer.answer[len(shown) :])
        yield Finished(answer)

    def _understand(self, state: State) -> State:
        context, text = context_of(state.spelt or state.asked, state.history)
        question = analyse(text, self._idf, self._katakana)
        if context:
            question = in_context(question, analyse(context, self._idf, self._katakana))
        elif topic := topic_of(text, state.history):
            question = hinted(question, analyse(topic, self._idf, self._katakana))
            state = replace(state, topic=topic)
        if not self._settings.canonical_years:
            question = replace(question, dates=(), terms=tuple(t for t in question.terms if not t.main.startswith("@")))
        return replace(state, context=context, question=question, timings_ms={"begun": time.perf_counter()})

    def _retrieve(self, state: State) -> State:
        """Evidence for the question; a misspelt one is read again as the pages spell it."""
        begun = time.perf_counter()
        state = self._gathered(state)
        assert state.question is not None
        if not state.question.english:
            spelt = respelt(state.asked, self._idf, state.candidates)
            if spelt != state.asked:
                state = self._gathered(self._understand(replace(state, spelt=spelt)))
        assert state.question is not None
        question = with_phrases(state.question, state.candidates)
        candidates: Sequence[Candidate] = state.candidates
        if self._similarity:
            candidates = with_meaning(question, candidates, self._similarity)
        return replace(
            state, question=question, candidates=tuple(candidates), timings_ms=_timed(state, "retrieve", begun)
        )

    def _gathered(self, state: State) -> State:
        """With what is searched, the passages that were found and the units of their pages."""
        assert state.question is not None
        searched = _queries(state.question)
        if state.topic:
            searched = (*searched, f"{state.topic} {state.question.search_text}")
        passages = self._search(searched, state.document_ids)
        candidates = self._source.gather(passages, self._settings.max_pages)
        return replace(state, searched=searched, passages=tuple(passages), candidates=tuple(candidates))

    def _search(self, queries: Sequence[str], document_ids: tuple[str, ...] | None) -> list[Passage]:
        """The passages of the first query; each other one adds its best, half as many."""
        found = self._retriever.search(queries[0], self._settings.top_k, document_ids)
        if len(queries) == 1:
            return found
        others = (self._retriever.search(q, self._settings.top_k // 2, document_ids) for q in queries[1:])
        legs = [found, *others]
        merged = {p.chunk_id: p for row in zip_longest(*legs) for p in row if p is not None}
        return list(merged.values())

    def _draft(self, state: State) -> State:
        begun = time.perf_counter()
        assert state.question is not None
        draft = drafted(self._drafter.draft(state.question, state.candidates))
        return replace(state, draft=draft, timings_ms=_timed(state, "answer", begun))

    def _verify(self, state: State) -> Answer:
        begun = time.perf_counter()
        assert state.question is not None
        assert state.draft is not None
        draft, dropped = checked(state.draft, self._check)
        if not draft.claims:
            draft = nothing_found(state.question, state.candidates[:2])
        numbering = Numbering()
        text = "".join(cited_text(claim, numbering) for claim in draft.claims)
        conflicts = cite_conflicts(draft.conflicts, numbering)
        timings = _timed(state, "verify", begun)
        timings["total"] = round((time.perf_counter() - timings.pop("begun")) * 1000, 2)
        return Answer(
            id=uuid.uuid4().hex,
            question=state.asked,
            answer=text,
            abstained=draft.abstained,
            citations=numbering.citations(),
            conflicts=conflicts,
            checks=Checks(True, (), (*draft.dropped, *dropped)),
            reader=draft.reader,
            timings_ms=timings,
            index=self._index_name,
            considered=_considered(state),
            usage=state.draft.usage,
        )


def _asked(question: str, history: Sequence[Turn], document_ids: Sequence[str] | None) -> State:
    return State(question, tuple(history), tuple(document_ids) if document_ids is not None else None)


def _queries(question: Question) -> tuple[str, ...]:
    """What is searched for: the whole question, and each part, led by the question's names, where it asks two things."""
    parts = parts_of(question)
    if len(parts) == 1:
        return (question.search_text,)
    names = " ".join(t.main for t in question.terms if t.is_name and not t.main.startswith("@"))
    return (question.search_text, *(f"{names} {p.search_text}" for p in parts))


def _considered(state: State) -> tuple[Evidence, ...]:
    """The passages that were found, as evidence, best first."""
    return tuple(
        Evidence(
            p.document.id,
            p.document.title,
            p.document.published,
            p.page_label,
            p.page_number,
            p.document.locator,
            p.document.note,
            p.start,
            p.end,
            p.text,
            p.text,
            p.document.title,
            p.score,
        )
        for p in state.passages
    )


def _timed(state: State, name: str, begun: float) -> dict[str, float]:
    return {**state.timings_ms, name: round((time.perf_counter() - begun) * 1000, 2)}


def checked(draft: Draft, check: Check = unsupported) -> tuple[Draft, tuple[str, ...]]:
    """The draft without the claims that its evidence does not hold, and what was found in those."""
    if draft.abstained:
        return draft, ()
    kept: list[Claim] = []
    dropped: list[str] = []
    for claim in draft.claims:
        missing = check(claim)
        if missing:
            dropped.extend(missing)
        else:
            kept.append(claim)
    return replace(draft, claims=tuple(kept)), tuple(dict.fromkeys(dropped))


def drafted(drafting: Generator[Claim, None, Draft]) -> Draft:
    """The whole draft at once."""
    while True:
        try:
            next(drafting)
        except StopIteration as end:
            draft: Draft = end.value
            return draft


def make_idf(document_frequency: dict[str, int], size: int) -> Callable[[str], float]:
    """BM25's idf over chunks, ln(1 + (N − n + .5) / (n + .5)); never negative (Lucene's variant)."""

    def idf(term: str) -> float:
        count = document_frequency.get(term, 0)
        return math.log(1 + (size - count + 0.5) / (count + 0.5))

    return idf
