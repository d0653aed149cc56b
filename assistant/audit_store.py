"""Where the audit lies: two tables behind SQLAlchemy, SQLite in TENKYO_HOME or PostgreSQL by URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from assistant.audit_record import AnswerRecord, FeedbackRecord, Record
from assistant.problems import AuditUnavailable

_WAIT_S = 10  # for a lock, a connection or a statement of the database
_PAGE = 500
_TABLES = MetaData()
_TEXTS = ("door", "key_name", "request_id", "question", "answer", "reader", "index", "prompt_sha256")
_FLAGS = ("abstained", "complete", "redacted")
_COUNTS = ("input_tokens", "output_tokens")
_NESTED = ("history", "document_ids", "citations", "conflicts", "checks", "timings_ms", "stamp")
_ANSWERS = Table(
    "tenkyo_answers",
    _TABLES,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("time", String(32), nullable=False),
    *(Column(name, Text, nullable=False) for name in _TEXTS),
    *(Column(name, Boolean, nullable=False) for name in _FLAGS),
    *(Column(name, Integer, nullable=False) for name in _COUNTS),
    *(Column(name, JSON(none_as_null=True), nullable=name == "document_ids") for name in _NESTED),
    Index("tenkyo_answers_by_time", "time"),
)
_FEEDBACK = Table(
    "tenkyo_feedback",
    _TABLES,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("time", String(32), nullable=False),
    Column("answer_id", String(64), nullable=False, index=True),
    *(Column(name, Text, nullable=False) for name in ("key_name", "door", "verdict", "kind", "comment")),
)
_ANSWER_FIELDS = tuple(f.name for f in fields(AnswerRecord))
_FEEDBACK_FIELDS = tuple(f.name for f in fields(FeedbackRecord))


@dataclass(frozen=True, slots=True)
class Judged:
    """A recorded answer with the judgement that counts, the last one; None when nobody judged it."""

    answer: AnswerRecord
    feedback: FeedbackRecord | None


class AuditStore:
    """Every method raises AuditUnavailable when the database cannot do it. Threads may share a store."""

    def __init__(self, url: str) -> None:
        """`url` is `sqlite:///path` or `postgresql+psycopg://…`; missing tables are made."""
        self._where = make_url(url).render_as_string(hide_password=True)
        with self._told("開け"):
            self._engine = _engine(url)
            try:
                _TABLES.create_all(self._engine)
            except Exception:
                self._engine.dispose()
                raise

    @contextmanager
    def _told(self, verb: str) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
            raise AuditUnavailable(
                f"監査記録（{self._where}）を{verb}ません（{reason}）。空き容量、権限、TENKYO_AUDIT_URL を確かめてください。"
            ) from error

    def write(self, records: Sequence[Record]) -> None:
        """Adds all of them in one transaction; an answer that is there already (a second try) is left as it is."""
        with self._told("書け"), self._engine.begin() as connection:
            answers = {r.id: asdict(r) for r in records if isinstance(r, AnswerRecord)}
            known = set(connection.scalars(select(_ANSWERS.c.id).where(_ANSWERS.c.id.in_(list(answers)))))
            fresh = [row for one, row in answers.items() if one not in known]
            if fresh:
                connection.execute(insert(_ANSWERS), fresh)
            judged = [asdict(r) for r in records if isinstance(r, FeedbackRecord) and not _is_kept(connection, r)]
            if judged:
                connection.execute(insert(_FEEDBACK), judged)

    def knows(self, answer_id: str) -> bool:
        with self._told("読め"), self._engine.connect() as connection:
            return connection.scalar(select(_ANSWERS.c.seq).where(_ANSWERS.c.id == answer_id)) is not None

    def answer(self, answer_id: str) -> AnswerRecord | None:
        """The record of that answer; None when there is none."""
        with self._told("読め"), self._engine.connect() as connection:
            row = connection.execute(select(_ANSWERS).where(_ANSWERS.c.id == answer_id)).first()
            return _answer(row._mapping) if row else None

    def last(self, count: int) -> list[AnswerRecord]:
        """The last `count` answers, oldest first."""
        with self._told("読め"), self._engine.connect() as connection:
            rows = connection.execute(select(_ANSWERS).order_by(_ANSWERS.c.seq.desc()).limit(count)).all()
            return [_answer(row._mapping) for row in reversed(rows)]

    def judged(self, since: str = "", verdict: str = "") -> Iterator[Judged]:
        """Answers in the order in which they were written, each with the judgement that counts.

        `since` is a time as records hold it; with a `verdict` only the answers for which that verdict counts.
        """
        after = 0
        while found := self._judged_page(after, since, verdict):
            yield from (one for _, one in found)
            after = found[-1][0]

    def _judged_page(self, after: int, since: str, verdict: str) -> list[tuple[int, Judged]]:
        counts = select(func.max(_FEEDBACK.c.seq)).group_by(_FEEDBACK.c.answer_id)
        feedback = _FEEDBACK.select().where(_FEEDBACK.c.seq.in_(counts)).subquery()
        names = [feedback.c[name].label(f"feedback_{name}") for name in _FEEDBACK_FIELDS]
        wanted = (
            select(_ANSWERS, *names)
            .outerjoin(feedback, feedback.c.answer_id == _ANSWERS.c.id)
            .where(_ANSWERS.c.seq > after, _ANSWERS.c.time >= since)
            .order_by(_ANSWERS.c.seq)
            .limit(_PAGE)
        )
        if verdict:
            wanted = wanted.where(feedback.c.verdict == verdict)
        with self._told("読め"), self._engine.connect() as connection:
            rows = connection.execute(wanted).mappings().all()
        return [(row["seq"], Judged(_answer(row), _feedback(row))) for row in rows]

    def forget(self, before: str) -> int:
        """Deletes answers older than that time with what was thought of them; how many answers that were."""
        with self._told("書け"), self._engine.begin() as connection:
            old = select(_ANSWERS.c.id).where(_ANSWERS.c.time < before)
            connection.execute(delete(_FEEDBACK).where(_FEEDBACK.c.answer_id.in_(old)))
            return connection.execute(delete(_ANSWERS).where(_ANSWERS.c.time < before)).rowcount

    def close(self) -> None:
        with suppress(SQLAlchemyError, sqlite3.Error):
            self._engine.dispose()


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path.resolve()}"


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        options = {"connect_timeout": _WAIT_S, "options": f"-c statement_timeout={_WAIT_S * 1000}"}
        return create_engine(url, pool_pre_ping=True, pool_size=2, connect_args=options)
    _make_private(make_url(url).database or "")
    engine = create_engine(url, connect_args={"timeout": _WAIT_S})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")  # an export reads while the server writes
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")  # what is forgotten leaves the file

    return engine


def _make_private(path: str) -> None:
    """Questions of officials are not for the other users of the machine; SQLite gives its side files the same mode."""
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch(mode=0o600)


def _is_kept(connection: Connection, record: FeedbackRecord) -> bool:
    same = (_FEEDBACK.c.answer_id == record.answer_id) & (_FEEDBACK.c.time == record.time)
    return connection.scalar(select(_FEEDBACK.c.seq).where(same)) is not None


def _answer(row: Any) -> AnswerRecord:
    return AnswerRecord(**{name: row[name] for name in _ANSWER_FIELDS})


def _feedback(row: Any) -> FeedbackRecord | None:
    if row["feedback_answer_id"] is None:
        return None
    return FeedbackRecord(**{name: row[f"feedback_{name}"] for name in _FEEDBACK_FIELDS})
