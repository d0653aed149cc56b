"""PDFium, which is not thread-safe: opening a file, and the one lock that every call to it is made under."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.errors import DocumentError

PDFIUM = RLock()
_TAIL = 4096  # bytes: some programs append a little after the end mark


@contextmanager
def open_pdf(data: bytes, name: str) -> Iterator[pdfium.PdfDocument]:
    """The file of `data`, closed at the end. Use it, and everything that comes from it, under `PDFIUM` only.

    Raises DocumentError when the file is encrypted, cut off, broken, or no PDF.
    """
    with PDFIUM:
        try:
            pdf = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise DocumentError(_reason(error, name)) from error
    # PDFium saves what pages it can of a file that was cut off, and says nothing of the lost ones.
    if not any(mark in data[-_TAIL:] for mark in (b"%%EOF", b"startxref")):
        with PDFIUM:
            pdf.close()
        raise DocumentError(_broken(name))
    try:
        yield pdf
    finally:
        with PDFIUM:
            pdf.close()


@contextmanager
def open_page(pdf: pdfium.PdfDocument, index: int) -> Iterator[pdfium.PdfPage]:
    """Page `index` (from 0), with the lock held, closed at the end. Raises pypdfium2.PdfiumError when the page is broken."""
    with PDFIUM:
        page = pdf.get_page(index)
        try:
            yield page
        finally:
            page.close()


def _reason(error: pdfium.PdfiumError, name: str) -> str:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return f"{name} はパスワードで保護されています。保護を外したPDFを保存し直してから、もう一度取り込んでください。"
    if error.err_code == raw.FPDF_ERR_SECURITY:
        return f"{name} は対応していない方式で暗号化されています。保護を外したPDFを保存し直してください。"
    return _broken(name)


def _broken(name: str) -> str:
    return f"{name} はPDFとして読めません（途中で切れているか、壊れています）。元の文書からPDFを作り直してください。"
