"""What a reader thinks of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from assistant.caller import Caller

Verdict = Literal["good", "bad"]
Kind = Literal["", "wrong_answer", "wrong_source", "missing_document"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`kind` says what is wrong with a bad answer, "" when the reader did not say."""

    at: datetime
    caller: Caller
    answer_id: str
    verdict: Verdict
    kind: Kind = ""
    comment: str = ""


class FeedbackDesk(Protocol):
    """Takes judgements; of several on one answer the last counts."""

    def judged(self, judgement: Judgement) -> None:
        """Returns when it is stored. Raises UnknownAnswer or AuditUnavailable."""
