"""Pictures of pages with the cited words marked, and the original files that they are drawn from."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from assistant.problems import NoPicture
from corpus.document import Span
from corpus.errors import DocumentError
from corpus.font import INSTALL, japanese_face
from corpus.geometry import Geometry
from corpus.late_loader import is_pdf
from corpus.page_picture import marked
from corpus.sandbox import Sandbox
from corpus.source import Source
from corpus.text_picture import text_picture
from index.ledger import DocumentRow, Ledger
from index.library import PageView

MIN_WIDTH, DEFAULT_WIDTH, MAX_WIDTH = 200, 1200, 2400  # pixels
CACHE_BYTES = 300_000_000
_TIMEOUT_S = 20.0
_DRAWN = "1"  # changes when pages are drawn in another way
_PICTURES = "pictures"


class PageImages:
    """Draws pages: a PDF's from the original (kept under `home`, at most `cache_bytes`), any other's from its text. Thread-safe."""

    def __init__(self, home: Path, sandbox: Sandbox, cache_bytes: int = CACHE_BYTES) -> None:
        self._home = home
        self._folder = home / _PICTURES
        self._sandbox = sandbox
        self._cache_bytes = cache_bytes
        self._lock = threading.Lock()
        self._digests: dict[tuple[str, int, int], str] = {}
        self._kinds: dict[str, bool] = {}  # by digest: is it a PDF?
        self._kept_bytes: int | None = None  # unknown until something is kept

    def close(self) -> None:
        self._sandbox.close()

    def possible(self, document: DocumentRow) -> bool:
        """Can pages of the document be drawn here?"""
        return japanese_face() is not None or self._pdf(document) is not None

    def has_pdf(self, document: DocumentRow) -> bool:
        """Are its pictures those of a PDF, and not drawn from the text?"""
        return self._pdf(document) is not None

    def has_original(self, document: DocumentRow) -> bool:
        """Is the file that was indexed still there?"""
        return self._source(document) is not None

    def tag(self, view: PageView, start: int, end: int, width: int) -> str:
        """What the picture depends on, as an HTTP entity tag."""
        drawn = "pdf" if self._pdf(view.document) else "text"
        parts = (
            _DRAWN,
            drawn,
            view.document.sha256,
            view.document.reading,
            view.page.number,
            view.page.text,
            start,
            end,
            width,
        )
        return '"' + hashlib.sha256(repr(parts).encode()).hexdigest()[:32] + '"'

    def draw(self, view: PageView, geometry: Geometry | None, start: int, end: int, width: int) -> bytes:
        """PNG of the page, `width` pixels wide, with the code points `start:end` marked. Raises NoPicture."""
        width = min(max(width, MIN_WIDTH), MAX_WIDTH)
        original = self._pdf(view.document)
        if original is not None:
            try:
                plain = self._rendered(view, original, width)
            except DocumentError:  # its text is still there
                pass
            else:
                return marked(plain, geometry.rectangles(start, end), geometry.width) if geometry else plain
        heading = f"{view.document.title}　{view.document.locator} {view.page.label}（本文から描いたもの。原本の見た目とは異なります）"
        with self._lock:  # a font's state is shared
            drawn = text_picture(view.page.text, Span(start, end), heading, width)
        if drawn is None:
            raise NoPicture(f"ページの画像を作れません。このサーバーに日本語フォントを入れてください（{INSTALL}）。")
        return drawn

    def original(self, document: DocumentRow) -> Source:
        """The file that was indexed. Raises NoPicture when it is gone or is another one by now."""
        source = self._source(document)
        if source is None:
            raise NoPicture(
                f"「{document.title}」の原本が、取り込んだときの場所にないか、変わっています。`tenkyo ingest` で取り込み直してください。"
            )
        return source

    def is_pdf(self, source: Source) -> bool:
        try:
            return is_pdf(source.read())
        except DocumentError:
            return False

    def _pdf(self, document: DocumentRow) -> Source | None:
        if document.file_sha256 not in self._kinds:
            source = self._source(document)
            if source is None:
                return None
            self._kinds[document.file_sha256] = self.is_pdf(source)
        return self._source(document) if self._kinds[document.file_sha256] else None

    def _source(self, document: DocumentRow) -> Source | None:
        """The indexed file, where it was then or, if it was moved since, where the ledger says that it is now."""
        source = Source(document.id, Path(document.path), None, document.member)
        if self._is(source, document.file_sha256):
            return source
        try:
            with closing(Ledger(self._home / "ledger.sqlite3", read_only=True)) as ledger:
                now = next((d for d in ledger.documents() if d.id == document.id), document)
        except sqlite3.Error:
            return None
        moved = Source(now.id, Path(now.path), None, now.member)
        return moved if moved != source and self._is(moved, document.file_sha256) else None

    def _is(self, source: Source, digest: str) -> bool:
        try:
            state = source.path.stat()
            key = (source.where, state.st_mtime_ns, state.st_size)
            if key not in self._digests:
                if len(self._digests) > 1000:
                    self._digests.clear()
                self._digests[key] = hashlib.sha256(source.read()).hexdigest()
            return self._digests[key] == digest
        except (OSError, DocumentError):
            return False

    def _rendered(self, view: PageView, original: Source, width: int) -> bytes:
        """The page without marks, from the cache or drawn and kept."""
        kept = self._folder / view.document.file_sha256 / f"{view.page.number}-{width}-{_DRAWN}.png"
        try:
            data = kept.read_bytes()
            os.utime(kept)  # the least recently used goes first
            return data
        except OSError:
            pass
        work = {
            "path": str(original.path),
            "member": original.member,
            "number": view.page.number,
            "width": width,
        }
        drawn = self._sandbox.call("corpus.page_picture:render_pdf_page", work, original.name, _TIMEOUT_S)
        data = drawn.blobs[0]
        self._keep(kept, data)
        return data

    def _keep(self, path: Path, data: bytes) -> None:
        """A cache that cannot be written is no reason to show nothing."""
        with self._lock:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                part = path.with_suffix(".part")
                part.write_bytes(data)
                part.replace(path)
                if self._kept_bytes is None:
                    self._kept_bytes = sum(state.st_size for _, state in _files(self._folder))
                else:
                    self._kept_bytes += len(data)
                if self._kept_bytes > self._cache_bytes:
                    self._kept_bytes = _shrink(self._folder, self._cache_bytes * 3 // 4)
            except OSError:
                self._kept_bytes = None


def sweep_pictures(home: Path, digests: Collection[str]) -> None:
    """Removes the pictures of every file but those with these digests."""
    folder = home / _PICTURES
    for one in sorted(folder.iterdir()) if folder.is_dir() else ():
        if one.name not in digests:
            shutil.rmtree(one, ignore_errors=True)


def _files(folder: Path) -> list[tuple[Path, os.stat_result]]:
    return [(path, path.stat()) for path in sorted(folder.rglob("*.png"))]


def _shrink(folder: Path, wanted_bytes: int) -> int:
    """Removes the least recently used pictures until at most `wanted_bytes` are left; how many that are."""
    files = sorted(_files(folder), key=lambda item: item[1].st_mtime_ns)
    total = sum(state.st_size for _, state in files)
    for path, state in files:
        if total <= wanted_bytes:
            break
        path.unlink(missing_ok=True)
        total -= state.st_size
    return total
