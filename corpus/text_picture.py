"""Pages of files without a layout as pictures: their text, wrapped, with the span marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from corpus.document import Span
from corpus.font import japanese_font
from corpus.page_picture import png

_PAPER, _INK, _PALE, _MARK, _FRAME = "white", "#1a1a1a", "#666666", "#ffe873", "#d66000"
_COLUMNS = 46  # full-width characters a line, fewer where they would be too small to read
_MIN_SIZE_PX = 12
_MAX_LINES = 90
_LINES_BEFORE = 20  # shown above the mark on a page with more lines than that
_TAB = "    "


@dataclass(frozen=True, slots=True)
class _Line:
    """Code points `start:end` of the text, shown on one line."""

    start: int
    end: int


def text_picture(text: str, span: Span, heading: str, width_px: int) -> bytes | None:
    """PNG of a page's text under a `heading`, `width_px` wide; None when this system has no Japanese font.

    Long lines are wrapped; of a page with more lines than a picture holds the part around the span is shown.
    """
    size = max(_MIN_SIZE_PX, width_px * 9 // (10 * _COLUMNS))
    columns = min(_COLUMNS, width_px * 9 // (10 * size))
    font, small = japanese_font(size), japanese_font(size * 3 // 4)
    if font is None or small is None:
        return None
    margin, step = (width_px - columns * size) // 2, size * 7 // 4
    lines = list(_wrapped(text, font, columns * size))
    first = next((n for n, one in enumerate(lines) if one.end > span.start), 0) if span.start < span.end else 0
    begin = 0 if len(lines) <= _MAX_LINES else max(0, min(first - _LINES_BEFORE, len(lines) - _MAX_LINES))
    shown = lines[begin : begin + _MAX_LINES]
    top = margin + 2 * step
    picture = Image.new("RGB", (width_px, top + (len(shown) + 2) * step + margin), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.text((margin, margin), _shown(heading), _PALE, small)
    draw.line((margin, margin + step, width_px - margin, margin + step), _PALE)
    if begin:
        draw.text((margin, top - step * 5 // 6), f"（前の{begin}行は省略）", _PALE, small)
    for n, line in enumerate(shown):
        _draw_line(draw, text, line, span, font, (margin, top + n * step, step))
    left = len(lines) - begin - len(shown)
    if left:
        draw.text((margin, top + len(shown) * step), f"（後の{left}行は省略）", _PALE, small)
    return png(picture)


def _draw_line(
    draw: ImageDraw.ImageDraw,
    text: str,
    line: _Line,
    span: Span,
    font: ImageFont.FreeTypeFont,
    place: tuple[int, int, int],
) -> None:
    left, top, step = place
    start, end = max(line.start, span.start), min(line.end, span.end)
    if start < end and text[start:end].strip():
        begin = left + font.getlength(_shown(text[line.start : start]))
        stop = begin + font.getlength(_shown(text[start:end]))
        draw.rectangle((begin - 2, top, stop + 2, top + step - step // 8), fill=_MARK, outline=_FRAME)
    draw.text((left, top), _shown(text[line.start : line.end]), _INK, font)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width_px: int) -> Iterator[_Line]:
    at = 0
    for whole in text.split("\n"):
        start, used = at, 0.0
        for n, letter in enumerate(whole, at):
            advance = _advance(letter, font)
            if used + advance > width_px and n > start:
                yield _Line(start, n)
                start, used = n, 0.0
            used += advance
        at += len(whole)
        yield _Line(start, at)
        at += 1


_ADVANCES: dict[tuple[int, str], float] = {}


def _advance(letter: str, font: ImageFont.FreeTypeFont) -> float:
    key = (int(font.size), letter)
    if key not in _ADVANCES:
        if len(_ADVANCES) > 20_000:
            _ADVANCES.clear()
        _ADVANCES[key] = font.getlength(_shown(letter))
    return _ADVANCES[key]


def _shown(text: str) -> str:
    """What can be drawn: tabs as blanks, no control characters, none that turn the direction of writing."""
    return "".join(
        _TAB if c == "\t" else "" if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text
    )
