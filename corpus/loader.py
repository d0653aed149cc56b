"""How files become pages: the Loader Protocol, the registry, and which loader reads a file: by its content first, then by its ending."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from corpus.archive import ArchiveLoader
from corpus.document import Document, Page
from corpus.errors import DocumentError, ManifestError
from corpus.guess import guess_published, guess_title
from corpus.html_loader import HtmlLoader
from corpus.late_loader import LATE, LateLoader
from corpus.loaded import Loaded
from corpus.manifest import ManifestEntry
from corpus.markdown_loader import MarkdownLoader
from corpus.ooxml import OldOfficeLoader
from corpus.source import Source
from corpus.text_loader import TextLoader


class Loader(Protocol):
    """Reads one kind of file."""

    endings: tuple[str, ...]  # lower case, with the dot

    def recognises(self, data: bytes) -> bool:
        """Do the bytes carry the signature of this kind? Kinds without a signature (plain text) say no. Never raises."""

    def load(self, data: bytes, name: str) -> Loaded:
        """The pages in order. Raises DocumentError with what to do when the file cannot be read."""


READING = "1"  # raised when the same files would give other pages: then everything is read anew
LOADERS: tuple[Loader, ...] = (
    TextLoader(),
    MarkdownLoader(),
    HtmlLoader(),
    *LATE,
    ArchiveLoader(),
)
REFUSED: tuple[Loader, ...] = (OldOfficeLoader(),)  # known, but only to say what to do with them


def loader_for(name: str, loaders: Sequence[Loader] = (*LOADERS, *REFUSED)) -> Loader | None:
    """The loader of a file name's ending, None when no loader reads it."""
    ending = Path(name).suffix.lower()
    return next((loader for loader in loaders if ending in loader.endings), None)


def known_endings(loaders: Sequence[Loader] = LOADERS) -> str:
    """The endings that can be read, as a message names them: `.txt、.pdf`."""
    return "、".join(ending for loader in loaders for ending in loader.endings)


def choose_loader(name: str, data: bytes, loaders: Sequence[Loader] = (*LOADERS, *REFUSED)) -> Loader:
    """The loader whose signature the bytes carry, whatever the file is called; else that of its ending, which tells what is wrong.

    Raises DocumentError when neither the content nor the ending is known.
    """
    loader = next((one for one in loaders if one.recognises(data)), None) or loader_for(name, loaders)
    if loader is None:
        raise DocumentError(f"{name} は対応していない形式です。{known_endings()} のいずれかのファイルにしてください。")
    return loader.loader() if isinstance(loader, LateLoader) else loader


def content_hash(data: bytes, entry: ManifestEntry | None) -> str:
    """SHA-256 over the bytes and what the manifest says of them: equal means nothing to do."""
    described = entry.model_dump_json() if entry else ""
    return hashlib.sha256(data + b"\0" + described.encode()).hexdigest()


def load_document(source: Source) -> Document:
    """Reads a source as a document. Raises DocumentError (unreadable, empty, unknown kind) or ManifestError (labels disagree)."""
    data, entry = source.read(), source.entry
    loaded = choose_loader(source.name, data).load(data, source.name)
    if not any(page.text.strip() or page.problem for page in loaded.pages):
        raise DocumentError(f"{source.name} に文字がありません。文字を含むファイルにしてください。")
    labels = entry.page_labels if entry and entry.page_labels is not None else printed_labels(loaded)
    if len(labels) != len(loaded.pages):
        raise ManifestError(
            f"{source.name} は{len(loaded.pages)}ページですが、manifest.toml の page_labels は{len(labels)}個です。数を合わせてください。"
        )
    pages = tuple(
        Page(n, label, one.text, one.ocr, one.problem, one.geometry)
        for n, (label, one) in enumerate(zip(labels, loaded.pages, strict=True), 1)
    )
    described = entry or ManifestEntry(file=source.name)
    title = described.title or guess_title(loaded)
    published = described.published or guess_published([page.text for page in loaded.pages])
    return Document(
        id=source.id,
        title=title or Path(source.name).stem,
        publisher=described.publisher,
        published=published or loaded.published,
        locator=described.locator or loaded.locator,
        note=described.note,
        sha256=content_hash(data, entry),
        pages=pages,
        file_sha256=hashlib.sha256(data).hexdigest(),
        guessed=_guessed(loaded, described, title, published),
    )


def _guessed(loaded: Loaded, described: ManifestEntry, title: str, published: str) -> tuple[str, ...]:
    """Which fields nobody stated: neither the manifest, nor the file in a place that is made for it."""
    taken = {
        "title": title and ("title" in loaded.guessed or title != " ".join(loaded.title.split())),
        "published": published or "published" in loaded.guessed,
        "page_labels": "page_labels" in loaded.guessed,
    }
    return tuple(name for name, guess in taken.items() if guess and not getattr(described, name))


def printed_labels(loaded: Loaded) -> tuple[str, ...]:
    """The labels of the file, the page's number where it gives none; one that stands on two pages gets the number of the page."""
    labels = [page.label.strip() or str(n) for n, page in enumerate(loaded.pages, 1)]
    twice = {label for label, count in Counter(labels).items() if count > 1}
    return tuple(f"{label}（{n}枚目）" if label in twice else label for n, label in enumerate(labels, 1))
