"""Reading from a generation: documents, pages by label, chunks by id."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Page
from corpus.geometry import Geometry
from corpus.units import Unit, page_units
from index.errors import UnknownDocument
from index.ledger import ChunkRow, DocumentRow, Ledger


@dataclass(frozen=True, slots=True)
class PageView:
    """A page with the labels of its neighbours; None at the ends."""

    document: DocumentRow
    page: Page
    previous: str | None
    next: str | None


class Library:
    """Thread-safe reads from a generation's ledger; pages and their units are kept for the next question."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self.documents: dict[str, DocumentRow] = {d.id: d for d in ledger.documents()}
        self._labels = {d: ledger.labels(d) for d in self.documents}
        self.chunks: tuple[ChunkRow, ...] = ledger.chunks()
        self.rows = {c.id: n for n, c in enumerate(self.chunks)}
        self.page = lru_cache(maxsize=4096)(self._page)
        self.units = lru_cache(maxsize=4096)(self._units)

    def document(self, document_id: str) -> DocumentRow:
        """Raises UnknownDocument."""
        try:
            return self.documents[document_id]
        except KeyError:
            raise UnknownDocument(
                f"文書「{document_id}」は登録されていません。`tenkyo documents` で文書の一覧を確かめてください。"
            ) from None

    def require(self, document_ids: Sequence[str] | None) -> None:
        """Raises UnknownDocument when one of the ids is not indexed."""
        for one in document_ids or ():
            self.document(one)

    def _page(self, document_id: str, number: int) -> Page:
        with self._lock:
            page = self._ledger.page(document_id, number)
        if page is None:
            raise UnknownDocument(f"文書「{document_id}」に{number}番目のページはありません。")
        return page

    def geometry(self, document_id: str, number: int) -> Geometry | None:
        """Where the page's code points stand; None for a page without a layout."""
        with self._lock:
            return self._ledger.geometry(document_id, number)

    def _units(self, document_id: str, number: int) -> tuple[Unit, ...]:
        return page_units(self.page(document_id, number).text)

    def view(self, document_id: str, label: str) -> PageView:
        """The page that carries `label`. Raises UnknownDocument."""
        document = self.document(document_id)
        labels = self._labels[document_id]
        if label not in labels:
            raise UnknownDocument(f"文書「{document_id}」に「{label}」という{document.locator}はありません。")
        at = labels.index(label)
        return PageView(
            document,
            self.page(document_id, at + 1),
            labels[at - 1] if at else None,
            labels[at + 1] if at + 1 < len(labels) else None,
        )
