"""The ledger: every document, page and chunk that is to be found, in one SQLite file. A generation carries its own copy."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.chunk import Chunk
from corpus.document import Document, Page
from corpus.geometry import Geometry
from corpus.quality import text_quality
from index.page_accounts import PageCounts, PageState, page_state

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL, published TEXT NOT NULL, locator TEXT NOT NULL,
  note TEXT NOT NULL, sha256 TEXT NOT NULL, origin TEXT NOT NULL, path TEXT NOT NULL, chunking TEXT NOT NULL,
  guessed TEXT NOT NULL DEFAULT '', file_sha256 TEXT NOT NULL DEFAULT '',
  member TEXT NOT NULL DEFAULT '', reading TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS pages (
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, number INTEGER NOT NULL, label TEXT NOT NULL,
  text TEXT NOT NULL, ocr INTEGER NOT NULL DEFAULT 0, problem TEXT NOT NULL DEFAULT '', geometry BLOB, quality REAL,
  PRIMARY KEY (document_id, number), UNIQUE (document_id, label));
CREATE TABLE IF NOT EXISTS chunks (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL, page_number INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  headings TEXT NOT NULL, FOREIGN KEY (document_id, page_number) REFERENCES pages(document_id, number) ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS chunks_by_page ON chunks (document_id, page_number);
CREATE TABLE IF NOT EXISTS failures (
  path TEXT PRIMARY KEY, reason TEXT NOT NULL, origin TEXT NOT NULL DEFAULT 'folder');
"""
SCHEMA_MARK = zlib.crc32(_SCHEMA.encode())  # changes with the columns
# Columns that ledgers of earlier versions lack: (table, column, type and default).
_ADDED = (
    ("documents", "guessed", "TEXT NOT NULL DEFAULT ''"),
    ("documents", "file_sha256", "TEXT NOT NULL DEFAULT ''"),
    ("documents", "member", "TEXT NOT NULL DEFAULT ''"),
    ("documents", "reading", "TEXT NOT NULL DEFAULT ''"),
    ("failures", "origin", "TEXT NOT NULL DEFAULT 'folder'"),
    ("pages", "quality", "REAL"),
    ("pages", "ocr", "INTEGER NOT NULL DEFAULT 0"),
    ("pages", "problem", "TEXT NOT NULL DEFAULT ''"),
    ("pages", "geometry", "BLOB"),
)

_STATES = (
    "SELECT p.document_id, p.number, p.label, p.problem, p.ocr, p.quality, trim(p.text, char(9, 10, 13, 32, 12288)) != '',"
    " EXISTS (SELECT 1 FROM chunks c WHERE c.document_id = p.document_id AND c.page_number = p.number)"
    " FROM pages p {where} ORDER BY p.document_id, p.number"
)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document without its texts. `origin` is folder (the documents folder), path (named on the command line) or upload.

    `member` is the file's name in the ZIP file `path`, "" for a file of its own; `reading` is the version of the loaders that read it.
    """

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
    reading: str = ""


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
            if read_only:
                self._add_views()
            else:
                self._db.execute("PRAGMA foreign_keys = ON")
                self._db.execute("PRAGMA secure_delete = ON")  # a removed document's text leaves the file
                self._db.executescript(_SCHEMA)
                self._add_columns()
        except sqlite3.Error:
            self._db.close()
            raise

    def _add_columns(self) -> None:
        for table, columns in self._missing().items():
            for column, kind in columns:
                self._db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")

    def _add_views(self) -> None:
        """An earlier version's ledger that may not be written shows what it lacks all the same."""
        for table, columns in self._missing().items():
            values = ", ".join(f"{kind.partition('DEFAULT ')[2] or 'NULL'} AS {column}" for column, kind in columns)
            self._db.execute(f"CREATE TEMP VIEW {table} AS SELECT *, {values} FROM main.{table}")

    def _missing(self) -> dict[str, list[tuple[str, str]]]:
        missing: dict[str, list[tuple[str, str]]] = {}
        for table, column, kind in _ADDED:
            have = {row[1] for row in self._db.execute(f"PRAGMA main.table_info({table})")}
            if have and column not in have:
                missing.setdefault(table, []).append((column, kind))
        return missing

    def close(self) -> None:
        self._db.close()

    def documents(self) -> tuple[DocumentRow, ...]:
        """All documents in the order of their ids."""
        rows = self._db.execute(
            "SELECT d.id, title, publisher, published, locator, note, sha256, origin, path, chunking, guessed,"
            " file_sha256, member, (SELECT count(*) FROM pages p WHERE p.document_id = d.id), reading"
            " FROM documents d ORDER BY d.id"
        )
        return tuple(
            DocumentRow(*row[:10], tuple(filter(None, row[10].split(","))), *row[11:])  # type: ignore[call-arg]
            for row in rows
        )

    def put(
        self,
        document: Document,
        origin: str,
        path: Path,
        chunking: str,
        chunks: Iterable[Chunk],
        *,
        member: str = "",
        reading: str = "",
    ) -> None:
        """Replaces the document of that id with its pages and chunks, in one transaction."""
        with self._db:
            self._db.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            self._db.execute(
                "INSERT INTO documents (id, title, publisher, published, locator, note, sha256, origin, path, chunking, guessed,"
                " file_sha256, member, reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                    reading,
                ),
            )
            self._db.executemany(
                "INSERT INTO pages (document_id, number, label, text, ocr, problem, quality, geometry)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        document.id,
                        p.number,
                        p.label,
                        p.text,
                        p.ocr,
                        p.problem,
                        text_quality(p.text),
                        p.geometry and p.geometry.to_bytes(),
                    )
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

    def relocate(self, document_id: str, origin: str, path: Path, member: str = "") -> None:
        """The same content now comes from elsewhere."""
        with self._db:
            self._db.execute(
                "UPDATE documents SET origin = ?, path = ?, member = ? WHERE id = ?",
                (origin, str(path), member, document_id),
            )

    def remove(self, document_id: str) -> bool:
        """Takes a document out with its pages and chunks; False when there was none."""
        with self._db:
            return self._db.execute("DELETE FROM documents WHERE id = ?", (document_id,)).rowcount > 0

    def set_failures(self, failures: Sequence[tuple[str, str]], origin: str, tried: Iterable[str]) -> None:
        """Notes the files that could not be read, (path, reason), and forgets what was noted of all that were `tried` now.

        Of origin "folder" everything is forgotten, also files that are gone.
        """
        with self._db:
            self._db.executemany("DELETE FROM failures WHERE path = ?", [(path,) for path in tried])
            if origin == "folder":
                self._db.execute("DELETE FROM failures WHERE origin = ?", (origin,))
            rows = [(path, reason, origin) for path, reason in failures]
            self._db.executemany("INSERT OR REPLACE INTO failures (path, reason, origin) VALUES (?, ?, ?)", rows)

    def failures(self) -> tuple[tuple[str, str], ...]:
        return tuple(self._db.execute("SELECT path, reason FROM failures ORDER BY path"))

    def accounts(self) -> dict[str, PageCounts]:
        """What became of the pages of every document."""
        states: dict[str, list[PageState]] = {d.id: [] for d in self.documents()}
        for document_id, *row in self._db.execute(_STATES.format(where="")):
            states[document_id].append(page_state(*row))
        return {document_id: PageCounts.of(found) for document_id, found in states.items()}

    def page_states(self, document_id: str) -> tuple[PageState, ...]:
        """What became of each page of a document, in the order of the file."""
        rows = self._db.execute(_STATES.format(where="WHERE p.document_id = ?"), (document_id,))
        return tuple(page_state(*row[1:]) for row in rows)

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
