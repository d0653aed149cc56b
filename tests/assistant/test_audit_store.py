"""One contract, two databases: SQLite, and PostgreSQL where its server and driver are installed."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from assistant.audit_record import (
    AnswerRecord,
    FeedbackRecord,
    answer_record,
    feedback_record,
    record_from_json,
    record_json,
)
from assistant.audit_store import AuditStore, sqlite_url
from assistant.caller import Caller
from assistant.feedback import Judgement, Kind, Verdict
from assistant.problems import AuditUnavailable

from .answers import said

START = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)
# Debian keeps them out of the PATH.
_BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path(shutil.which("pg_ctl") or "").resolve().parent)


def records(count: int) -> list[AnswerRecord]:
    return [answer_record(said(f"a{n}", START + timedelta(hours=n)), stamp={"format": 3}) for n in range(count)]


def judged(one: str, verdict: Verdict, kind: Kind = "", comment: str = "", minutes: int = 0) -> FeedbackRecord:
    at = START + timedelta(minutes=minutes)
    return feedback_record(Judgement(at, Caller("page", "sato"), one, verdict, kind, comment))


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """URL of a PostgreSQL server with an empty database."""
    if find_spec("psycopg") is None or not (_BINARIES / "initdb").is_file():
        pytest.skip("needs PostgreSQL: apt-get install postgresql; pip install -e '.[postgresql]'")
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # PostgreSQL refuses to run as root
    with TemporaryDirectory(prefix="tenkyo-pg-") as folder, socket.socket() as probe:
        if user:
            shutil.chown(folder, "postgres")
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        made = [*user, str(_BINARIES / "initdb"), "-D", f"{folder}/data", "-U", "tenkyo", "-A", "trust", "-N"]
        subprocess.run(made, check=True, capture_output=True, cwd=folder)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        server = [*user, str(_BINARIES / "pg_ctl"), "-D", f"{folder}/data", "-w", "-s"]
        subprocess.run([*server, "-l", f"{folder}/log", "-o", options, "start"], check=True, cwd=folder)
        try:
            yield f"postgresql+psycopg://tenkyo@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*server, "-m", "immediate", "stop"], check=True, cwd=folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AuditStore]:
    url = sqlite_url(tmp_path / "audit.sqlite3")
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql")
    with closing(AuditStore(url)) as opened:
        opened.forget("9999")
        yield opened


def test_a_record_comes_back_as_it_went_in(store: AuditStore) -> None:
    given = replace(records(1)[0], question="会員数は？\U0001f600", document_ids=None)
    store.write([given])
    assert store.answer("a0") == given
    assert store.answer("a1") is None
    assert store.knows("a0")
    assert not store.knows("a1")


def test_a_record_that_is_written_again_stays_one(store: AuditStore) -> None:
    store.write(records(2))
    store.write([*records(3), judged("a1", "bad")])
    store.write([judged("a1", "bad")])
    found = list(store.judged())
    assert [one.answer.id for one in found] == ["a0", "a1", "a2"]


def test_the_last_verdict_counts(store: AuditStore) -> None:
    store.write(records(3))
    store.write([judged("a1", "bad", "wrong_source", "出典が違う")])
    store.write([judged("a2", "bad"), judged("a2", "good", minutes=1)])
    verdicts = {one.answer.id: one.feedback and one.feedback.verdict for one in store.judged()}
    assert verdicts == {"a0": None, "a1": "bad", "a2": "good"}
    (bad,) = store.judged(verdict="bad")
    assert bad.feedback is not None
    assert (bad.answer.id, bad.feedback.kind, bad.feedback.comment) == ("a1", "wrong_source", "出典が違う")


def test_more_than_a_page_is_read_to_the_end_in_order(store: AuditStore) -> None:
    store.write(records(1203))
    assert [one.answer.id for one in store.judged()] == [f"a{n}" for n in range(1203)]
    assert [r.id for r in store.last(2)] == ["a1201", "a1202"]


def test_since_leaves_out_what_is_older(store: AuditStore) -> None:
    store.write(records(4))
    assert [one.answer.id for one in store.judged("2026-04-01T11:30:00.000000Z")] == ["a2", "a3"]


def test_what_is_forgotten_is_gone_with_its_feedback(store: AuditStore) -> None:
    store.write([*records(3), judged("a0", "bad"), judged("a2", "bad")])
    assert store.forget("2026-04-01T11:00:00.000000Z") == 2
    assert [one.answer.id for one in store.judged(verdict="bad")] == ["a2"]
    assert not store.knows("a0")


def test_a_record_can_be_kept_as_json() -> None:
    for record in (records(1)[0], judged("a0", "good")):
        assert record_from_json(record_json(record)) == record


def test_a_redacted_record_holds_no_word_of_question_and_answer() -> None:
    record = answer_record(said(question="会員数は何人？", text="120人です。[1]"), redact=True)
    written = str(record_json(record))
    assert record.redacted
    assert record.question.startswith("sha256:")
    assert not [word for word in ("会員", "120人", "前の") if word in written]
    assert "999" not in str(record.checks)


def test_no_quote_is_kept_only_its_hash() -> None:
    (citation,) = answer_record(said()).citations
    assert set(citation) == {"marker", "document_id", "page", "page_number", "start", "end", "quote_sha256"}
    assert len(citation["quote_sha256"]) == 64


def test_what_no_database_takes_is_replaced() -> None:
    assert answer_record(said(question="会員\0数\ud800")).question == "会員\ufffd数\ufffd"


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    with closing(AuditStore(sqlite_url(tmp_path / "new" / "audit.sqlite3"))) as store:
        store.write(records(1))
        modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "new").iterdir()}
    assert set(modes.values()) == {0}, modes


def test_a_database_that_cannot_be_opened_is_told_without_its_password(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(AuditUnavailable, match="監査記録"):
        AuditStore(sqlite_url(tmp_path / "file" / "audit.sqlite3"))
    (tmp_path / "no.sqlite3").write_text("this is no database " * 100)
    with pytest.raises(AuditUnavailable, match=r"no\.sqlite3"):
        AuditStore(sqlite_url(tmp_path / "no.sqlite3"))


@pytest.mark.skipif(find_spec("psycopg") is None, reason="needs psycopg: pip install -e '.[postgresql]'")
def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    with pytest.raises(AuditUnavailable) as caught:
        AuditStore("postgresql+psycopg://tenkyo:geheim@127.0.0.1:9/audit")
    assert "127.0.0.1" in caught.value.message
    assert "geheim" not in caught.value.message
