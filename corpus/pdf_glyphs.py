"""The characters of a PDF page as PDFium reads them, each with its box on the page as it is shown."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

_HYPHENS = (0x2, 0xFFFE)  # PDFium's own codes for a hyphen at a line's end


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page as it is shown: its size in points, and how a point of the file's space (origin bottom left) comes to stand on it."""

    width: float
    height: float
    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> Sheet:
        width, height = page.get_size()
        left, bottom, right, top = page.get_bbox()
        return cls(width, height, left, bottom, right, top, page.get_rotation() % 360)

    def shown(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """`(n, 4)` left, bottom, right, top of the file's space → left, top, right, bottom in points from the top left as shown."""
        left, bottom, right, top = boxes.T
        if self.rotation == 90:
            columns = (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        elif self.rotation == 180:
            columns = (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        elif self.rotation == 270:
            columns = (self.top - top, self.right - right, self.top - bottom, self.right - left)
        else:
            columns = (left - self.left, self.top - top, right - self.left, self.top - bottom)
        return np.stack(columns, axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """`text[i]` stands in `boxes[i]` (float `(n, 4)`: left, top, right, bottom in points from the top left of the page as shown)."""

    sheet: Sheet
    text: str
    boxes: NDArray[np.float64]


def read_glyphs(page: pdfium.PdfPage) -> Glyphs:
    """The characters of a page in PDFium's order; the line ends that it puts between them have empty boxes."""
    sheet = Sheet.of(page)
    textpage = page.get_textpage()
    try:
        handle = textpage.raw
        count = textpage.count_chars()
        boxes = np.zeros((count, 4))
        chars = []
        rect = raw.FS_RECTF()
        at = ctypes.byref(rect)
        for i in range(count):
            code = raw.FPDFText_GetUnicode(handle, i)
            chars.append("-" if code in _HYPHENS else chr(code) if code < 0x110000 else "\ufffd")
            if raw.FPDFText_GetLooseCharBox(handle, i, at):
                boxes[i] = rect.left, rect.bottom, rect.right, rect.top
    finally:
        textpage.close()
    shown = sheet.shown(boxes)
    shown[(boxes[:, 0] == boxes[:, 2]) | (boxes[:, 1] == boxes[:, 3])] = 0
    text, keep = _whole_characters("".join(chars))
    return Glyphs(sheet, text, shown[keep])


def _whole_characters(text: str) -> tuple[str, list[int]]:
    """`text` with surrogate pairs joined, and the index of each kept character; a lone half becomes U+FFFD."""
    joined: list[str] = []
    keep: list[int] = []
    for i, char in enumerate(text):
        if "\udc00" <= char <= "\udfff" and keep and keep[-1] == i - 1 and "\ud800" <= text[i - 1] <= "\udbff":
            joined[-1] = (text[i - 1] + char).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            continue
        keep.append(i)
        joined.append(char)
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in joined), keep
