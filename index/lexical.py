"""BM25 over index terms (bm25s), persisted with its vocabulary."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

# A chunk is a few sentences: that a word occurs says nearly all, how often says little (benchmarks/jaquad_retrieval.py:
# k1 = 1.2, b = .75 lose 4 points of R@1 after fusion).
_K1, _B = 0.2, 0.5


class LexicalIndex:
    """Ranks texts by BM25 (Lucene's variant: idf is never negative)."""

    def __init__(self, bm25: bm25s.BM25, document_frequency: dict[str, int], size: int) -> None:
        self._bm25 = bm25
        self.document_frequency = document_frequency
        self.size = size

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> LexicalIndex:
        """An index over the terms of each text; a text may have none."""
        bm25 = bm25s.BM25(method="lucene", k1=_K1, b=_B)
        # bm25s cannot index a corpus without any term
        corpus = [list(t) or [""] for t in texts] or [[""]]
        bm25.index(corpus, show_progress=False)
        frequency = Counter(term for terms in texts for term in set(terms))
        return cls(bm25, dict(frequency), len(texts))

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._bm25.save(str(folder / "bm25"), show_progress=False)
        (folder / "terms.json").write_text(
            json.dumps({"size": self.size, "df": self.document_frequency}, ensure_ascii=False), encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Raises OSError or ValueError when the folder is not a saved index."""
        bm25 = bm25s.BM25.load(str(folder / "bm25"), mmap=True, show_progress=False)
        terms = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        return cls(bm25, terms["df"], terms["size"])

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """BM25 score of every text as a share of the best that a text could have, (n_texts,) in [0, 1]; 0 where no term occurs."""
        known = [t for t in terms if t in self.document_frequency]
        if not known or not self.size:
            return np.zeros(self.size, np.float32)
        best = sum(self._idf(t) for t in known)
        return np.asarray(self._bm25.get_scores(known), np.float32)[: self.size] / np.float32(best)

    def _idf(self, term: str) -> float:
        """Lucene's; also the limit of the term's score in a text, since the factor of its count stays below 1."""
        frequency = self.document_frequency[term]
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def rank(
        self, terms: Sequence[str], depth: int, allowed: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """(row, score) of the best `depth` texts, best first, ties by row; texts without any of the terms never appear."""
        scores = self.scores(terms)
        if allowed is not None:
            scores = np.where(allowed, scores, 0)
        rows = np.flatnonzero(scores > 0)
        if len(rows) > depth > 0:  # sorting a million scores takes a tenth of a second
            rows = rows[scores[rows] >= np.partition(scores[rows], -depth)[-depth]]
        rows = rows[np.lexsort((rows, -scores[rows]))][:depth]
        return [(int(r), float(scores[r])) for r in rows]
