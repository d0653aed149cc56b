"""PDF files: the text layer of each page with a box for every code point, page labels, title and date."""

from __future__ import annotations

import re

import numpy as np
import pypdfium2 as pdfium

from corpus.geometry import Geometry
from corpus.loaded import Loaded, LoadedPage
from corpus.pdf_glyphs import read_glyphs
from corpus.pdfium import PDFIUM, open_page, open_pdf

_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
PDF_SIGN = b"%PDF-"


class PdfLoader:
    """Reads `.pdf` files with PDFium, one page at a time."""

    endings: tuple[str, ...] = (".pdf",)

    def recognises(self, data: bytes) -> bool:
        return PDF_SIGN in data[:1024]

    def load(self, data: bytes, name: str) -> Loaded:
        """Raises DocumentError when the file is encrypted, cut off, broken, or no PDF."""
        with open_pdf(data, name) as pdf:
            with PDFIUM:
                count = len(pdf)
                title = pdf.get_metadata_value("Title").strip()
                created = pdf.get_metadata_value("CreationDate")
            pages = tuple(_load_page(pdf, index) for index in range(count))
        return Loaded(pages, title, _date(created))


def _load_page(pdf: pdfium.PdfDocument, index: int) -> LoadedPage:
    try:
        with open_page(pdf, index) as page:
            label = pdf.get_page_label(index).strip()
            glyphs = read_glyphs(page)
            if not glyphs.text.strip():
                return textless_page(page, label)
    except pdfium.PdfiumError:
        return LoadedPage("", problem="このページは壊れていて読めません。元の文書からPDFを作り直してください。")
    keep = np.array([char not in "\r\0" for char in glyphs.text], dtype=bool)
    text = "".join(char for char in glyphs.text if char not in "\r\0")
    return LoadedPage(text, label, Geometry.of(glyphs.sheet.width, glyphs.sheet.height, glyphs.boxes[keep]))


def textless_page(page: pdfium.PdfPage, label: str) -> LoadedPage:
    """A page without a text layer: blank paper, or a picture whose words are not text. Called with PDFium's lock held."""
    if next(page.get_objects(max_depth=2), None) is None:
        return LoadedPage("", label)
    return LoadedPage(
        "", label, problem="文字のないページです（画像だけのページ）。文字を読み取るには文字認識（OCR）が要ります。"
    )


def _date(value: str) -> str:
    """`D:20240401…` → `2024-04-01`; "" when the file gives none."""
    match = _DATE.match(value)
    return "-".join(part for part in match.groups() if part) if match else ""
