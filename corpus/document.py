"""Publications and their citable places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A citable place. `number` counts from 1 in the file; `label` is what is printed (or given by the manifest)."""

    number: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A publication with its pages in the order of the file. `sha256` covers the file and its manifest entry."""

    id: str
    title: str
    publisher: str
    published: str
    locator: str
    note: str
    sha256: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start:end` of one page's text."""

    start: int
    end: int

    def slice(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end
