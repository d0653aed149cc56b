"""When to say that the documents do not hold it: entity, attribute and time must all stand in the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Question
from assistant.scoring import Scored

_INJECTION = re.compile(
    r"指示(?:を|は)(?:すべて|全て)?(?:無視|忘れ)|(?:資料|文書)は使わな(?:く|い)|自身の知識|システムプロンプト|"
    r"ignore (?:all |the )?(?:previous|above)|system prompt|your own knowledge|断定して答え"
)


def is_injection(text: str) -> bool:
    """The question tries to instruct the assistant instead of asking the documents."""
    return bool(_INJECTION.search(text))


def confidence(question: Question, chosen: Sequence[Scored]) -> float:
    """Share of the question's meaning that the chosen units hold or inherit together, in 0..1."""
    total = sum(t.weight for t in question.terms)
    if not total or not chosen:
        return 0.0
    best = [max(column) for column in zip(*(s.matches for s in chosen), strict=True)]
    held: float = sum(t.weight * m for t, m in zip(question.terms, best, strict=True))
    return held / total
