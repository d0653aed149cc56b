"""Which line answers which part of a question: the lines that fit best together, each value given once."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import GENERIC, Question
from assistant.scoring import HEADING, Scored
from assistant.values import find_value, value_key

_DEPTH = 8  # lines of each ranking that are tried
_NEARLY = 0.75  # of a heading's match: by a word that may stand for the asked one
_LEAST = 0.6  # share of a part's best score that its line must have

Ranking = tuple[Question, list[Scored]]
Taken = tuple[tuple[str, int, int], str]


def apart(rankings: Sequence[Ranking]) -> list[Ranking]:
    """Each part led by the line that it is answered from, so that the scores add up to most and no two give the same value of one line.

    A table's row may answer several parts by its columns.
    """
    choices = [_choices(question, ranked) for question, ranked in rankings]
    best = _best(choices, frozenset())[1]
    out = []
    for (question, ranked), at in zip(rankings, best, strict=True):
        out.append((question, [ranked[at], *(s for n, s in enumerate(ranked) if n != at)]))
    return out


def _choices(question: Question, ranked: Sequence[Scored]) -> list[tuple[float, int, Taken | None]]:
    """(score, place in the ranking, what it uses up) of the lines that may lead; a row uses up nothing."""
    out: list[tuple[float, int, Taken | None]] = []
    for n, scored in enumerate(ranked[:_DEPTH]):
        if scored.score < _LEAST * ranked[0].score:
            break
        if out and not _speaks_of(question, scored):
            continue
        value = find_value(question, scored.candidate)
        used = (scored.candidate.place, value_key(value) if value else "")
        out.append((scored.score, n, None if scored.candidate.unit.kind == "row" else used))
    return out


def _speaks_of(question: Question, scored: Scored) -> bool:
    """A word of the asked noun phrase stands in the line or in what it inherits: no value of another attribute."""
    terms = zip(question.terms, scored.matches, strict=True)
    asked = [m for t, m in terms if t.main in question.focus and t.main not in GENERIC]
    return not asked or max(asked) >= HEADING * _NEARLY


def _best(
    choices: Sequence[Sequence[tuple[float, int, Taken | None]]], taken: frozenset[Taken]
) -> tuple[float, list[int]]:
    """(sum of the scores, place for each part) of the best assignment; a part that finds no line of its own takes its first."""
    if not choices:
        return 0.0, []
    best: tuple[float, list[int]] | None = None
    for score, n, used in choices[0]:
        if used in taken:
            continue
        rest, places = _best(choices[1:], taken | {used} if used else taken)
        if best is None or score + rest > best[0]:
            best = (score + rest, [n, *places])
    if best is None:
        rest, places = _best(choices[1:], taken)
        best = (rest, [0, *places])
    return best
