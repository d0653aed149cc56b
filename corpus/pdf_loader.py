"""PDF files: the text layer of each page with a box for every code point, page labels, title and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from corpus.late_loader import is_pdf
from corpus.loaded import NEEDS_OCR, Loaded, LoadedPage
from corpus.pdf_page import PageText, read_page, without
from corpus.pdf_running import find_running
from corpus.pdfium import PDFIUM, open_page, open_pdf

_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_PROGRAM = re.compile(
    r"^Microsoft (?:Word|PowerPoint|Excel)\s*-\s*|\.(?:docx?|pptx?|xlsx?|jtd|html?|pdf)$", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r"(?:untitled|無題|名称未設定|スライド\s*\d*|powerpoint プレゼンテーション|document\d*|文書\s*\d*)?$", re.IGNORECASE
)
_SCAN = f"文字のないページです（画像だけのページ）。{NEEDS_OCR}"


class PdfLoader:
    """Reads `.pdf` files with PDFium, one page at a time."""

    endings: tuple[str, ...] = (".pdf",)

    def recognises(self, data: bytes) -> bool:
        return is_pdf(data)

    def load(self, data: bytes, name: str) -> Loaded:
        """Raises DocumentError when the file is encrypted, cut off, broken, or no PDF."""
        with open_pdf(data, name) as pdf:
            with PDFIUM:
                count = len(pdf)
                title = pdf.get_metadata_value("Title")
                created = pdf.get_metadata_value("CreationDate")
                labels = [pdf.get_page_label(index).strip() for index in range(count)]
            read = [_read(pdf, index) for index in range(count)]
        return _loaded(read, labels, _title(title), _date(created))


def _read(pdf: pdfium.PdfDocument, index: int) -> PageText | LoadedPage:
    """The page's text, or the page as it is when there is none."""
    try:
        with open_page(pdf, index) as page:
            text = read_page(page)
            return text if text.is_readable else textless_page(page, text.text)
    except pdfium.PdfiumError:
        return LoadedPage("", problem="このページは壊れていて読めません。元の文書からPDFを作り直してください。")


def textless_page(page: pdfium.PdfPage, text: str) -> LoadedPage:
    """A page without a text layer that can be read: blank paper, a picture of words, or `text` in letters that the file does not
    tell. Called with PDFium's lock held."""
    if text.strip():
        return LoadedPage("", problem=f"文字の対応表が壊れていて、文字を取り出せないページです。{NEEDS_OCR}")
    if next(page.get_objects(max_depth=2), None) is None:
        return LoadedPage("")
    return LoadedPage("", problem=_SCAN)


def _loaded(read: Sequence[PageText | LoadedPage], labels: Sequence[str], title: str, published: str) -> Loaded:
    """Without the running heads and feet; the numbers printed in them are the labels where the file has no label tree."""
    running = find_running([page if isinstance(page, PageText) else None for page in read])
    guessed = not any(labels) and any(running.labels)
    pages = []
    for page, lines, label in zip(read, running.lines, running.labels if guessed else labels, strict=True):
        if isinstance(page, PageText):
            rest = without(page, lines)
            if not rest.text and any(line.is_words for line in lines):
                rest = page  # a page of nothing but its head is a title page
            scan = page.is_scan and not rest.text
            pages.append(LoadedPage("", label, problem=_SCAN) if scan else LoadedPage(rest.text, label, rest.geometry))
        else:
            pages.append(replace(page, label=label))
    # the day on which the file was made is not said to be that of its publication
    taken = (*(["published"] if published else []), *(["page_labels"] if guessed else []))
    return Loaded(tuple(pages), title, published, guessed=taken)


def _title(value: str) -> str:
    """The title of the file, "" where it is only what a program calls a new file."""
    title = _PROGRAM.sub("", _PROGRAM.sub("", value.strip())).strip()
    return "" if _NO_TITLE.match(title) else title


def _date(value: str) -> str:
    """`D:20240401…` → `2024-04-01`; "" when the file gives none."""
    match = _DATE.match(value)
    return "-".join(part for part in match.groups() if part) if match else ""
