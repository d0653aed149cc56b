"""Loaders whose libraries come with the first file of their kind: a command that reads none starts at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from corpus.loaded import Loaded
from corpus.ooxml import is_kind

if TYPE_CHECKING:
    from corpus.loader import Loader

_PDF_SIGN = b"%PDF-"


def is_pdf(data: bytes) -> bool:
    """Some programs write a little before the sign."""
    return _PDF_SIGN in data[:1024]


@dataclass(slots=True)
class LateLoader:
    """Stands for the class `name` of `module`: the same endings, the same files recognised."""

    module: str
    name: str
    endings: tuple[str, ...]
    signature: Callable[[bytes], bool]

    def recognises(self, data: bytes) -> bool:
        return self.signature(data)

    def load(self, data: bytes, name: str) -> Loaded:
        """Raises DocumentError."""
        return self.loader().load(data, name)

    def loader(self) -> Loader:
        """The loader itself, with its libraries."""
        loader: Loader = getattr(import_module(self.module), self.name)()
        return loader


LATE = (
    LateLoader("corpus.docx_loader", "DocxLoader", (".docx", ".docm"), lambda data: is_kind(data, "word")),
    LateLoader("corpus.pptx_loader", "PptxLoader", (".pptx", ".pptm"), lambda data: is_kind(data, "ppt")),
    LateLoader("corpus.xlsx_loader", "XlsxLoader", (".xlsx", ".xlsm"), lambda data: is_kind(data, "xl")),
    LateLoader("corpus.pdf_loader", "PdfLoader", (".pdf",), is_pdf),
)
