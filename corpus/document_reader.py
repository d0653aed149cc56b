"""Documents read in a Sandbox: a file that hangs, crashes or eats memory becomes an error with its reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.document import Document, Page
from corpus.errors import DocumentError
from corpus.geometry import Geometry
from corpus.loaded import NEEDS_OCR
from corpus.loader import load_document
from corpus.manifest import ManifestEntry
from corpus.ocr import INSTALL, MIN_CONFIDENCE, PAGE_TIMEOUT_S, languages
from corpus.sandbox import Message, Sandbox
from corpus.source import Source

MAX_FILE_BYTES = 500_000_000
MAX_PAGES = 50_000
_LEAST_S, _MOST_S = 120.0, 1800.0
_BYTES_A_SECOND = 20_000
_HOW = f"Tesseract を入れて（{INSTALL}）、`tenkyo ingest` をもう一度実行してください。"
_FIELDS = ("id", "title", "publisher", "published", "locator", "note", "sha256", "guessed", "file_sha256")


class DocumentReader:
    """Reads sources one after the other in one process. `timeout_s` None: two minutes and more for large files.

    Pages without a text layer are recognised when `ocr` is; else their problem says how to install what does it.
    """

    def __init__(
        self, sandbox: Sandbox, timeout_s: float | None = None, *, ocr: bool = False, max_pages: int = 0
    ) -> None:
        self._sandbox = sandbox
        self._timeout_s = timeout_s
        self._max_pages = max_pages or MAX_PAGES
        self.ocr = ocr

    def __call__(self, source: Source) -> Document:
        """Raises DocumentError, SandboxFailed when time or memory did not suffice."""
        size = _size(source)
        timeout_s = self._timeout_s or min(_MOST_S, _LEAST_S + size / _BYTES_A_SECOND)
        work = {
            "id": source.id,
            "path": str(source.path),
            "member": source.member,
            "entry": source.entry.model_dump(mode="json") if source.entry else None,
        }
        document = _document(self._sandbox.call("corpus.document_reader:read", work, source.name, timeout_s))
        if len(document.pages) > self._max_pages:
            raise DocumentError(
                f"{source.name} は{len(document.pages):,}ページあります。{self._max_pages:,}ページまでに分けてください。"
            )
        if not any(page.problem.endswith(NEEDS_OCR) for page in document.pages):
            return document
        return replace(document, pages=tuple(self._recognised(source, page) for page in document.pages))

    def _recognised(self, source: Source, page: Page) -> Page:
        """The page with the text that stands on its picture, or with what kept it from being read."""
        if not page.problem.endswith(NEEDS_OCR):
            return page
        if not self.ocr:
            return replace(page, problem=f"{page.problem}{_HOW}")
        work = {
            "path": str(source.path),
            "member": source.member,
            "number": page.number,
            "languages": sorted(languages()),
        }
        try:
            reply = self._sandbox.call("corpus.ocr:recognise_page", work, source.name, PAGE_TIMEOUT_S)
        except DocumentError as error:
            return replace(page, problem=error.message)
        text, confidence = reply.data["text"], reply.data["confidence"]
        if text and confidence < MIN_CONFIDENCE:
            return replace(
                page,
                problem=f"OCRの読み取りが不確かなので（確かさ{confidence:.0%}）、使いません。文字のある原本を取り込んでください。",
            )
        return replace(page, text=text, ocr=True, problem="", geometry=Geometry.from_bytes(reply.blobs[0]))

    def close(self) -> None:
        self._sandbox.close()


def _size(source: Source) -> int:
    try:
        size = source.path.stat().st_size
    except OSError as error:
        raise DocumentError(
            f"{source.path} を読めません（{error.strerror}）。ファイルと権限を確かめてください。"
        ) from error
    if size > MAX_FILE_BYTES:
        raise DocumentError(
            f"{source.name} は大きすぎます（{size // 1_000_000:,}MB）。{MAX_FILE_BYTES // 1_000_000}MB以下に分けてください。"
        )
    return size


def read(data: dict[str, Any]) -> Message:
    """Work for a Sandbox: the source in `data` as a document. Raises DocumentError."""
    entry = ManifestEntry.model_validate(data["entry"]) if data["entry"] is not None else None
    document = load_document(Source(data["id"], Path(data["path"]), entry, data["member"]))
    pages = [[p.number, p.label, p.text, p.ocr, p.problem, p.geometry is not None] for p in document.pages]
    fields = {name: getattr(document, name) for name in _FIELDS}
    return Message(
        {"document": fields, "pages": pages}, [p.geometry.to_bytes() for p in document.pages if p.geometry is not None]
    )


def _document(message: Message) -> Document:
    fields, blobs = message.data["document"], iter(message.blobs)
    pages = tuple(
        Page(number, label, text, ocr, problem, Geometry.from_bytes(next(blobs)) if placed else None)
        for number, label, text, ocr, problem, placed in message.data["pages"]
    )
    return Document(**(fields | {"guessed": tuple(fields["guessed"]), "pages": pages}))
