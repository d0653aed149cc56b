"""PDFs made in the test, with the place of everything drawn; the Japanese fonts are PDF's own (not embedded), so no package is needed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

MINCHO = "HeiseiMin-W3"
UPRIGHT = "HeiseiKakuGo-W5"  # of a vertical line; one font is either horizontal or vertical
pdfmetrics.registerFont(UnicodeCIDFont(MINCHO))
pdfmetrics.registerFont(UnicodeCIDFont(UPRIGHT, isVertical=True))

A4 = (595.0, 842.0)
SLIDE = (720.0, 540.0)


@dataclass
class Paper:
    """A PDF in the making. Places are in points from the top left of the page; `y` of a text is its base line."""

    size: tuple[float, float] = A4
    title: str = ""
    password: str = ""
    _buffer: io.BytesIO = field(default_factory=io.BytesIO)
    _canvas: Canvas = field(init=False)
    _shown: dict[int, tuple[int, tuple[float, float, float, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        encrypt = StandardEncryption(self.password, ownerPassword="owner") if self.password else None
        self._canvas = Canvas(self._buffer, pagesize=self.size, invariant=1, encrypt=encrypt)
        if self.title:
            self._canvas.setTitle(self.title)

    def text(self, x: float, y: float, words: str, size: float = 10.5, font: str = MINCHO) -> Paper:
        self._canvas.setFont(font, size)
        self._canvas.drawString(x, self.size[1] - y, words)
        return self

    def right(self, x: float, y: float, words: str, size: float = 10.5) -> Paper:
        self._canvas.setFont(MINCHO, size)
        self._canvas.drawRightString(x, self.size[1] - y, words)
        return self

    def lines(self, x: float, y: float, words: Sequence[str], size: float = 10.5, lead: float = 18) -> Paper:
        for n, one in enumerate(words):
            self.text(x, y + n * lead, one, size)
        return self

    def vertical(self, x: float, y: float, words: str, size: float = 12) -> Paper:
        """A column whose middle is `x` and whose first character begins at `y`."""
        self._canvas.setFont(UPRIGHT, size)
        self._canvas.drawString(x, self.size[1] - y, words)
        return self

    def line(self, x1: float, y1: float, x2: float, y2: float) -> Paper:
        self._canvas.line(x1, self.size[1] - y1, x2, self.size[1] - y2)
        return self

    def box(self, left: float, top: float, right: float, bottom: float, fill: float | None = None) -> Paper:
        """A frame, or an area of the grey `fill` (0 black, 1 white) without a frame."""
        if fill is not None:
            self._canvas.setFillGray(fill)
        self._canvas.rect(
            left, self.size[1] - bottom, right - left, bottom - top, fill=fill is not None, stroke=fill is None
        )
        self._canvas.setFillGray(0)
        return self

    def picture(self, left: float, top: float, right: float, bottom: float) -> Paper:
        """A grey picture of two by two dots."""
        image = ImageReader(Image.new("L", (2, 2), 200))
        self._canvas.drawImage(image, left, self.size[1] - bottom, right - left, bottom - top)
        return self

    def label(self, style: str, start: int = 1, prefix: str = "") -> Paper:
        """From this page on the label tree counts in `style` (ARABIC, ROMAN_LOWER, …) from `start`."""
        self._canvas.addPageLabel(self._canvas.getPageNumber() - 1, style, start, prefix)
        return self

    def shown(self, rotation: int = 0, crop: tuple[float, float, float, float] | None = None) -> Paper:
        """This page is shown turned by `rotation` degrees clockwise, and only what is within `crop` (left, top, right, bottom)."""
        self._shown[self._canvas.getPageNumber() - 1] = (rotation, crop or (0, 0, *self.size))
        return self

    def next_page(self) -> Paper:
        self._canvas.showPage()
        return self

    def data(self) -> bytes:
        self._canvas.save()
        data = self._buffer.getvalue()
        return self._turned(data) if self._shown else data

    def _turned(self, data: bytes) -> bytes:
        out = io.BytesIO()
        with pdfium.PdfDocument(data) as pdf:
            for index, (rotation, (left, top, right, bottom)) in self._shown.items():
                page = pdf[index]
                page.set_cropbox(left, self.size[1] - bottom, right, self.size[1] - top)
                page.set_rotation(rotation)
                page.close()
            pdf.save(out)
        return out.getvalue()
