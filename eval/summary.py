"""Rows of a run → its figures with intervals: by metric, kind, style, document and retrieval leg."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from eval.bootstrap import Estimate, estimate
from eval.ranking import retrieval_scores
from eval.risk import RiskPoint, auroc, risk_coverage
from eval.row import Row
from eval.stage import stages

LEGS = ("lexical", "dense", "fused", "reranked", "read")
BASELINES = ("always_abstain", "passage", "bm25")


class Summary(BaseModel):
    """Figures of a run. A metric without items is left out. Latencies are the only ones that differ between two equal runs."""

    model_config = ConfigDict(frozen=True)

    items: int
    errors: int
    metrics: dict[str, Estimate]
    groups: dict[str, dict[str, Estimate]]  # kind, style, document → name → share of right answers
    retrieval: dict[str, dict[str, Estimate]]
    baselines: dict[str, Estimate]
    auroc: float | None
    auroc_abstain: float | None
    risk: tuple[RiskPoint, ...]
    latency_ms: dict[str, float]
    tokens: dict[str, int] = {}  # input and output of all answers, where a language model tells
    stages: dict[str, int] = {}  # of wrong answers (eval.stage)

    def value(self, name: str) -> float | None:
        """A figure by its path: accuracy, kind.date, retrieval.dense.recall@5, latency.p95; None when there is none."""
        head, _, rest = name.partition(".")
        if head in self.groups and rest:
            found = self.groups[head].get(rest)
        elif head == "retrieval":
            leg, _, metric = rest.partition(".")
            found = self.retrieval.get(leg, {}).get(metric)
        elif head == "latency":
            return self.latency_ms.get(rest)
        elif name == "auroc":
            return self.auroc
        else:
            found = self.metrics.get(name)
        return found.mean if found else None


def metric_values(row: Row) -> dict[str, float]:
    """The figures of one row by metric; one that does not apply is left out.

    Citation precision and groundedness are those of given answers; citation recall counts a wrong abstention as 0.
    """
    found: dict[str, float | None] = {"right": row.right}
    if row.answerable:
        found |= {
            "accuracy": row.right,
            "direct": row.direct or False,
            "cite_precision": None if row.abstained else row.cite_precision or 0.0,
            "cite_recall": row.cite_recall or 0.0,
            "abstain_wrong": row.abstained,
        }
    else:
        found |= {"abstain_right": row.right}
    if row.ungrounded is not None:
        found["grounded"] = not row.ungrounded
    if row.caught is not None:
        found["tampering_caught"] = row.caught
    if row.conflict is not None:
        found["conflict_recall"] = row.conflict
    return {name: float(value) for name, value in found.items() if value is not None}


def summarise(rows: Sequence[Row]) -> Summary:
    """The figures of all rows, whatever their order."""
    rows = sorted(rows, key=lambda r: r.id)
    asked = [r for r in rows if r.is_asked]
    answered = [r for r in asked if not r.abstained and r.confidence is not None]
    confident = [r for r in rows if r.confidence is not None]
    return Summary(
        items=len(rows),
        errors=sum(bool(r.error) for r in rows),
        metrics=_estimates(metric_values(r) for r in asked),
        groups={
            "kind": _shares(asked, lambda r: [r.kind]),
            "style": _shares(asked, lambda r: [r.style]),
            "document": _shares(asked, lambda r: r.documents),
        },
        retrieval={
            leg: _estimates(retrieval_scores(r.ranks[leg]) for r in rows if r.answerable and r.ranks.get(leg))
            for leg in LEGS
            if any(r.ranks.get(leg) for r in rows)
        },
        baselines=_baselines(asked),
        auroc=auroc([(r.confidence or 0.0, r.right) for r in answered]),
        auroc_abstain=auroc([(r.confidence or 0.0, r.answerable) for r in confident]),
        risk=risk_coverage([(r.confidence or 0.0, r.right) for r in answered], len(confident)),
        latency_ms=_latency([r.ms for r in rows if not r.error]),
        tokens={
            kind: sum(r.tokens.get(kind, 0) for r in asked)
            for kind in ("input", "output")
            if any(r.tokens for r in asked)
        },
        stages=stages(asked),
    )


def _estimates(figures: Iterable[dict[str, float] | Any]) -> dict[str, Estimate]:
    columns: dict[str, list[float]] = {}
    for one in figures:
        for name, value in one.items():
            columns.setdefault(name, []).append(value)
    return {name: found for name, values in columns.items() if (found := estimate(values))}


def _shares(rows: Sequence[Row], names: Callable[[Row], Iterable[str]]) -> dict[str, Estimate]:
    columns: dict[str, list[float]] = {}
    for row in rows:
        for name in names(row):
            columns.setdefault(name, []).append(row.right)
    return {name: found for name in sorted(columns) if (found := estimate(columns[name]))}


def _baselines(rows: Sequence[Row]) -> dict[str, Estimate]:
    """Shares of right answers over all items, as `right` of the run: abstaining always, showing the best passage as the answer."""
    columns = {name: [r.baselines[name] for r in rows if name in r.baselines] for name in BASELINES}
    return {name: found for name, values in columns.items() if (found := estimate(values))}


def _latency(values: Sequence[float]) -> dict[str, float]:
    """Percentiles by nearest rank."""
    if not values:
        return {}
    ordered = sorted(values)
    at = {f"p{p}": ordered[max(0, -(-len(ordered) * p // 100) - 1)] for p in (50, 90, 95, 99)}
    return {name: round(value, 1) for name, value in at.items()} | {"max": round(ordered[-1], 1)}
