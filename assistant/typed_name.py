"""A question for the name of a company, a legal body or a university, and the line near the best one that bears such a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Question
from assistant.scoring import Scored
from corpus.fold import fold, key

# What is asked for, and the form of its names.
_TYPES = tuple(
    (re.compile(rf"(?:{asked})(?:の名(?:前|称)?|名)?(?:は|を|が)?(?:、)?(?:何|どこ|どれ|教え|[?？。]?$)|(?:どの|何という|どこの)(?:{asked})"), re.compile(form))
    for asked, form in (
        (
            "会社|企業|メーカー",
            r"(?:[(（][株有][)）]|㈱|㈲|(?:株式|有限|合同)会社)\s?[^\s、。（(「」はがをのにで]{2,}"
            r"|[^\s、。（(「」はがをのにで]{2,}\s?(?:[(（][株有][)）]|㈱|㈲|株式会社|有限会社)|[ァ-ヶー・]{3,}社",
        ),
        ("法人|財団|機構", r"(?:一般|公益)?(?:社団|財団)法人[^\s、。はがをの]{2,}|[一-龠ァ-ヶーA-Za-z]{3,}(?:機構|財団|公社)"),
        ("大学", r"[一-龠ァ-ヶー]{2,}大学(?!生|院生|等)"),
    )
)  # fmt: skip
_BESIDE, _NEAR, _DEPTH = 2, 0.45, 40


def named_nearby(question: Question, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """The ranking, led by the best line of its first line's page that bears a name of the asked type, where that one bears none."""
    form = _form_asked(question)
    if form is None or not ranked or _names(form, question, ranked[0]):
        return ranked
    best = ranked[0].candidate
    for scored in ranked[1:_DEPTH]:
        candidate = scored.candidate
        if candidate.on_page != best.on_page or candidate.unit.kind == "heading" or candidate.unit.cells:
            continue
        near = abs(candidate.position - best.position) <= _BESIDE or scored.score >= _NEAR * ranked[0].score
        if near and _names(form, question, scored):
            return [scored, *(s for s in ranked if s is not scored)]
    return ranked


def _form_asked(question: Question) -> re.Pattern[str] | None:
    if question.kind not in ("name", "list", "open") or question.english or question.count:
        return None
    text = fold(question.text).text
    return next((form for asked, form in _TYPES if asked.search(text)), None)


def _names(form: re.Pattern[str], question: Question, scored: Scored) -> bool:
    """Does the line bear a name of that form which the question does not hold?"""
    asked = key(question.text)
    return any(key(m[0]) not in asked for m in form.finditer(scored.candidate.unit.text))
