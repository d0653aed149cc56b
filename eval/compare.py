"""Two runs item by item: paired differences with intervals, and the items that flipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.bootstrap import Difference, paired
from eval.errors import EvalError
from eval.ranking import retrieval_scores
from eval.row import Row
from eval.summary import LEGS, metric_values


@dataclass(frozen=True, slots=True)
class Comparison:
    """`differences` by metric (new minus old); ids of the items that became right and wrong."""

    n: int
    only_old: int
    only_new: int
    differences: dict[str, Difference]
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def compare(old: Sequence[Row], new: Sequence[Row]) -> Comparison:
    """Pairs the rows by id and question. Raises EvalError when the runs have no item in common."""
    before = {(r.id, r.question): r for r in old}
    pairs = [(before[key], r) for r in sorted(new, key=lambda r: r.id) if (key := (r.id, r.question)) in before]
    if not pairs:
        raise EvalError(
            "基準の結果と同じ問いが一つもありません。同じ問いの集まりで作った結果を --baseline に指定してください。"
        )
    columns: dict[str, tuple[list[float], list[float]]] = {}
    for one, other in pairs:
        left, right = _figures(one), _figures(other)
        for name in (n for n in right if n in left):
            first, second = columns.setdefault(name, ([], []))
            first.append(left[name])
            second.append(right[name])
    return Comparison(
        n=len(pairs),
        only_old=len(old) - len(pairs),
        only_new=len(new) - len(pairs),
        differences={name: found for name, (a, b) in columns.items() if (found := paired(a, b))},
        gained=tuple(b.id for a, b in pairs if b.right and not a.right),
        lost=tuple(b.id for a, b in pairs if a.right and not b.right),
    )


def _figures(row: Row) -> dict[str, float]:
    found = metric_values(row) if row.is_asked else {}
    for leg in LEGS:
        if row.answerable and row.ranks.get(leg):
            found |= {f"retrieval.{leg}.{name}": v for name, v in retrieval_scores(row.ranks[leg]).items()}
    return found
