"""What the page stands on: the service, the answers that can be found again, pictures of pages, and facts about the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from assistant.page_image import PageImages
from assistant.service import Service
from index.ledger import DocumentRow
from index.library import PageView
from ui.about import Facts
from ui.recall import Recall
from ui.source_page import Original


class Originals(Protocol):
    """How a page can be seen besides its text."""

    def __call__(self, view: PageView, start: int, end: int) -> Original | None:
        """None when the file that the page was read from is gone."""


def originals(images: PageImages, service: Service) -> Originals:
    """Pictures for PDFs; of any other file a picture would only show the text again."""

    def original(view: PageView, start: int, end: int) -> Original | None:
        if not images.has_original(view.document):
            return None
        if not images.has_pdf(view.document):
            return Original()
        geometry = service.geometry(view.document.id, view.page.number)
        marked = geometry.rectangles(start, end) if geometry and start < end else ()
        if geometry is None:
            return Original(True)
        return Original(True, marked[0].top / geometry.width if marked else 0.0, geometry.height / geometry.width)

    return original


@dataclass(frozen=True, slots=True)
class Site:
    """`maintain`: is there a page for the documents?"""

    service: Service
    recall: Recall = field(default_factory=Recall)
    originals: Originals | None = None
    facts: Facts = field(default_factory=Facts)
    maintain: bool = False

    def documents(self) -> dict[str, DocumentRow]:
        """All documents by their ids, in the order of the ids."""
        return {d.id: d for d in self.service.documents()}
