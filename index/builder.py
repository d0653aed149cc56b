"""Ingest: files → ledger → embedding cache → a fresh generation → the pointer. One writer at a time, by a file lock."""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus.chunk import chunk_context, chunk_page
from corpus.errors import FolderError, TenkyoError
from corpus.folder import find_sources, unread_files
from corpus.loader import READING, load_document
from corpus.source import Source
from index.embedder import Embedder
from index.embedding_cache import EmbeddingCache
from index.errors import IndexBroken, IngestBusy, StorageError
from index.exact import save_vectors
from index.generation import (
    Generation,
    Stamp,
    check,
    current_name,
    open_generation,
    publish,
    read_stamp,
    superseded,
    sweep,
    write_stamp,
)
from index.ledger import ChunkRow, DocumentRow, Ledger
from index.lexical import LexicalIndex
from index.survey import Finding, IngestReport, Progress, Read, chunking_rule, gone, reading_of, survey
from index.terms import index_terms
from index.vectors import create_embedded, create_remote, drop_remote

_PROBES = 8


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """Where the state lies and how chunks are made. `chroma_url` is "" for embedded Chroma."""

    home: Path
    max_tokens: int
    chroma_url: str

    @property
    def store(self) -> str:
        return self.chroma_url or "embedded"


@contextmanager
def writer_lock(home: Path, timeout_s: float, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Holds the only right to write under `home`. Calls `waiting` once when another has it; raises IngestBusy after `timeout_s`.

    Raises FolderError or StorageError when nothing can be written there.
    """
    with _writing(home):
        (home / "index").mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / "ingest.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if waiting:
                waiting()
            try:
                lock.acquire(timeout=timeout_s)
            except Timeout as error:
                raise IngestBusy("別の取り込みが実行中です。終わってからもう一度実行してください。") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _writing(home: Path) -> Iterator[None]:
    """What the operating system, SQLite and Chroma say of a full disk or a folder that cannot be written, in one line each."""
    try:
        yield
    except TenkyoError as error:
        if _is_full(error):
            raise _full(home) from error
        raise
    except Exception as error:
        if _is_full(error):
            raise _full(home) from error
        if _is_unwritable(error):
            raise FolderError(
                f"{home} に書き込めません（{error}）。権限を確かめるか、TENKYO_HOME を書き込めるフォルダーにしてください。"
            ) from error
        if isinstance(error, sqlite3.DatabaseError):
            raise IndexBroken(
                f"{home / 'ledger.sqlite3'} が壊れています（{error}）。このファイルを削除し、`tenkyo ingest` で取り込み直してください。"
            ) from error
        raise


def _full(home: Path) -> StorageError:
    return StorageError(
        f"ディスクの空きが足りず、{home} に書き込めません。空きを作ってから、もう一度実行してください。今までの索引はそのまま使えます。"
    )


def _is_full(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return True
        if re.search(r"disk is full|no space left|file too large|disk i/o error", str(error), re.IGNORECASE):
            return True
        error = error.__cause__
    return False


def _is_unwritable(error: Exception) -> bool:
    if isinstance(error, sqlite3.OperationalError):
        return bool(re.search(r"readonly|unable to open|disk i/o", str(error), re.IGNORECASE))
    return isinstance(error, PermissionError | FileExistsError | NotADirectoryError) or (
        isinstance(error, OSError) and error.errno == errno.EROFS
    )


class Builder:
    """Writes the ledger and builds generations. Use it only inside `writer_lock`."""

    def __init__(
        self,
        plan: IngestPlan,
        embedder: Callable[[], Embedder],
        progress: Progress | None = None,
        read: Read = load_document,
        *,
        ocr: bool = False,
    ) -> None:
        """`read` reads a source, with `ocr` also pages without a text layer; the default does so in this process, without limits."""
        self._plan = plan
        self._read = read
        self._ocr = ocr
        self._make_embedder = embedder
        self._progress = progress or (lambda *_: None)
        with _writing(plan.home):
            self._ledger = Ledger(plan.home / "ledger.sqlite3")
        self._chunking = chunking_rule(plan.max_tokens)

    def close(self) -> None:
        self._ledger.close()

    def ingest(self, paths: Sequence[Path], origin: str, *, fingerprint: str | None = None) -> IngestReport:
        """Reads what is new or changed and rebuilds the index if anything differs.

        For origin "folder" documents of that origin that are no longer among `paths` are taken out. A file that cannot be
        read is reported and leaves its older version in the index. Raises FolderError for a missing path, StorageError for a full
        disk; whatever it raises, the index before still serves.
        `fingerprint` (of the embedder) spares loading the model when nothing changed.
        """
        begun = time.monotonic()
        report = IngestReport(skipped=unread_files(paths))
        sources = find_sources(paths)
        with _writing(self._plan.home):
            known = {d.id: d for d in self._ledger.documents()}
            fresh: dict[str, str] = {}
            for n, finding in enumerate(survey(sources, known, origin, self._chunking, self._read, ocr=self._ocr), 1):
                self._take(finding, origin, report)
                if finding.document is not None:
                    fresh[finding.source.id] = finding.document.file_sha256
                self._progress("読み取り", n, len(sources))
            if origin == "folder":
                self._reread(report)
                lost = gone(known, sources)
                for one in lost:
                    self._ledger.remove(one)
                report.note_gone(lost, fresh)
            if origin != "upload":  # who uploads is told at once, and the file is not kept here
                self._ledger.set_failures(report.failed, origin, [s.where for s in sources])
            self._rechunk()
            self._build(report, fingerprint)
            report.documents = self._ledger.documents()
            report.accounts = self._ledger.accounts()
        report.seconds = time.monotonic() - begun
        return report

    def rebuild(self) -> IngestReport:
        """Builds the index from the ledger alone: no file is read, what the embedding cache holds is not embedded again."""
        report = IngestReport()
        with _writing(self._plan.home):
            self._rechunk()
            self._build(report, None)
            report.documents = self._ledger.documents()
        return report

    def remove(self, document_id: str, *, fingerprint: str | None = None) -> IngestReport:
        """Takes a document out of ledger and index; `removed` is empty when there was none."""
        report = IngestReport()
        with _writing(self._plan.home):
            if self._ledger.remove(document_id):
                report.removed.append(document_id)
                self._rechunk()
                self._build(report, fingerprint)
            report.documents = self._ledger.documents()
        return report

    def _take(self, finding: Finding, origin: str, report: IngestReport) -> None:
        """Writes what was found of one source to the ledger; from then on it is safe from whatever stops the ingest."""
        source, document = finding.source, finding.document
        report.note(finding)
        if finding.state == "moved":
            self._ledger.relocate(source.id, origin, source.path.resolve(), source.member)
        if document is not None:
            chunks = [c for p in document.pages for c in chunk_page(p.number, p.text, self._plan.max_tokens)]
            path = source.path.resolve()
            self._ledger.put(
                document, origin, path, self._chunking, chunks, member=source.member, reading=reading_of(document)
            )

    def _reread(self, report: IngestReport) -> None:
        """Reads documents of other origins anew when the loaders have changed since; what cannot be read now stays as it was."""
        for row in self._ledger.documents():
            if row.origin == "folder" or row.reading == READING:
                continue
            source = Source(row.id, Path(row.path), None, row.member)
            [finding] = survey([source], {row.id: row}, row.origin, self._chunking, self._read, ocr=self._ocr)
            if finding.state == "changed":
                self._take(finding, row.origin, report)

    def _rechunk(self) -> None:
        """Gives documents that were not read now (uploads, unreadable files) the chunks of today's rule, from the ledger's pages."""
        for document in self._ledger.documents():
            if document.chunking != self._chunking:
                chunks = [
                    c
                    for p in self._ledger.pages(document.id)
                    for c in chunk_page(p.number, p.text, self._plan.max_tokens)
                ]
                self._ledger.rechunk(document.id, self._chunking, chunks)

    def _build(self, report: IngestReport, fingerprint: str | None) -> None:
        documents = self._ledger.documents()
        digest = hashlib.sha256("\n".join(f"{d.id} {d.sha256} {d.reading}" for d in documents).encode()).hexdigest()
        current = current_name(self._plan.home)
        if (
            current
            and fingerprint
            and self._is_current(current, Stamp.of(digest, self._plan.max_tokens, fingerprint, self._plan.store))
        ):
            self._sweep((current,))
            report.chunks = len(self._ledger.chunks())
            return
        embedder = self._make_embedder()
        stamp = Stamp.of(digest, self._plan.max_tokens, embedder.fingerprint, self._plan.store)
        if current and self._is_current(current, stamp):
            self._sweep((current,))
            report.chunks = len(self._ledger.chunks())
            return
        chunks = self._ledger.chunks()
        texts = list(self._texts(chunks, documents))
        cache = EmbeddingCache(self._plan.home / "embeddings.sqlite3")
        try:
            vectors = cache.encode(embedder, texts, lambda done, total: self._progress("埋め込み", done, total))
            name = (
                time.strftime("%Y%m%dT%H%M%S")
                + "-"
                + hashlib.sha256(repr(stamp).encode() + str(time.time_ns()).encode()).hexdigest()[:8]
            )
            self._write(name, stamp, chunks, texts, vectors)
            cache.keep(embedder.fingerprint, texts)
        finally:
            cache.close()
        # A removed document must not stay readable; else the generation before is kept for those who are reading from it.
        self._sweep((name, current) if current and not (report.removed or report.renamed) else (name,))
        report.chunks, report.built = len(chunks), True

    def _sweep(self, keep: tuple[str, ...]) -> None:
        url = self._plan.chroma_url
        gone = superseded(self._plan.home, keep)
        if url and gone:
            drop_remote(url, gone)
        sweep(self._plan.home, keep)

    def _is_current(self, name: str, stamp: Stamp) -> bool:
        """Was the generation made so, and can it be opened?"""
        try:
            if read_stamp(self._plan.home / "index" / name) != stamp:
                return False
            open_generation(self._plan.home, name).close()
        except IndexBroken:
            return False
        return True

    def _texts(self, chunks: Sequence[ChunkRow], documents: Sequence[DocumentRow]) -> Iterator[str]:
        titles = {d.id: d.title for d in documents}
        for chunk in chunks:
            page = self._ledger.page(chunk.document_id, chunk.page_number)
            assert page is not None  # foreign key
            yield chunk_context(titles[chunk.document_id], chunk.headings, page.text[chunk.start : chunk.end])

    def _write(
        self, name: str, stamp: Stamp, chunks: Sequence[ChunkRow], texts: Sequence[str], vectors: NDArray[np.float32]
    ) -> None:
        build = self._plan.home / "index" / f".build-{name}"
        shutil.rmtree(build, ignore_errors=True)
        build.mkdir(parents=True)
        try:
            self._fill(build, name, stamp, chunks, texts, vectors)
        except BaseException:
            shutil.rmtree(build, ignore_errors=True)  # a full disk needs the room
            if self._plan.chroma_url:
                with suppress(OSError):
                    build.mkdir()  # its name tells the next sweep which collection to drop
            raise
        publish(self._plan.home, build, name)
        self._progress("索引", 3, 3)

    def _fill(
        self,
        build: Path,
        name: str,
        stamp: Stamp,
        chunks: Sequence[ChunkRow],
        texts: Sequence[str],
        vectors: NDArray[np.float32],
    ) -> None:
        self._progress("索引", 0, 3)
        self._ledger.copy_to(build / "ledger.sqlite3")
        # Interned: millions of terms, of which few differ.
        terms = [[sys.intern(term) for term in index_terms(text)] for text in texts]
        LexicalIndex.build(terms).save(build / "lexical")
        del terms
        save_vectors(build, vectors)
        self._progress("索引", 1, 3)
        url = self._plan.chroma_url
        with closing(create_remote(url, name) if url else create_embedded(build / "chroma")) as store:
            store.add(chunks, vectors)
            with closing(Ledger(build / "ledger.sqlite3", read_only=True)) as ledger:
                lexical = LexicalIndex.load(build / "lexical")
                check(
                    Generation(name, build, stamp, ledger, lexical, store), vectors[:: max(1, len(vectors) // _PROBES)]
                )
        self._progress("索引", 2, 3)
        write_stamp(build, stamp)
