"""`tenkyo ingest`, `remove` and `documents`: the builder with a progress bar, a lock that says when it waits, and the ledger."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.compose import ingest_plan, make_embedder
from assistant.limits import WAIT_S
from assistant.settings import Settings
from corpus.errors import FolderError
from index.builder import Builder, IngestReport, Progress, writer_lock
from index.errors import IndexBroken
from index.generation import current_name, read_stamp
from index.ledger import DocumentRow, Ledger


def _waiting() -> None:
    print("別の取り込みが実行中です。終わるまで待ちます…", file=sys.stderr)


def _built_with(settings: Settings) -> str | None:
    """Fingerprint of the embedding model of the serving index when it is certainly the configured one."""
    name = current_name(settings.home)
    if name is None:
        return None
    try:
        stamp = read_stamp(settings.home / "index" / name)
    except IndexBroken:
        return None
    return stamp.embedding if _remembered(settings) == stamp.embedding else None


def _remembered(settings: Settings) -> str | None:
    path = settings.home / "embedding.txt"
    if not path.is_file():
        return None
    name, _, fingerprint = path.read_text(encoding="utf-8").partition("\n")
    return fingerprint.strip() if name == settings.embedding else None


@contextmanager
def _progress_bar(quiet: bool) -> Iterator[Progress | None]:
    if quiet:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield show


def ingest(
    settings: Settings,
    paths: Sequence[Path],
    origin: str = "path",
    *,
    quiet: bool = False,
    wait_s: float = WAIT_S,
) -> IngestReport:
    """Indexes `paths`, or the documents folder when none is given. Raises IngestBusy when another ingest takes over `wait_s`."""
    wanted = list(paths) or [settings.documents]
    if not paths and not settings.documents.is_dir():
        raise FolderError(
            f"文書のフォルダー {settings.documents} がありません。TENKYO_DOCUMENTS を正しいフォルダーにしてください。"
        )
    with writer_lock(settings.home, wait_s, _waiting), _progress_bar(quiet) as progress:
        builder = Builder(ingest_plan(settings), lambda: _embedder(settings), progress)
        try:
            return builder.ingest(wanted, origin if paths else "folder", fingerprint=_built_with(settings))
        finally:
            builder.close()


def _embedder(settings: Settings) -> Any:
    embedder = make_embedder(settings)
    (settings.home / "embedding.txt").write_text(f"{settings.embedding}\n{embedder.fingerprint}\n", encoding="utf-8")
    return embedder


def remove(settings: Settings, document_id: str, *, wait_s: float = WAIT_S) -> IngestReport:
    """Takes a document out; the file of an uploaded one is deleted too. Raises IngestBusy like `ingest`."""
    with writer_lock(settings.home, wait_s, _waiting):
        builder = Builder(ingest_plan(settings), lambda: _embedder(settings))
        try:
            known = {d.id: d for d in listed(settings)[0]}
            report = builder.remove(document_id, fingerprint=_built_with(settings))
        finally:
            builder.close()
        if report.removed and known[document_id].origin == "upload":
            path = known[document_id].path
            if all(d.path != path for d in report.documents):  # a ZIP file stays until its last document goes
                Path(path).unlink(missing_ok=True)
        return report


def listed(settings: Settings) -> tuple[tuple[DocumentRow, ...], tuple[tuple[str, str], ...]]:
    """The ledger's documents and the files that could not be read. Raises IndexBroken when the ledger is no ledger."""
    path = settings.home / "ledger.sqlite3"
    if not path.is_file():
        return (), ()
    try:
        with closing(Ledger(path, read_only=True)) as ledger:
            return ledger.documents(), ledger.failures()
    except sqlite3.Error as error:
        raise IndexBroken(
            f"台帳 {path} を読めません（{error}）。権限を確かめ、壊れているときは消して `tenkyo ingest` を実行してください。"
        ) from error


def report_json(report: IngestReport) -> dict[str, Any]:
    data = asdict(report)
    data["failed"] = [{"path": p, "reason": r} for p, r in report.failed]
    data["documents"] = [{"id": d.id, "title": d.title, "pages": d.pages} for d in report.documents]
    return data


def print_report(report: IngestReport) -> None:
    """The ledger at the end of an ingest: every document with its pages, and every file that failed, with the reason."""
    marks = {**dict.fromkeys(report.added, "追加"), **dict.fromkeys(report.changed, "更新")}
    for d in report.documents:
        print(f"{marks.get(d.id, '変更なし')}\t{d.id}\t{d.pages}{d.locator}\t{d.title}")
    for one in report.removed:
        print(f"削除\t{one}")
    for path, reason in report.failed:
        print(f"失敗\t{path}\t{reason}")
    pages = sum(d.pages for d in report.documents)
    made = "索引を作り直しました" if report.built else "索引はそのまま使えます"
    print(f"{len(report.documents)}文書 {pages}ページ {report.chunks}チャンク。{made}（{report.seconds:.1f}秒）。")
