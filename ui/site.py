"""What the page stands on: the service, the answers that can be found again, pictures of pages, and facts about the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from assistant.service import Service
from index.ledger import DocumentRow
from index.library import PageView
from ui.about import Facts
from ui.recall import Recall
from ui.source_page import Picture


class Pictures(Protocol):
    """How a page can be seen besides its text."""

    def __call__(self, view: PageView, start: int, end: int) -> Picture | None:
        """None when the page has no picture."""


@dataclass(frozen=True, slots=True)
class Site:
    """`maintain`: is there a page for the documents?"""

    service: Service
    recall: Recall = field(default_factory=Recall)
    pictures: Pictures | None = None
    facts: Facts = field(default_factory=Facts)
    maintain: bool = False

    def documents(self) -> dict[str, DocumentRow]:
        """All documents by their ids, in the order of the ids."""
        return {d.id: d for d in self.service.documents()}
