"""Compares the best units with the question by meaning: a paraphrase shares few words with the line that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.question import Question
from assistant.scoring import rank
from index.similarity import Similarity

DEPTH = 12  # units that are embedded for one question
_ENGLISH_DEPTH = 24  # the same for an English question, whose words reach less far
_CLEAR = 0.75  # coverage from which on words alone tell
_MAX_CHARS = 160


def with_meaning(question: Question, candidates: Sequence[Candidate], similarity: Similarity) -> list[Candidate]:
    """The candidates, each with its similarity: measured for those that words rank first, the least of these for the others.

    Unchanged when the first already holds nearly all that was asked.
    """
    ranked = rank(question, candidates)[: _ENGLISH_DEPTH if question.english else DEPTH]
    if not ranked or (ranked[0].coverage >= _CLEAR and not question.english):
        return list(candidates)
    texts = [_for_comparing(s.candidate) for s in ranked]
    scores = similarity.scores(question.search_text, texts).tolist()
    found = {s.candidate.place: score for s, score in zip(ranked, scores, strict=True)}
    least = min(scores)
    return [replace(c, similarity=found.get(c.place, least)) for c in candidates]


def _for_comparing(candidate: Candidate) -> str:
    """The unit under its heading, without which a bullet or a row says little."""
    unit = candidate.unit
    head = f"{unit.headings[-1]}：" if unit.headings and unit.kind != "heading" else ""
    return f"{head}{unit.text[:_MAX_CHARS]}"
