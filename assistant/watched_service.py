"""The service that doors are given: it answers as the one inside does, and every answer is seen by witnesses."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from assistant.answer import Answer, Checks, Delta, Event, Finished, Turn
from assistant.caller import Caller, caller
from assistant.explain import Explained
from assistant.feedback import FeedbackDesk, Judgement, Kind, Verdict
from assistant.service import Service
from corpus.geometry import Geometry
from index.ledger import DocumentRow
from index.library import PageView
from index.retriever import Passage

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it left the house. Of one that was broken off (`complete` is false) only the text that was sent is known."""

    at: datetime
    caller: Caller
    history: tuple[Turn, ...]
    document_ids: tuple[str, ...] | None
    answer: Answer
    complete: bool = True


class Witness(Protocol):
    """Sees every answer. Must return at once; what it raises is logged and stops nobody."""

    def answered(self, said: Said) -> None:
        """Called when the answer is ready or was broken off."""


class WatchedService:
    """A Service around another. `door` says who asks where the caller cannot be told from the context (the page)."""

    def __init__(
        self, inner: Service, witnesses: Sequence[Witness], feedback_desk: FeedbackDesk | None = None, door: str = ""
    ) -> None:
        self._inner = inner
        self._witnesses = tuple(witnesses)
        self._desk = feedback_desk
        self._door = door

    def at(self, door: str) -> WatchedService:
        """The same service for callers of this door."""
        return WatchedService(self._inner, self._witnesses, self._desk, door)

    def ask(self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None) -> Answer:
        answer = self._inner.ask(question, history, document_ids)
        self._tell(self._said(self._caller(), history, document_ids, answer))
        return answer

    def explain(
        self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None
    ) -> Explained:
        explained = self._inner.explain(question, history, document_ids)
        self._tell(self._said(self._caller(), history, document_ids, explained.answer))
        return explained

    def stream(
        self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None
    ) -> Iterator[Event]:
        # The context is that of the request now; the events are taken in threads and contexts of their own.
        return self._streamed(self._caller(), question, history, document_ids)

    def _streamed(
        self, who: Caller, question: str, history: Sequence[Turn], document_ids: Sequence[str] | None
    ) -> Iterator[Event]:
        shown = ""
        told = False
        try:
            for event in self._inner.stream(question, history, document_ids):
                if isinstance(event, Delta):
                    shown += event.text
                if isinstance(event, Finished):
                    told = True
                    self._tell(self._said(who, history, document_ids, event.answer))
                yield event
        finally:
            if shown and not told:  # the reader went away or the service failed, but this much was read
                self._tell(self._said(who, history, document_ids, self._broken_off(question, shown), complete=False))

    def _broken_off(self, question: str, shown: str) -> Answer:
        return Answer(
            uuid.uuid4().hex, question, shown, False, (), (), Checks(True), self._inner.reader_name, {}, self.index_name
        )

    def _caller(self) -> Caller:
        return replace(caller(), door=self._door) if self._door else caller()

    def _said(
        self,
        who: Caller,
        history: Sequence[Turn],
        document_ids: Sequence[str] | None,
        answer: Answer,
        *,
        complete: bool = True,
    ) -> Said:
        ids = tuple(document_ids) if document_ids is not None else None
        return Said(datetime.now(UTC), who, tuple(history), ids, answer, complete)

    def _tell(self, said: Said) -> None:
        for witness in self._witnesses:
            try:
                witness.answered(said)
            except Exception:
                _LOG.exception("%s did not take an answer", type(witness).__name__)

    def feedback(self, answer_id: str, verdict: Verdict, kind: Kind = "", comment: str = "") -> None:
        if self._desk is None:
            self._inner.feedback(answer_id, verdict, kind, comment)
            return
        self._desk.judged(Judgement(datetime.now(UTC), self._caller(), answer_id, verdict, kind, comment))

    def search(self, query: str, k: int, document_ids: Sequence[str] | None = None) -> list[Passage]:
        return self._inner.search(query, k, document_ids)

    def documents(self) -> tuple[DocumentRow, ...]:
        return self._inner.documents()

    def document(self, document_id: str) -> DocumentRow:
        return self._inner.document(document_id)

    def geometry(self, document_id: str, page_number: int) -> Geometry | None:
        return self._inner.geometry(document_id, page_number)

    def page(self, document_id: str, label: str) -> PageView:
        return self._inner.page(document_id, label)

    def examples(self, count: int) -> tuple[str, ...]:
        return self._inner.examples(count)

    @property
    def index_name(self) -> str:
        return self._inner.index_name

    def require_ready(self) -> None:
        self._inner.require_ready()

    @property
    def circuit_state(self) -> str:
        return self._inner.circuit_state

    @property
    def reader_name(self) -> str:
        return self._inner.reader_name
