"""The ledger: every document, page and chunk that is to be found, in one SQLite file. A generation carries its own copy."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.chunk import Chunk
from corpus.document import Document, Page
from corpus.geometry import Geometry

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL, published TEXT NOT NULL, locator TEXT NOT NULL,
  note TEXT NOT NULL, sha256 TEXT NOT NULL, origin TEXT NOT NULL, path TEXT NOT NULL, chunking TEXT NOT NULL,
  guessed TEXT NOT NULL DEFAULT '', file_sha256 TEXT NOT NULL DEFAULT '',
  member TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS pages (
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, number INTEGER NOT NULL, label TEXT NOT NULL,
  text TEXT NOT NULL, ocr INTEGER NOT NULL DEFAULT 0, problem TEXT NOT NULL DEFAULT '', geometry BLOB,
  PRIMARY KEY (document_id, number), UNIQUE (document_id, label));
CREATE TABLE IF NOT EXISTS chunks (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL, page_number INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  headings TEXT NOT NULL, FOREIGN KEY (document_id, page_number) REFERENCES pages(document_id, number) ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS chunks_by_page ON chunks (document_id, page_number);
CREATE TABLE IF NOT EXISTS failures (path TEXT PRIMARY KEY, reason TEXT NOT NULL);
"""
# Columns that ledgers of earlier versions lack: (table, column, type and default).
_ADDED = (
    ("documents", "guessed", "TEXT NOT NULL DEFAULT ''"),
    ("documents", "file_sha256", "TEXT NOT NULL DEFAULT ''"),
    ("documents", "member", "TEXT NOT NULL DEFAULT ''"),
    ("pages", "ocr", "INTEGER NOT NULL DEFAULT 0"),
    ("pages", "problem", "TEXT NOT NULL DEFAULT ''"),
    ("pages", "geometry", "BLOB"),
)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document without its texts. `origin` is folder (the documents folder), path (named on the command line) or upload."""

    id: str
    title: str
    publisher: str
    published: str
    locator: str
    note: str
    sha256: str
    origin: str
    path: str
    chunking: str
    guessed: tuple[str, ...]
    file_sha256: str
    member: str
    pages: int


@dataclass(frozen=True, slots=True)
class ChunkRow:
    """A chunk with its id (`document#page.start`), in reading order."""

    id: str
    document_id: str
    page_number: int
    start: int
    end: int
    headings: tuple[str, ...]


class Ledger:
    """One connection; not shared between threads unless the caller locks."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        if read_only:
            self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        else:
            self._db = sqlite3.connect(path, check_same_thread=False)
            try:
                self._db.execute("PRAGMA foreign_keys = ON")
                self._db.execute("PRAGMA secure_delete = ON")  # a removed document's text leaves the file
                self._db.executescript(_SCHEMA)
                self._add_columns()
            except sqlite3.Error:
                self._db.close()
                raise

    def _add_columns(self) -> None:
        for table, column, kind in _ADDED:
            if column not in {row[1] for row in self._db.execute(f"PRAGMA table_info({table})")}:
                self._db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")

    def close(self) -> None:
        self._db.close()

    def documents(self) -> tuple[DocumentRow, ...]:
        """All documents in the order of their ids."""
        rows = self._db.execute(
            "SELECT d.id, title, publisher, published, locator, note, sha256, origin, path, chunking, guessed,"
            " file_sha256, member, count(p.number)"
            " FROM documents d LEFT JOIN pages p ON p.document_id = d.id GROUP BY d.id ORDER BY d.id"
        )
        return tuple(
            DocumentRow(*row[:10], tuple(filter(None, row[10].split(","))), *row[11:])  # type: ignore[call-arg]
            for row in rows
        )

    def put(
        self, document: Document, origin: str, path: Path, chunking: str, chunks: Iterable[Chunk], member: str = ""
    ) -> None:
        """Replaces the document of that id with its pages and chunks, in one transaction."""
        with self._db:
            self._db.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            self._db.execute(
                "INSERT INTO documents (id, title, publisher, published, locator, note, sha256, origin, path, chunking, guessed,"
                " file_sha256, member) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document.id,
                    document.title,
                    document.publisher,
                    document.published,
                    document.locator,
                    document.note,
                    document.sha256,
                    origin,
                    str(path),
                    chunking,
                    ",".join(document.guessed),
                    document.file_sha256,
                    member,
                ),
            )
            self._db.executemany(
                "INSERT INTO pages (document_id, number, label, text, ocr, problem, geometry) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (document.id, p.number, p.label, p.text, p.ocr, p.problem, p.geometry and p.geometry.to_bytes())
                    for p in document.pages
                ],
            )
            self._put_chunks(document.id, chunks)

    def rechunk(self, document_id: str, chunking: str, chunks: Iterable[Chunk]) -> None:
        """Replaces the chunks of a document, whose pages stay."""
        with self._db:
            self._db.execute("DELETE FROM chunks WHERE document_id = ?", (document_id,))
            self._db.execute("UPDATE documents SET chunking = ? WHERE id = ?", (chunking, document_id))
            self._put_chunks(document_id, chunks)

    def _put_chunks(self, document_id: str, chunks: Iterable[Chunk]) -> None:
        self._db.executemany(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    f"{document_id}#{c.page_number}.{c.start}",
                    document_id,
                    c.page_number,
                    c.start,
                    c.end,
                    json.dumps(c.headings, ensure_ascii=False),
                )
                for c in chunks
            ],
        )

    def relocate(self, document_id: str, origin: str, path: Path) -> None:
        """The same content now comes from elsewhere."""
        with self._db:
            self._db.execute("UPDATE documents SET origin = ?, path = ? WHERE id = ?", (origin, str(path), document_id))

    def remove(self, document_id: str) -> bool:
        """Takes a document out with its pages and chunks; False when there was none."""
        with self._db:
            return self._db.execute("DELETE FROM documents WHERE id = ?", (document_id,)).rowcount > 0

    def set_failures(self, failures: Sequence[tuple[str, str]]) -> None:
        """Replaces the list of files that could not be read, (path, reason)."""
        with self._db:
            self._db.execute("DELETE FROM failures")
            self._db.executemany("INSERT OR REPLACE INTO failures VALUES (?, ?)", failures)

    def failures(self) -> tuple[tuple[str, str], ...]:
        return tuple(self._db.execute("SELECT path, reason FROM failures ORDER BY path"))

    def pages(self, document_id: str) -> tuple[Page, ...]:
        rows = self._db.execute(
            "SELECT number, label, text, ocr, problem FROM pages WHERE document_id = ? ORDER BY number", (document_id,)
        )
        return tuple(_page(row) for row in rows)

    def page(self, document_id: str, number: int) -> Page | None:
        row = self._db.execute(
            "SELECT number, label, text, ocr, problem FROM pages WHERE document_id = ? AND number = ?",
            (document_id, number),
        ).fetchone()
        return _page(row) if row else None

    def geometry(self, document_id: str, number: int) -> Geometry | None:
        """Where the page's code points stand; None for a page without a layout."""
        row = self._db.execute(
            "SELECT geometry FROM pages WHERE document_id = ? AND number = ?", (document_id, number)
        ).fetchone()
        return Geometry.from_bytes(row[0]) if row and row[0] else None

    def labels(self, document_id: str) -> tuple[str, ...]:
        rows = self._db.execute("SELECT label FROM pages WHERE document_id = ? ORDER BY number", (document_id,))
        return tuple(row[0] for row in rows)

    def chunks(self) -> tuple[ChunkRow, ...]:
        """All chunks in the order of document, page and place."""
        rows = self._db.execute(
            "SELECT id, document_id, page_number, start, end, headings FROM chunks ORDER BY document_id, page_number, start"
        )
        return tuple(ChunkRow(i, d, p, s, e, tuple(json.loads(h))) for i, d, p, s, e, h in rows)

    def copy_to(self, path: Path) -> None:
        """A consistent copy in one file."""
        self._db.execute("VACUUM INTO ?", (str(path),))


def _page(row: tuple[int, str, str, int, str]) -> Page:
    number, label, text, ocr, problem = row
    return Page(number, label, text, bool(ocr), problem)
