"""Publications and their citable places."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.geometry import Geometry


@dataclass(frozen=True, slots=True)
class Page:
    """A citable place. `number` counts from 1 in the file; `label` is what is printed (or given by the manifest).

    `ocr`: the text was recognised from a picture. `problem` says why nothing on the page can be found, "" when all is well.
    `geometry` is None when the file has no layout, or when it was not asked for.
    """

    number: int
    label: str
    text: str
    ocr: bool = False
    problem: str = ""
    geometry: Geometry | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A publication with its pages in the order of the file. `sha256` covers the file and its manifest entry, `file_sha256` the file alone.

    `guessed` names the fields (title, published, page_labels) that nobody stated and that were taken from the text.
    """

    id: str
    title: str
    publisher: str
    published: str
    locator: str
    note: str
    sha256: str
    pages: tuple[Page, ...]
    guessed: tuple[str, ...] = ()
    file_sha256: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start:end` of one page's text."""

    start: int
    end: int

    def slice(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end
