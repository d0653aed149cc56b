"""Asking again what was asked, and what is different now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer, Turn
from assistant.audit_record import AnswerRecord, cited, storable
from assistant.service import Service
from corpus.errors import TenkyoError


@dataclass(frozen=True, slots=True)
class Difference:
    """What of an answer changed: `part` in Japanese, before and now."""

    part: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Replay:
    """A record asked again. `skipped` says why it could not be, else it is "" and no difference means the same answer."""

    record: AnswerRecord
    differences: tuple[Difference, ...] = ()
    skipped: str = ""


def replay(service: Service, record: AnswerRecord) -> Replay:
    """Asks the recorded question with its history and documents."""
    if record.redacted:
        return Replay(record, skipped="問いがハッシュで記録されているため、尋ね直せません。")
    if not record.complete:
        return Replay(record, skipped="途中で切れた答えなので、比べられません。")
    history = [Turn(turn["question"], turn["answer"]) for turn in record.history]
    try:
        answer = service.ask(record.question, history, record.document_ids)
    except TenkyoError as error:
        return Replay(record, (Difference("答え", record.answer, f"（答えられません：{error.message}）"),))
    return Replay(record, tuple(d for d in _compared(record, answer) if d.before != d.now))


def _compared(record: AnswerRecord, answer: Answer) -> list[Difference]:
    return [
        Difference("答え", record.answer, storable(answer.answer)),
        Difference("「ない」の判断", _yes(record.abstained), _yes(answer.abstained)),
        Difference("引用", _places(record.citations), _places([cited(c) for c in answer.citations])),
        Difference("リーダー", record.reader, answer.reader),
    ]


def _yes(value: bool) -> str:
    return "ない" if value else "ある"


def _places(citations: list[dict[str, Any]]) -> str:
    return "、".join(
        f"[{c['marker']}] {c['document_id']} {c['page']} {c['start']}-{c['end']} {c['quote_sha256'][:12]}"
        for c in citations
    )
