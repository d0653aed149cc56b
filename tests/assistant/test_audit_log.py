"""No answer waits for the log, none is lost while the log is slow or its disk is full, and the state says so."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from assistant.audit_log import AuditLog, AuditRules
from assistant.audit_record import Record, answer_record
from assistant.audit_spool import Spool
from assistant.audit_store import AuditStore, sqlite_url
from assistant.caller import Caller
from assistant.feedback import Judgement
from assistant.problems import AuditUnavailable, UnknownAnswer

from .answers import said


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it did not come about in 20 seconds"
        time.sleep(0.01)


def judgement(one: str) -> Judgement:
    return Judgement(datetime.now(UTC), Caller("page"), one, "bad", "wrong_answer", "違う")


class Wayward:
    """A store that can be made to fail or to wait; what it takes it gives to a real one."""

    def __init__(self, store: AuditStore) -> None:
        self._store = store
        self.problem = ""
        self.open = threading.Event()
        self.open.set()

    def write(self, records: Sequence[Record]) -> None:
        self.open.wait()
        if self.problem:
            raise AuditUnavailable(self.problem)
        self._store.write(records)

    def knows(self, answer_id: str) -> bool:
        return self._store.knows(answer_id)

    def close(self) -> None:
        pass


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AuditStore]:
    with closing(AuditStore(sqlite_url(tmp_path / "audit.sqlite3"))) as opened:
        yield opened


@contextmanager
def log_on(
    wayward: Wayward, tmp_path: Path, rules: AuditRules | None = None, capacity: int = 100
) -> Iterator[AuditLog]:
    log = AuditLog(lambda: cast(AuditStore, wayward), Spool(tmp_path / "audit"), rules, capacity=capacity, retry_s=0.05)
    try:
        yield log
    finally:
        wayward.open.set()
        log.close()


def ids(store: AuditStore) -> list[str]:
    return [one.answer.id for one in store.judged()]


def test_what_was_answered_is_in_the_store_when_the_log_is_closed(store: AuditStore, tmp_path: Path) -> None:
    with log_on(Wayward(store), tmp_path) as log:
        for n in range(50):
            log.answered(said(f"a{n}"))
    assert ids(store) == [f"a{n}" for n in range(50)]
    assert log.state.waiting == 0


def test_no_answer_waits_for_a_log_that_hangs(store: AuditStore, tmp_path: Path) -> None:
    wayward = Wayward(store)
    wayward.open.clear()
    with log_on(wayward, tmp_path) as log:
        begun = time.monotonic()
        for n in range(100):
            log.answered(said(f"a{n}"))
        assert time.monotonic() - begun < 1
        assert log.state.waiting > 0
        wayward.open.set()
    assert len(ids(store)) == 100


def test_a_full_disk_is_reported_and_what_was_answered_meanwhile_is_written_later(
    store: AuditStore, tmp_path: Path
) -> None:
    wayward = Wayward(store)
    wayward.problem = "ディスクがいっぱいです。"
    with log_on(wayward, tmp_path) as log:
        log.answered(said("a1"))
        until(lambda: log.state.failures > 0)
        assert "いっぱい" in log.state.problem
        log.answered(said("a2"))
        wayward.problem = ""
        until(lambda: len(ids(store)) == 2)
        until(lambda: not log.state.problem)
    assert ids(store) == ["a1", "a2"]


def test_without_any_disk_records_wait_in_memory_and_those_that_do_not_fit_are_counted(
    store: AuditStore, tmp_path: Path
) -> None:
    wayward = Wayward(store)
    wayward.problem = "ディスクがいっぱいです。"
    (tmp_path / "audit").write_text("no folder can be made here")
    with log_on(wayward, tmp_path, capacity=5) as log:
        for n in range(30):
            log.answered(said(f"a{n}"))
            time.sleep(0.005)
        until(lambda: "どこにも書けません" in log.state.problem)
        assert log.state.lost > 0
        lost = log.state.lost
        wayward.problem = ""
        until(lambda: not log.state.problem)
    assert len(ids(store)) == 30 - lost


def test_what_cannot_be_written_at_the_end_is_written_by_the_next_log(store: AuditStore, tmp_path: Path) -> None:
    wayward = Wayward(store)
    wayward.problem = "届きません。"
    with log_on(wayward, tmp_path) as log:
        log.answered(said("a1"))
    assert ids(store) == []
    wayward.problem = ""
    with log_on(wayward, tmp_path):
        until(lambda: ids(store) == ["a1"])


def test_what_a_command_left_behind_is_taken_in(store: AuditStore, tmp_path: Path) -> None:
    Spool(tmp_path / "audit").append([answer_record(said("c1"))])
    with log_on(Wayward(store), tmp_path):
        until(lambda: ids(store) == ["c1"])


def test_feedback_is_stored_when_it_returns(store: AuditStore, tmp_path: Path) -> None:
    with log_on(Wayward(store), tmp_path) as log:
        log.answered(said("a1"))
        log.judged(judgement("a1"))
        assert [one.answer.id for one in store.judged(verdict="bad")] == ["a1"]


def test_feedback_on_an_answer_of_an_earlier_run_is_taken(store: AuditStore, tmp_path: Path) -> None:
    store.write([answer_record(said("old"))])
    with log_on(Wayward(store), tmp_path) as log:
        log.judged(judgement("old"))
        with pytest.raises(UnknownAnswer, match="nai"):
            log.judged(judgement("nai"))


def test_feedback_while_the_database_is_down_waits_in_the_spool(store: AuditStore, tmp_path: Path) -> None:
    wayward = Wayward(store)
    wayward.problem = "届きません。"
    with log_on(wayward, tmp_path) as log:
        log.answered(said("a1"))
        log.judged(judgement("a1"))
        wayward.problem = ""
        until(lambda: len(list(store.judged(verdict="bad"))) == 1)


def test_what_is_older_than_the_rules_allow_is_forgotten(store: AuditStore, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    store.write([answer_record(said(f"a{days}", now - timedelta(days=days))) for days in (1, 29, 31, 400)])

    class Forgetful(Wayward):
        def forget(self, before: str) -> int:
            return store.forget(before)

    with log_on(Forgetful(store), tmp_path, AuditRules(days=30)) as log:
        log.answered(said("a0"))
    assert ids(store) == ["a1", "a29", "a0"]


def test_words_are_hashed_when_the_rules_say_so(store: AuditStore, tmp_path: Path) -> None:
    with log_on(Wayward(store), tmp_path, AuditRules(redact=True)) as log:
        log.answered(said("a1"))
    record = store.answer("a1")
    assert record is not None
    assert record.redacted


def test_a_half_written_line_of_the_spool_does_not_hold_up_the_others(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.append([answer_record(said("a1"))])
    with (tmp_path / "waiting.jsonl").open("a") as file:
        file.write('{"type": "answer", "id"\n')
    spool.append([answer_record(said("a2"))])
    taken: list[Record] = []
    assert spool.drain(taken.extend) == 2
    assert spool.is_empty()


def test_the_spool_keeps_what_its_taker_did_not_take(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.append([answer_record(said(f"a{n}")) for n in range(3)])

    def fail(_: Sequence[Record]) -> None:
        raise AuditUnavailable("届きません。")

    with pytest.raises(AuditUnavailable):
        spool.drain(fail)
    spool.append([answer_record(said("a3"))])
    taken: list[Record] = []
    assert spool.drain(taken.extend) == 4
