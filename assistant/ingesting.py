"""`tenkyo ingest` and `remove`: the builder with a progress bar and a lock that says when it waits."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from assistant.accounts import read_accounts
from assistant.compose import ingest_plan, make_document_reader, make_embedder
from assistant.limits import MAX_UPLOAD_PAGES, WAIT_S
from assistant.page_image import sweep_pictures
from assistant.settings import Settings
from corpus.errors import FolderError
from corpus.manifest import known_entries, write_manifest
from index.builder import Builder, writer_lock
from index.errors import IndexBroken
from index.generation import current_name, read_stamp
from index.survey import IngestReport, Progress, preview


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


def _progress_shown(quiet: bool, progress: Progress | None) -> AbstractContextManager[Progress | None]:
    return _progress_bar(quiet) if progress is None else nullcontext(progress)


def ingest(
    settings: Settings,
    paths: Sequence[Path],
    origin: str = "path",
    *,
    quiet: bool = False,
    wait_s: float = WAIT_S,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> IngestReport:
    """Indexes `paths`, or the documents folder when none is given. Raises IngestBusy when another ingest takes over `wait_s`.

    A dry run says what would change and writes nothing.
    """
    wanted = list(paths) or [settings.documents]
    if not paths and not settings.documents.is_dir():
        raise FolderError(
            f"文書のフォルダー {settings.documents} がありません。TENKYO_DOCUMENTS を正しいフォルダーにしてください。"
        )
    plan, origin = ingest_plan(settings), origin if paths else "folder"
    max_pages = MAX_UPLOAD_PAGES if origin == "upload" else 0
    with closing(make_document_reader(max_pages)) as read, _progress_shown(quiet, progress) as shown:
        if dry_run:
            return preview(settings.home, wanted, origin, plan.max_tokens, read, shown, ocr=read.ocr)
        with (
            writer_lock(settings.home, wait_s, _waiting),
            closing(Builder(plan, lambda: _embedder(settings), shown, read, ocr=read.ocr)) as builder,
        ):
            report = builder.ingest(wanted, origin, fingerprint=_built_with(settings))
            sweep_pictures(settings.home, {d.file_sha256 for d in report.documents})
            return report


def _embedder(settings: Settings) -> Any:
    embedder = make_embedder(settings)
    (settings.home / "embedding.txt").write_text(f"{settings.embedding}\n{embedder.fingerprint}\n", encoding="utf-8")
    return embedder


def remove(settings: Settings, document_id: str, *, wait_s: float = WAIT_S) -> IngestReport:
    """Takes a document out; the file of an uploaded one is deleted too. Raises IngestBusy like `ingest`."""
    with writer_lock(settings.home, wait_s, _waiting):
        builder = Builder(ingest_plan(settings), lambda: _embedder(settings))
        try:
            known = {d.id: d for d in read_accounts(settings.home).documents}
            report = builder.remove(document_id, fingerprint=_built_with(settings))
        finally:
            builder.close()
        sweep_pictures(settings.home, {d.file_sha256 for d in report.documents})
        if report.removed and known[document_id].origin == "upload":
            path = known[document_id].path
            if all(d.path != path for d in report.documents):  # a ZIP file stays until its last document goes
                Path(path).unlink(missing_ok=True)
                write_manifest(Path(path).parent, known_entries(Path(path).parent))
        return report


def rebuild(settings: Settings, *, wait_s: float = WAIT_S) -> IngestReport:
    """Builds the index anew from the ledger, without reading any file. Raises IngestBusy like `ingest`."""
    with (
        writer_lock(settings.home, wait_s, _waiting),
        _progress_bar(quiet=False) as progress,
        closing(Builder(ingest_plan(settings), lambda: _embedder(settings), progress)) as builder,
    ):
        return builder.rebuild()
