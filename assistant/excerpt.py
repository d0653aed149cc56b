"""The part of a long unit that answers: whole clauses around the words and names that matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Question
from corpus.fold import key
from corpus.tokenizer import tokenize

_CLAUSE = re.compile(r"[^、，]*[、，]?")
_NAMED = re.compile(r"「[^」]{2,40}」")


def excerpt(question: Question, text: str, limit: int, keep: tuple[int, int] | None = None) -> str:
    """At most `limit` characters (… included) of `text`: the run of clauses that holds most of the question.

    `keep` is a span that must stay. For names, quoted names that the question does not hold count as an answer does.
    """
    if len(text) <= limit:
        return text
    clauses = [(m.start(), m.end()) for m in _CLAUSE.finditer(text) if m.group()]
    points = [_points(question, text[a:b]) for a, b in clauses]
    best: tuple[float, int, int] | None = None
    for i in range(len(clauses)):
        for j in range(i, len(clauses)):
            start, end = clauses[i][0], clauses[j][1]
            if end - start > limit - 2:
                break
            if keep and not (start <= keep[0] and keep[1] <= end):
                continue
            total = sum(points[i : j + 1])
            if (
                best is None
                or total > best[0] + 1e-9
                or (abs(total - best[0]) < 1e-9 and end - start > best[2] - best[1])
            ):
                best = (total, start, end)
    if best is None:
        return _window(text, limit, keep or _middle(clauses, points))
    _, start, end = best
    return ("…" if start else "") + text[start:end].rstrip("、，") + ("…" if end < len(text) else "")


def _points(question: Question, clause: str) -> float:
    terms = {t.term for t in tokenize(clause)}
    points = sum(t.weight for t in question.terms if t.main in terms or not t.others.isdisjoint(terms))
    if question.kind in ("name", "open"):
        asked = key(question.text)
        points += 6.0 * sum(key(m[0]) not in asked for m in _NAMED.finditer(clause))
    return points


def _middle(clauses: Sequence[tuple[int, int]], points: Sequence[float]) -> tuple[int, int]:
    at = max(range(len(clauses)), key=lambda i: (points[i], -i))
    return clauses[at]


def _window(text: str, limit: int, keep: tuple[int, int]) -> str:
    start, end = keep
    room = max(0, limit - 2 - (end - start))
    left = max(0, min(start - room // 2, len(text) - (limit - 2)))
    right = min(len(text), left + limit - 2)
    return ("…" if left else "") + text[left:right] + ("…" if right < len(text) else "")
