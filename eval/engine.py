"""What is evaluated, behind one Protocol, and the service in this process as such."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer, Claim, Draft, Turn
from assistant.candidates import Candidate
from assistant.chain import Drafter, make_idf
from assistant.checks import unsupported
from assistant.compose import LiveService, Tuning, ingest_plan, make_drafter, make_embedder, make_reranker
from assistant.conversation import context_of
from assistant.explain import Trace
from assistant.inherited import in_context
from assistant.question import Question, analyse
from assistant.settings import Settings
from assistant.transliterate import KatakanaWords
from eval.ranking import Place
from eval.tamper import is_caught
from index.embedder import Embedder
from index.generation import Generation, Stamp, current_name, open_current
from index.library import Library
from index.retriever import HybridRetriever

DEPTH = 100  # chunks of a ranking: enough for ten pages


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for the question found: the query, each leg's pages best first, and its best passage's place and text."""

    search_text: str
    legs: dict[str, tuple[Place, ...]]
    best: dict[str, tuple[Place, str]]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with what only this process knows; None over HTTP.

    Confidence, values that code computed, pages in the order they were read, whether the checks caught a figure that was changed;
    `trace` tells how the answer came about, None where a server does not.
    """

    answer: Answer
    confidence: float | None
    computed: tuple[Decimal, ...] | None
    considered: tuple[Place, ...] | None
    caught: bool | None
    trace: Callable[[], Trace | None] = lambda: None


class Engine(Protocol):
    """Asks and searches. Every method may raise a TenkyoError or an EvalError."""

    facts: dict[str, str]

    def ask(self, question: str, history: Sequence[Turn]) -> Answered: ...

    def find(self, question: str, history: Sequence[Turn]) -> Found: ...

    def page_text(self, document_id: str, label: str) -> str:
        """Raises UnknownDocument."""

    def close(self) -> None: ...


class LastQueries:
    """An embedder that keeps the vectors of the last queries: the legs of a question that was just asked cost no model run."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.dim = embedder.dim
        self.fingerprint = embedder.fingerprint
        self._one = lru_cache(maxsize=16)(lambda text: self._embedder.encode_queries([text])[0])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._one(text) for text in texts]) if texts else self._embedder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embedder.encode_passages(texts)


class RecordingDrafter:
    """A drafter that remembers its last draft: confidence and computed values do not travel in an answer."""

    def __init__(self, drafter: Drafter) -> None:
        self._drafter = drafter
        self.name = drafter.name
        self.last: Draft | None = None

    def draft(self, question: Question, candidates: Sequence[Candidate]) -> Generator[Claim, None, Draft]:
        self.last = None
        self.last = yield from self._drafter.draft(question, candidates)
        return self.last


class LocalEngine:
    """The service of this process on the index of the settings, with the legs of its retriever laid open."""

    def __init__(
        self,
        settings: Settings,
        generation: Generation,
        embedder: Embedder,
        tuning: Tuning | None = None,
        drafter: Drafter | None = None,
    ) -> None:
        """Serves `generation`; `drafter` takes the place of the configured one.

        Raises IndexStale and what the configured models raise.
        """
        self._tuning = tuning = tuning or Tuning()
        cached = LastQueries(embedder)
        plan = ingest_plan(settings, tuning.chunk_tokens)
        reranker = make_reranker(settings)
        self._drafter = RecordingDrafter(drafter or make_drafter(settings))
        expected = Stamp.of("", plan.max_tokens, embedder.fingerprint, plan.store)
        self._service = LiveService(settings.home, generation, cached, reranker, self._drafter, expected, tuning)
        self._library = Library(generation.ledger)
        self._fused = HybridRetriever(generation, self._library, cached, None, tuning.retriever)
        self._reranked = (
            HybridRetriever(generation, self._library, cached, reranker, tuning.retriever) if reranker else None
        )
        self._idf = make_idf(generation.lexical.document_frequency, generation.lexical.size)
        self._katakana = KatakanaWords(generation.lexical.document_frequency)
        stamp = generation.stamp
        self.facts = {
            "reader": self._drafter.name,
            "documents": stamp.documents,
            "chunking": stamp.chunking,
            "terms": stamp.terms,
            "dictionary": stamp.dictionary,
            "embedding": stamp.embedding,
            "store": stamp.store,
            "retriever": repr(tuning.retriever),
            "chain": repr(tuning.chain),
            "checks": "on" if tuning.check is unsupported else "off",
        }

    def ask(self, question: str, history: Sequence[Turn]) -> Answered:
        explained = self._service.explain(question, history)
        answer = explained.answer
        draft = self._drafter.last
        computed = tuple(v for claim in draft.claims for v in claim.computed) if draft else ()
        confidence = draft.confidence if draft and not answer.abstained else 0.0
        considered = tuple((e.document_id, e.page_label) for e in answer.considered)
        caught = is_caught(draft, self._tuning.check) if draft else None
        return Answered(answer, confidence, computed, considered, caught, lambda: explained.trace)

    def find(self, question: str, history: Sequence[Turn]) -> Found:
        query = self._search_text(question, history)
        legs = {leg: [one for one, _ in ranking] for leg, ranking in self._fused.legs(query, DEPTH).items()}
        places = {leg: tuple(map(self._place, ranking)) for leg, ranking in legs.items()}
        fused = self._fused.search(query, DEPTH)
        places["fused"] = tuple((p.document.id, p.page_label) for p in fused)
        if self._reranked:
            places["reranked"] = tuple((p.document.id, p.page_label) for p in self._reranked.search(query, DEPTH))
        best = {"passage": ((fused[0].document.id, fused[0].page_label), fused[0].text)} if fused else {}
        if legs["lexical"]:
            best["bm25"] = (places["lexical"][0], self._text(legs["lexical"][0]))
        return Found(query, places, best)

    def _search_text(self, question: str, history: Sequence[Turn]) -> str:
        """What the chain searches for: AnswerChain._understand on the same question."""
        context, text = context_of(question, history)
        understood = analyse(text, self._idf, self._katakana)
        if context:
            understood = in_context(understood, analyse(context, self._idf, self._katakana))
        return understood.search_text

    def _place(self, chunk_id: str) -> Place:
        chunk = self._library.chunks[self._library.rows[chunk_id]]
        return chunk.document_id, self._library.page(chunk.document_id, chunk.page_number).label

    def _text(self, chunk_id: str) -> str:
        chunk = self._library.chunks[self._library.rows[chunk_id]]
        return self._library.page(chunk.document_id, chunk.page_number).text[chunk.start : chunk.end]

    def page_text(self, document_id: str, label: str) -> str:
        return self._library.view(document_id, label).page.text

    def close(self) -> None:
        self._service.close()


def open_local(
    settings: Settings,
    embedder: Embedder | None = None,
    tuning: Tuning | None = None,
    drafter: Drafter | None = None,
) -> LocalEngine:
    """Raises IndexMissing, IndexBroken, IndexStale, EmbeddingModelError."""
    if current_name(settings.home) is None:
        open_current(settings.home)  # says what to do
    embedder = embedder or make_embedder(settings)
    return LocalEngine(settings, open_current(settings.home), embedder, tuning, drafter)
