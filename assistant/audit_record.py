"""What the audit keeps of an answer and of a judgement: plain values that fit a table row and a line of JSON."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from assistant.answer import Citation
from assistant.feedback import Judgement
from assistant.watched_service import Said

_HASHED = "sha256:"


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer. Times are UTC, `2026-04-01T09:30:00.000000Z`; hashes are SHA-256 in hexadecimal.

    In a redacted record question, answer and history are `sha256:…`. Citations carry the hash of their quote in every record.
    `prompt_sha256` is "" when no language model was asked. `stamp` is what the index was made from.
    """

    id: str
    time: str
    door: str
    key_name: str
    request_id: str
    question: str
    answer: str
    abstained: bool
    complete: bool
    redacted: bool
    reader: str
    index: str
    prompt_sha256: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    history: list[dict[str, str]] = field(default_factory=list)
    document_ids: list[str] | None = None
    citations: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    checks: dict[str, Any] = field(default_factory=dict)
    timings_ms: dict[str, float] = field(default_factory=dict)
    stamp: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """One judgement of an answer."""

    time: str
    answer_id: str
    key_name: str
    door: str
    verdict: str
    kind: str
    comment: str


Record = AnswerRecord | FeedbackRecord


def timestamp(at: datetime) -> str:
    """UTC with microseconds, so that texts sort as times do."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sha256(text: str) -> str:
    return hashlib.sha256(storable(text).encode()).hexdigest()


def storable(text: str) -> str:
    """The text without what no database takes: halves of surrogate pairs and NUL become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def answer_record(said: Said, *, redact: bool = False, stamp: dict[str, Any] | None = None) -> AnswerRecord:
    """The record of an answer, with hashes in place of its words when `redact`."""

    def word(text: str) -> str:
        return _HASHED + sha256(text) if redact else storable(text)

    answer, usage = said.answer, said.answer.usage
    unsupported, dropped = answer.checks.unsupported, answer.checks.dropped
    return AnswerRecord(
        id=answer.id,
        time=timestamp(said.at),
        door=said.caller.door,
        key_name=said.caller.key_name,
        request_id=said.caller.request_id,
        question=word(answer.question),
        answer=word(answer.answer),
        abstained=answer.abstained,
        complete=said.complete,
        redacted=redact,
        reader=answer.reader,
        index=answer.index,
        prompt_sha256=usage.prompt_sha256 if usage else "",
        input_tokens=usage.input_tokens if usage else 0,
        output_tokens=usage.output_tokens if usage else 0,
        history=[{"question": word(t.question), "answer": word(t.answer)} for t in said.history],
        document_ids=[storable(one) for one in said.document_ids] if said.document_ids is not None else None,
        citations=[cited(c) for c in answer.citations],
        conflicts=[{"text": word(c.text), "markers": list(c.markers)} for c in answer.conflicts],
        checks={
            "supported": answer.checks.supported,
            "unsupported": [word(one) for one in unsupported],
            "dropped": [word(one) for one in dropped],
        },
        timings_ms=dict(answer.timings_ms),
        stamp=stamp or {},
    )


def cited(c: Citation) -> dict[str, Any]:
    """A citation as it is kept: where it stands, and the hash of what stood there."""
    return {
        "marker": c.marker,
        "document_id": c.document_id,
        "page": c.page,
        "page_number": c.page_number,
        "start": c.start,
        "end": c.end,
        "quote_sha256": sha256(c.quote),
    }


def feedback_record(judgement: Judgement) -> FeedbackRecord:
    return FeedbackRecord(
        timestamp(judgement.at),
        judgement.answer_id,
        judgement.caller.key_name,
        judgement.caller.door,
        judgement.verdict,
        judgement.kind,
        storable(judgement.comment),
    )


def record_json(record: Record) -> dict[str, Any]:
    """With `type` answer or feedback; `record_from_json` reads it back."""
    return {"type": "answer" if isinstance(record, AnswerRecord) else "feedback", **asdict(record)}


def record_from_json(data: dict[str, Any]) -> Record:
    """Raises TypeError or KeyError when it is none."""
    values = dict(data)
    kind = values.pop("type")
    return AnswerRecord(**values) if kind == "answer" else FeedbackRecord(**values)
