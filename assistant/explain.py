"""Why an answer is as it is: what was searched and found where, how the units scored, what the checks dropped, what decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property

from assistant.abstention import Thresholds, sureness_of
from assistant.answer import Answer, Claim, Draft, Evidence
from assistant.candidates import Candidate
from assistant.checks import unsupported
from assistant.question import Question
from assistant.scoring import Scored, Weights, rank, score
from index.retriever import Passage

UNITS = 20  # units of a trace: an answer stands on the first few


@dataclass(frozen=True, slots=True)
class TermForm:
    """A word of the question: `others` stand for it nearly as well; `weight` is its idf, less for what a question leans on less."""

    main: str
    others: tuple[str, ...]
    weight: float
    is_name: bool


@dataclass(frozen=True, slots=True)
class QueryForms:
    """What the question became. `context` holds earlier words that it leans on, `searched` every query that went to the index."""

    asked: str
    context: str
    understood: str
    searched: tuple[str, ...]
    kind: str
    terms: tuple[TermForm, ...]
    years: tuple[int, ...]
    unit: str
    count: int | None
    names: tuple[str, ...]
    focus: tuple[str, ...]
    english: bool
    calculates: bool
    compares: bool


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage at its final rank (from 1); `ranks` are those of the legs that found it and, where one reads, the reranker's."""

    rank: int
    document_id: str
    page: str
    start: int
    end: int
    text: str
    score: float
    ranks: dict[str, int]


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit at its rank. `coverage` and `parts` add up to `score`; `held` tells how far each word of the question was found."""

    rank: int
    document_id: str
    page: str
    start: int
    end: int
    kind: str
    text: str
    score: float
    coverage: float
    parts: dict[str, float]
    held: dict[str, float]


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A sentence of the draft with the pages it names; `missing` is what these lack, for which it was dropped."""

    text: str
    pages: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Was it answered? `best_coverage` is the best unit's share of the question's meaning, `best_sureness` the probability that it
    holds what was asked, `thresholds` what abstention asks for.
    """

    abstained: bool
    reader: str
    confidence: float
    best_coverage: float
    best_sureness: float
    thresholds: dict[str, float]
    drafter_dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """One answer laid open. Passages and units best first, at most UNITS units of the `units_read`."""

    query: QueryForms
    passages: tuple[FoundPassage, ...]
    pages_read: tuple[tuple[str, str], ...]
    units_read: int
    units: tuple[ReadUnit, ...]
    checks: tuple[CheckedClaim, ...]
    decision: Decision

    @property
    def legs(self) -> frozenset[str]:
        """The legs that found a passage."""
        return frozenset(leg for p in self.passages for leg in p.ranks)


class Explained:
    """An answer and how it came about; the trace is made when it is first read."""

    def __init__(self, answer: Answer, make: Callable[[], Trace]) -> None:
        self.answer = answer
        self._make = make

    @cached_property
    def trace(self) -> Trace:
        return self._make()


def make_trace(
    asked: str,
    context: str,
    question: Question,
    searched: Sequence[str],
    passages: Sequence[Passage],
    candidates: Sequence[Candidate],
    draft: Draft,
    kept: Sequence[Claim],
    abstained: bool,
) -> Trace:
    """The trace of what the chain worked out; `kept` are the claims that are shown, `abstained` tells the final answer."""
    ranked = rank(question, candidates)
    return Trace(
        query=_forms(asked, context, question, searched),
        passages=tuple(_found(n, p) for n, p in enumerate(passages, 1)),
        pages_read=tuple(dict.fromkeys((c.document.id, c.page.label) for c in candidates)),
        units_read=len(candidates),
        units=tuple(_read(n, question, s) for n, s in enumerate(ranked[:UNITS], 1)),
        checks=tuple(_checked(c, kept) for c in draft.claims),
        decision=Decision(
            abstained=abstained,
            reader=draft.reader,
            confidence=round(draft.confidence, 4),
            best_coverage=round(max((s.coverage for s in ranked), default=0.0), 4),
            best_sureness=round(sureness_of(question, ranked[:1]), 4) if ranked else 0.0,
            thresholds=asdict(Thresholds()),
            drafter_dropped=draft.dropped,
        ),
    )


def _forms(asked: str, context: str, question: Question, searched: Sequence[str]) -> QueryForms:
    return QueryForms(
        asked=asked,
        context=context,
        understood=question.text,
        searched=tuple(searched),
        kind=question.kind,
        terms=tuple(TermForm(t.main, tuple(sorted(t.others)), round(t.weight, 3), t.is_name) for t in question.terms),
        years=question.years,
        unit=question.unit,
        count=question.count,
        names=question.names,
        focus=question.focus,
        english=question.english,
        calculates=question.calculates,
        compares=question.compares,
    )


def _found(n: int, p: Passage) -> FoundPassage:
    return FoundPassage(n, p.document.id, p.page_label, p.start, p.end, p.text, round(p.score, 6), p.ranks)


def _read(n: int, question: Question, scored: Scored) -> ReadUnit:
    candidate = scored.candidate
    return ReadUnit(
        rank=n,
        document_id=candidate.document.id,
        page=candidate.page.label,
        start=candidate.unit.start,
        end=candidate.unit.end,
        kind=candidate.unit.kind,
        text=candidate.unit.text,
        score=round(scored.score, 4),
        coverage=round(scored.coverage, 4),
        parts=score_parts(question, candidate),
        held={t.main: round(m, 3) for t, m in zip(question.terms, scored.matches, strict=True) if m},
    )


def score_parts(question: Question, candidate: Candidate) -> dict[str, float]:
    """What each sign adds to a unit's coverage, by its name in Weights: the score falls by so much when its weight is 0.

    `other` is what no single weight tells.
    """
    weights = Weights()
    whole = score(question, candidate, weights)
    parts = {
        f.name: round(whole.score - score(question, candidate, replace(weights, **{f.name: 0.0})).score, 4)
        for f in fields(Weights)
    }
    parts["other"] = round(whole.score - whole.coverage - sum(parts.values()), 3)
    return {name: part for name, part in parts.items() if part}


def _checked(claim: Claim, kept: Sequence[Claim]) -> CheckedClaim:
    is_kept = any(claim is k for k in kept)
    return CheckedClaim(claim.text, _pages(claim.evidence), () if is_kept else unsupported(claim), is_kept)


def _pages(evidence: Sequence[Evidence]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((e.document_id, e.page_label) for e in evidence))
