"""Lines that begin with the same asked name, where a table was flattened to text: あさひ商社 船の模型 / あさひ商社 船の灯."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.question import Question
from assistant.scoring import Scored
from corpus.fold import key

_SHORTEST, _LONGEST = 4, 60  # of the name, and of a line
_SHORTEST_COLUMN = 3  # of a name with a blank behind it


def named_lines(question: Question, best: Scored, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The short lines of the best unit's page that begin with the name that this unit begins with; in the page's order."""
    name = _opening(best.candidate, key(question.text))
    if len(name) < (_SHORTEST if not _is_column(best.candidate, name) else _SHORTEST_COLUMN):
        return []
    return sorted(
        (c for c in candidates if c.on_page == best.candidate.on_page and _is_line(c) and _key(c).startswith(name)),
        key=lambda c: c.position,
    )


def _opening(candidate: Candidate, asked: str) -> str:
    """What the line begins with and the question holds too, as long as can be; "" for a sentence."""
    text = _key(candidate) if _is_line(candidate) else ""
    return next((text[:n] for n in range(len(text) - 1, 0, -1) if text[:n] in asked), "")


def _is_column(candidate: Candidate, name: str) -> bool:
    """A blank stands behind the name: it is one, and no part of a longer word."""
    return key(re.split(r"\s", candidate.unit.text.strip(), maxsplit=1)[0]) == name


def _is_line(candidate: Candidate) -> bool:
    return candidate.unit.kind == "sentence" and "。" not in candidate.unit.text and len(_key(candidate)) <= _LONGEST


def _key(candidate: Candidate) -> str:
    return candidate.own.key
