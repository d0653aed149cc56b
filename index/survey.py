"""What an ingest finds: which sources are new, changed, moved, renamed, unchanged or unreadable, and which documents are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from corpus.chunk import CHUNKING, chunk_page
from corpus.document import Document
from corpus.errors import DocumentError
from corpus.folder import find_sources, unread_files
from corpus.loaded import NEEDS_OCR
from corpus.loader import READING, content_hash
from corpus.quality import text_quality
from corpus.source import Source
from index.ledger import DocumentRow, Ledger
from index.page_accounts import PageCounts, page_state

Read = Callable[[Source], Document]
WITHOUT_OCR = f"{READING}-without-ocr"  # read so when a page needed it and Tesseract was not there
Progress = Callable[[str, int, int], None]  # (step, done, total)
State = Literal["added", "changed", "moved", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A source against the ledger. `document` was read unless it is unchanged or moved; `reason` says why it failed."""

    source: Source
    state: State
    document: Document | None = None
    reason: str = ""


@dataclass(slots=True)
class IngestReport:
    """What an ingest did, or would do: ids of documents, (old id, new id) of renamed ones, (path, reason) of failures, names of
    files in the folder that are of no known kind, what became of the pages (by id), pages and chunks in the new index.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    documents: tuple[DocumentRow, ...] = ()
    accounts: dict[str, PageCounts] = field(default_factory=dict)
    chunks: int = 0
    built: bool = False
    seconds: float = 0.0

    def note(self, finding: Finding) -> None:
        match finding.state:
            case "failed":
                self.failed.append((finding.source.where, finding.reason))
            case "added":
                self.added.append(finding.source.id)
            case "changed":
                self.changed.append(finding.source.id)
            case "moved" | "unchanged":
                self.unchanged.append(finding.source.id)

    def note_gone(self, gone: Mapping[str, str], fresh: Mapping[str, str]) -> None:
        """Documents that left the folder and those that came, each with the hash of its file: equal ones were renamed."""
        came = {digest: one for one, digest in sorted(fresh.items(), reverse=True) if digest and one in self.added}
        for one, digest in sorted(gone.items()):
            new = came.pop(digest, None)
            if new is None:
                self.removed.append(one)
            else:
                self.added.remove(new)
                self.renamed.append((one, new))


def survey(
    sources: Sequence[Source],
    known: Mapping[str, DocumentRow],
    origin: str,
    chunking: str,
    read: Read,
    *,
    ocr: bool = False,
) -> Iterator[Finding]:
    """One finding a source, in their order; a document is read when it comes to it and not kept. Never raises DocumentError.

    With `ocr`, what `read` recognises, documents are read anew that were read without it and need it.
    """
    for source in sources:
        row = known.get(source.id)
        try:
            if row and origin == "upload" and row.origin != "upload":
                yield Finding(source, "failed", reason=_taken(source, row))
            elif row and _is_as_read(row, source, chunking, ocr):
                place = (origin, str(source.path.resolve()), source.member)
                moved = origin == "folder" and place != (row.origin, row.path, row.member)
                yield Finding(source, "moved" if moved else "unchanged")
            else:
                yield Finding(source, "changed" if row else "added", read(source))
        except DocumentError as error:
            yield Finding(source, "failed", reason=error.message)


def _taken(source: Source, row: DocumentRow) -> str:
    return f"{source.name} と同じ名前の文書（{row.title}）が、登録ではなくフォルダーから入っています。ファイル名を変えてください。"


def _is_as_read(row: DocumentRow, source: Source, chunking: str, ocr: bool) -> bool:
    """Is the document in the ledger what would be read now?"""
    readings = (READING,) if ocr else (READING, WITHOUT_OCR)
    same_rules = row.chunking == chunking and row.reading in readings
    return same_rules and row.sha256 == content_hash(source.read(), source.entry)


def reading_of(document: Document) -> str:
    """The version of the loaders, as the ledger keeps it."""
    return WITHOUT_OCR if any(NEEDS_OCR in page.problem for page in document.pages) else READING


def chunking_rule(max_tokens: int) -> str:
    return f"{CHUNKING}/{max_tokens}"


def preview(
    home: Path,
    paths: Sequence[Path],
    origin: str,
    max_tokens: int,
    read: Read,
    progress: Progress | None = None,
    *,
    ocr: bool = False,
) -> IngestReport:
    """What an ingest of `paths` would do, without writing anything: `accounts` are those of the files that would be read.

    Raises FolderError for a missing path.
    """
    report = IngestReport(skipped=unread_files(paths))
    sources = find_sources(paths)
    known: dict[str, DocumentRow] = {}
    if (home / "ledger.sqlite3").is_file():
        with closing(Ledger(home / "ledger.sqlite3", read_only=True)) as ledger:
            known = {d.id: d for d in ledger.documents()}
    fresh: dict[str, str] = {}
    for n, finding in enumerate(survey(sources, known, origin, chunking_rule(max_tokens), read, ocr=ocr), 1):
        report.note(finding)
        if finding.document is not None:
            fresh[finding.source.id] = finding.document.file_sha256
            report.accounts[finding.source.id] = count_pages(finding.document, max_tokens)
        if progress:
            progress("読み取り", n, len(sources))
    if origin == "folder":
        report.note_gone(gone(known, sources), fresh)
    return report


def gone(known: Mapping[str, DocumentRow], sources: Sequence[Source]) -> dict[str, str]:
    """The documents of the folder that are no longer among the sources, with the hash of their file."""
    ids = {one.id for one in sources}
    return {d.id: d.file_sha256 for d in known.values() if d.origin == "folder" and d.id not in ids}


def count_pages(document: Document, max_tokens: int) -> PageCounts:
    """What would become of the pages of a document that was just read."""
    return PageCounts.of(
        page_state(
            p.number,
            p.label,
            p.problem,
            p.ocr,
            text_quality(p.text),
            bool(p.text.strip()),
            bool(chunk_page(p.number, p.text, max_tokens)),
        )
        for p in document.pages
    )
