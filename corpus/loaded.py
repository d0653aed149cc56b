"""What a loader reads from a file, before a manifest or a guess completes it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.geometry import Geometry

NEEDS_OCR = "文字認識（OCR）が要ります。"  # ends the problem of a page whose words are only a picture


@dataclass(frozen=True, slots=True)
class LoadedPage:
    """One page. `text` is what is quoted, to the letter; a page with a `problem` has none that can be used.

    `label` is what is printed on it, "" when the file does not say. `geometry` has a box for each code point of `text`, None for
    files without a layout. `ocr`: the text was recognised from a picture.
    """

    text: str
    label: str = ""
    geometry: Geometry | None = None
    ocr: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's pages in order. `title` and `published` are what the file says of itself; `locator` is what its pages are called.

    `guessed` names those fields of the document that nobody stated and that the loader took from the text (see Document).
    """

    pages: tuple[LoadedPage, ...]
    title: str = ""
    published: str = ""
    locator: str = "ページ"
    guessed: tuple[str, ...] = ()
