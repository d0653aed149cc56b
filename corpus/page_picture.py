"""Pictures of PDF pages and the marks on them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from corpus.errors import DocumentError
from corpus.geometry import Rectangle
from corpus.pdfium import open_page, open_pdf
from corpus.sandbox import Message
from corpus.source import Source

MAX_PIXELS = 16_000_000
_HIGHLIGHT = (255, 232, 115)
_FRAME = (214, 96, 0)


def render_pdf_page(data: dict[str, Any]) -> Message:
    """Work for a Sandbox: page `number` (from 1) of the PDF at `path` (or of the `member` in that ZIP) as PNG.

    It is `width` pixels wide, less when it would exceed MAX_PIXELS. Raises DocumentError when the file cannot be opened or has no
    such page.
    """
    number = int(data["number"])
    source = Source("", Path(data["path"]), None, data["member"])
    with open_pdf(source.read(), source.name) as pdf:
        try:
            with open_page(pdf, number - 1) as page:
                return Message({}, [png(drawn(page, int(data["width"])))])
        except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
            raise DocumentError(f"{source.name} の{number}枚目のページを描けません（{error}）。") from error


def drawn(page: pypdfium2.PdfPage, width_px: int) -> Image.Image:
    """The page, `width_px` wide, less when it would exceed MAX_PIXELS. Called with PDFium's lock held."""
    width, height = page.get_size()
    scale = min(width_px / width, (MAX_PIXELS / (width * height)) ** 0.5)
    picture: Image.Image = page.render(scale=scale).to_pil()
    return picture.convert("RGB")


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def marked(data: bytes, rectangles: Sequence[Rectangle], width: float) -> bytes:
    """The PNG `data` of a page `width` points wide, with `rectangles` (in points) coloured like a marker pen and framed."""
    if not rectangles or width <= 0:
        return data
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    scale = picture.width / width
    pad = 0.8 * scale
    boxes = [
        (r.left * scale - pad, r.top * scale - pad, r.right * scale + pad, r.bottom * scale + pad) for r in rectangles
    ]
    pen = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(pen)
    for box in boxes:
        draw.rectangle(box, fill=_HIGHLIGHT)
    picture = ImageChops.multiply(picture, pen)
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        draw.rectangle(box, outline=_FRAME, width=max(1, round(scale * 0.7)))
    return png(picture)
