"""The main path of search: query → BM25 and vectors → fusion → maybe a reranker → passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from corpus.chunk import chunk_context
from index.embedder import Embedder
from index.fusion import RRF_K, Ranking, combine, fuse, stretch
from index.generation import Generation
from index.ledger import DocumentRow
from index.library import Library
from index.reranker import Reranker
from index.terms import index_terms


@dataclass(frozen=True, slots=True)
class RetrieverSettings:
    """Depth of each leg before fusion; how the legs are fused: by their scores with `weights`, or by their ranks (RRF).

    Scores find the right page first more often than ranks do (benchmarks/jaquad_retrieval.py), because they keep by how much
    the best passage is better. `candidates` is the largest k of the API: a longer list begins like a shorter one.
    `lexical` and `dense` switch a leg off, `canonical_years` the finding of 平成10年 by 1998年: to measure what each is worth.
    """

    candidates: int = 100
    fusion: Literal["scores", "ranks"] = "scores"
    weights: dict[str, float] = field(default_factory=lambda: {"lexical": 1.0, "dense": 0.35})
    rrf_k: int = RRF_K
    rerank_depth: int = 30
    lexical: bool = True
    dense: bool = True
    canonical_years: bool = True


@dataclass(frozen=True, slots=True)
class Passage:
    """A hit with its text: `page_text[start:end]`. `ranks` holds its rank (from 1) in each leg that found it."""

    chunk_id: str
    document: DocumentRow
    page_number: int
    page_label: str
    start: int
    end: int
    text: str
    score: float
    ranks: dict[str, int]


class HybridRetriever:
    """Finds passages by words and by meaning. Same query and index, same ranking: ties fall to the smaller chunk id."""

    def __init__(
        self,
        generation: Generation,
        library: Library,
        embedder: Embedder,
        reranker: Reranker | None = None,
        settings: RetrieverSettings | None = None,
    ) -> None:
        self._generation = generation
        self._library = library
        self._embedder = embedder
        self._reranker = reranker
        self.settings = settings or RetrieverSettings()

    def search(self, query: str, k: int, document_ids: Sequence[str] | None = None) -> list[Passage]:
        """The best `k` passages for a query, best first, from `document_ids` only when given (unknown ids raise UnknownDocument)."""
        self._library.require(document_ids)
        if not query.strip() or k <= 0:
            return []
        depth = max(self.settings.candidates, k)
        legs = self.legs(query, depth, document_ids)
        fused = self._fuse(legs)
        ranks = {leg: {one: n for n, (one, _) in enumerate(ranking, 1)} for leg, ranking in legs.items()}
        passages = [
            self._passage(one, score, {leg: found[one] for leg, found in ranks.items() if one in found})
            for one, score in fused[: max(k, self.settings.rerank_depth if self._reranker else 0)]
        ]
        if self._reranker and passages:
            passages = self._rerank(query, passages)
        return passages[:k]

    def legs(self, query: str, depth: int, document_ids: Sequence[str] | None = None) -> dict[str, Ranking]:
        """The best `depth` chunks of each leg before fusion, (chunk id, score), best first, ties by id; none of one that is off."""
        return {
            "lexical": self._lexical(query, depth, document_ids) if self.settings.lexical else [],
            "dense": self._dense(query, depth, document_ids) if self.settings.dense else [],
        }

    def _lexical(self, query: str, depth: int, document_ids: Sequence[str] | None) -> Ranking:
        chunks = self._library.chunks
        allowed = None
        if document_ids is not None:
            wanted = set(document_ids)
            allowed = np.array([c.document_id in wanted for c in chunks], dtype=np.bool_)
        terms = index_terms(query, query=True)
        if not self.settings.canonical_years:
            terms = tuple(t for t in terms if not t.startswith("@"))
        hits = self._generation.lexical.rank(terms, depth, allowed)
        return [(chunks[row].id, score) for row, score in hits]

    def _dense(self, query: str, depth: int, document_ids: Sequence[str] | None) -> Ranking:
        vector = self._embedder.encode_queries([query])[0]
        found = self._generation.vectors.rank(vector, min(depth, len(self._library.chunks)), document_ids)
        return [(one, score) for one, score in found if one in self._library.rows]

    def _fuse(self, legs: dict[str, Ranking]) -> list[tuple[str, float]]:
        if self.settings.fusion == "ranks":
            return fuse({leg: [one for one, _ in ranking] for leg, ranking in legs.items()}, {}, self.settings.rrf_k)
        # BM25 comes as a share of its best; the range of a model's cosines is known from the ranking only
        return combine({"lexical": legs["lexical"], "dense": stretch(legs["dense"])}, self.settings.weights)

    def _passage(self, chunk_id: str, score: float, ranks: dict[str, int]) -> Passage:
        chunk = self._library.chunks[self._library.rows[chunk_id]]
        page = self._library.page(chunk.document_id, chunk.page_number)
        return Passage(
            chunk_id,
            self._library.documents[chunk.document_id],
            chunk.page_number,
            page.label,
            chunk.start,
            chunk.end,
            page.text[chunk.start : chunk.end],
            score,
            ranks,
        )

    def _rerank(self, query: str, passages: list[Passage]) -> list[Passage]:
        assert self._reranker is not None
        texts = [chunk_context(p.document.title, (), p.text) for p in passages]
        scores = self._reranker.score(query, texts)
        order = sorted(range(len(passages)), key=lambda i: (-scores[i], passages[i].chunk_id))
        return [
            Passage(
                **{f: getattr(passages[i], f) for f in Passage.__slots__ if f not in ("score", "ranks")},
                score=float(scores[i]),
                ranks=passages[i].ranks | {"rerank": n},
            )
            for n, i in enumerate(order, 1)
        ]
