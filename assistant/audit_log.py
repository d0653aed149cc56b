"""Every answer goes into the audit by a thread of its own: no answer waits for the log, and none is lost because it is slow."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from queue import Empty, Full, Queue
from typing import TYPE_CHECKING, Any

from assistant.audit_record import AnswerRecord, Record, answer_record, feedback_record, timestamp
from assistant.audit_spool import Spool
from assistant.feedback import Judgement
from assistant.problems import AuditUnavailable, UnknownAnswer
from assistant.watched_service import Said

if TYPE_CHECKING:
    from assistant.audit_store import AuditStore

CAPACITY = 10_000
_BATCH = 200
_RETRY_S = 5.0
_FORGET_S = 3600.0
_FEEDBACK_WAIT_S = 10.0
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AuditRules:
    """What is kept: for how many days (0: for ever), and whether questions and answers are kept as hashes only."""

    days: int = 0
    redact: bool = False


@dataclass(frozen=True, slots=True)
class AuditState:
    """How the log does. `problem` is "" when the last write worked, else a Japanese line; `lost` counts records that are gone."""

    waiting: int
    failures: int
    lost: int
    problem: str


class _Judged:
    """A judgement on its way, and the reader who waits for it."""

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        self.stored = threading.Event()


class AuditLog:
    """A Witness and a FeedbackDesk. What the database does not take waits in the spool, what the spool does not take in memory.

    `open_store` is called in the thread, at the first record: a database that is down holds up neither start nor answers.
    """

    def __init__(
        self,
        open_store: Callable[[], AuditStore],
        spool: Spool,
        rules: AuditRules | None = None,
        stamp_of: Callable[[str], dict[str, Any]] = lambda _: {},
        *,
        capacity: int = CAPACITY,
        retry_s: float = _RETRY_S,
    ) -> None:
        self._open_store = open_store
        self._spool = spool
        self._rules = rules or AuditRules()
        self._stamp_of = stamp_of
        self._retry_s = retry_s
        self._queue: Queue[Said | _Judged | None] = Queue(capacity)  # None only wakes the thread
        self._held: list[Record] = []  # taken from the queue and written nowhere yet; only the thread touches it
        self._capacity = capacity
        self._recent: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()
        self._store: AuditStore | None = None
        self._failures = self._lost = 0
        self._problem = ""
        self._down_until = self._forget_at = 0.0
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tenkyo-audit", daemon=True)
        self._thread.start()

    def answered(self, said: Said) -> None:
        with self._lock:
            self._recent[said.answer.id] = None
            if len(self._recent) > self._capacity:
                self._recent.popitem(last=False)
        try:
            self._queue.put_nowait(said)
        except Full:
            self._lose(1)

    def judged(self, judgement: Judgement) -> None:
        with self._lock:
            known = judgement.answer_id in self._recent
        if not known and not self._opened().knows(judgement.answer_id):
            raise UnknownAnswer(f"答え「{judgement.answer_id[:64]}」の記録がありません。答えの id を確かめてください。")
        waiting = _Judged(judgement)
        try:
            self._queue.put_nowait(waiting)
        except Full:
            raise self._unavailable() from None
        if not waiting.stored.wait(_FEEDBACK_WAIT_S):
            raise self._unavailable()

    def _unavailable(self) -> AuditUnavailable:
        return AuditUnavailable(self._problem or "監査記録に書けません。少し待って、もう一度送ってください。")

    @property
    def state(self) -> AuditState:
        waiting = self._queue.qsize() + len(self._held)
        return AuditState(waiting, self._failures, self._lost, self._problem)

    def answer(self, answer_id: str) -> AnswerRecord | None:
        """The record of an answer; None when there is none, or not yet. Raises AuditUnavailable."""
        return self._opened().answer(answer_id)

    def close(self, timeout_s: float = 10.0) -> None:
        """Writes what waits, for at most `timeout_s`."""
        self._ending.set()
        with suppress(Full):
            self._queue.put_nowait(None)
        self._thread.join(timeout_s)
        if left := self.state.waiting:
            _LOG.error("the audit ends with %d records unwritten", left)
        if self._store is not None and not self._thread.is_alive():
            self._store.close()

    def _opened(self) -> AuditStore:
        with self._lock:
            if self._store is None:
                self._store = self._open_store()
            return self._store

    def _run(self) -> None:
        while True:
            ending = self._ending.is_set()  # looked at before the queue: what was put in before the end is written
            items = self._taken()
            self._held.extend(record for item in items if (record := self._record(item)) is not None)
            self._write()
            if not self._held:
                for item in items:
                    if isinstance(item, _Judged):
                        item.stored.set()
            if ending and (self._queue.empty() or self._held):
                return

    def _taken(self) -> list[Said | _Judged]:
        """What waits, at most a batch; waits for the first a moment. Nothing while memory holds all that it may."""
        if len(self._held) >= self._capacity:
            self._ending.wait(self._retry_s)
            return []
        items: list[Said | _Judged | None] = []
        try:
            items.append(self._queue.get(timeout=0 if self._ending.is_set() else min(1.0, self._retry_s)))
            while len(items) < _BATCH:
                items.append(self._queue.get_nowait())
        except Empty:
            pass
        return [item for item in items if item is not None]

    def _record(self, item: Said | _Judged) -> Record | None:
        try:
            if isinstance(item, _Judged):
                return feedback_record(item.judgement)
            return answer_record(item, redact=self._rules.redact, stamp=self._stamp_of(item.answer.index))
        except Exception:
            _LOG.exception("no record could be made of an answer")
            self._lose(1)
            return None

    def _write(self) -> None:
        now = time.monotonic()
        if now >= self._down_until or self._ending.is_set():
            try:
                self._write_to_store(now)
                return
            except Exception as error:  # whatever it is, the records go to the spool and are tried again from there
                self._down_until = now + self._retry_s
                self._fail(
                    error.message if isinstance(error, AuditUnavailable) else f"監査記録を書けません（{error}）。"
                )
        if self._held:
            try:
                self._spool.append(self._held)
                self._held.clear()
            except OSError as error:
                self._fail(
                    f"監査記録をどこにも書けません（{error.strerror}）。空き容量を増やしてください。記録はメモリーで待っています。"
                )

    def _write_to_store(self, now: float) -> None:
        if self._held:
            store = self._opened()
            store.write(self._held)
            self._held.clear()
        if not self._spool.is_empty():
            self._spool.drain(self._opened().write)
        if self._rules.days and now >= self._forget_at:
            before = datetime.now(UTC) - timedelta(days=self._rules.days)
            self._opened().forget(timestamp(before))
            self._forget_at = now + _FORGET_S
        if self._problem and self._store is not None:
            _LOG.warning("the audit is written again")
            self._problem = ""

    def _fail(self, problem: str) -> None:
        self._failures += 1
        if problem != self._problem:
            _LOG.error("audit: %s", problem)
        self._problem = problem

    def _lose(self, count: int) -> None:
        with self._lock:
            self._lost += count
            first = self._lost == count
        if first:
            _LOG.error(
                "an audit record is lost: memory holds all that it may; more are counted in tenkyo_audit_lost_total"
            )
