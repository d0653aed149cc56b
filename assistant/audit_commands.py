"""`tenkyo audit export` and `tenkyo audit replay`, and the record of what `tenkyo ask` answered."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from assistant.answer import Answer
from assistant.caller import Caller
from assistant.problems import UnknownAnswer
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.audit_record import AnswerRecord
    from assistant.audit_store import AuditStore
    from assistant.replay import Replay


def add_audit_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="すること")
    export = actions.add_parser("export", help="記録を書き出す", description="答えの記録を、古い順に書き出す。")
    export.add_argument("--since", type=_since, metavar="DATE", help="この日（2026-04-01）から。省略すると全部")
    export.add_argument("--format", choices=("csv", "jsonl"), default="jsonl")
    export.add_argument("--output", type=Path, metavar="FILE", help="書き出す先（省略すると標準出力）")
    export.set_defaults(audit=_export)
    again = actions.add_parser(
        "replay", help="もう一度尋ねて比べる", description="記録された問いを尋ね直し、違いを示す。"
    )
    which = again.add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?", metavar="ID", help="答えの id")
    which.add_argument("--last", type=int, metavar="N", help="最近のN問")
    again.set_defaults(audit=_replay)


def _since(text: str) -> str:
    from assistant.audit_export import since

    try:
        return since(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日付「{text}」を読めません。2026-04-01 の形にしてください。") from None


@contextmanager
def _store(settings: Settings) -> Iterator[AuditStore]:
    """The store, with what commands left waiting in it."""
    from assistant.compose import audit_spool, open_audit_store

    with closing(open_audit_store(settings)) as store:
        audit_spool(settings).drain(store.write)
        yield store


def _export(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.audit_export import write_csv, write_jsonl

    write = write_csv if options.format == "csv" else write_jsonl
    with _store(settings) as store, _out(options.output) as out:
        count = write(store.judged(options.since or ""), out)
    print(f"{count}件を書き出しました。", file=sys.stderr)
    return 0


@contextmanager
def _out(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8", newline="") as out:
        yield out


def _replay(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.compose import open_service
    from assistant.replay import replay

    with _store(settings) as store:
        records = _wanted(store, options)
    different = 0
    # Beside a running server embedded Chroma has to stay closed.
    with closing(open_service(settings, once=True)) as service:
        for record in records:
            done = replay(service, record)
            _print(done)
            different += bool(done.differences)
    print(f"{len(records)}件のうち、{different}件に違いがあります。")
    return 1 if different else 0


def _wanted(store: AuditStore, options: argparse.Namespace) -> list[AnswerRecord]:
    if options.last is not None:
        return store.last(options.last)
    record = store.answer(options.id)
    if record is None:
        raise UnknownAnswer(f"答え「{options.id}」の記録がありません。`tenkyo audit export` で id を確かめてください。")
    return [record]


def _print(done: Replay) -> None:
    state = "比べられません" if done.skipped else "違います" if done.differences else "同じです"
    print(f"{state}\t{done.record.id}\t{done.record.time}\t{done.record.question}")
    if done.skipped:
        print(f"    {done.skipped}")
    for difference in done.differences:
        print(f"    {difference.part}\n      前: {difference.before}\n      今: {difference.now}")


def record_command(settings: Settings, answer: Answer) -> None:
    """Puts what a command answered where the next reader of the audit takes it in; a log that cannot be written stops nobody."""
    from assistant.audit_record import answer_record
    from assistant.compose import audit_rules, audit_spool, stamp_json
    from assistant.watched_service import Said

    said = Said(datetime.now(UTC), Caller("command"), (), None, answer)
    record = answer_record(said, redact=audit_rules(settings).redact, stamp=stamp_json(settings.home, answer.index))
    try:
        audit_spool(settings).append([record])
    except OSError as error:
        print(f"監査記録に書けません（{error.strerror or error}）。空き容量と権限を確かめてください。", file=sys.stderr)
