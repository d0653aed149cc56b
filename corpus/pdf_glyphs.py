"""The characters of a PDF page as PDFium reads them, each with its box on the page as it is shown."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

_HYPHENS = (0x2, 0xFFFE)  # PDFium's own codes for a hyphen at a line's end
_LEAST, _LARGEST = 0.5, 2000.0  # points: what is not printed to be read
_ABOVE, _BELOW = 0.88, 0.12  # of an em, from the base line: the frame that Japanese characters are drawn in
_MOST = 0.6  # of the characters have to stand one way for the page to be read that way
_MIDDLE = 0.45  # em: how far below the base line no character of horizontal text reaches
_FULL = 0.8  # em: a lower box is no frame
# Word and PowerPoint write their bullets in Wingdings and Symbol, whose codes lie in the private use area.
_BULLETS = dict(
    zip(map(chr, (0xF06C, 0xF06E, 0xF075, 0xF0A7, 0xF0A8, 0xF0B7, 0xF0D8, 0xF0E8, 0xF0FC)), "●■◆▪◆•➢➔✓", strict=True)
)


class Glyph(NamedTuple):
    """A printed character: its box in points from the top left of its sheet, its font's size, its place in the file.

    A blank that only a gap tells of has an empty box.
    """

    char: str
    left: float
    top: float
    right: float
    bottom: float
    em: float
    order: int
    upright: bool = True


FileBox = tuple[float, float, float, float]  # left, bottom, right, top in the file's space
BLANK = Glyph(" ", 0, 0, 0, 0, 0, -1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page turned by `rotation` degrees clockwise: its size in points, and how a point of the file's space (origin bottom left)
    comes to stand on it."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> Sheet:
        """The page as it is shown."""
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation() % 360)

    def turned(self, rotation: int) -> Sheet:
        return replace(self, rotation=rotation)

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.rotation % 180 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.rotation % 180 else self.top - self.bottom

    def shown(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """`(n, 4)` left, bottom, right, top of the file's space → left, top, right, bottom in points from the top left of the sheet."""
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

    def in_file(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """The way back of `shown`; empty boxes stay empty."""
        left, top, right, bottom = boxes.T
        if self.rotation == 90:
            columns = (top + self.left, left + self.bottom, bottom + self.left, right + self.bottom)
        elif self.rotation == 180:
            columns = (self.right - right, top + self.bottom, self.right - left, bottom + self.bottom)
        elif self.rotation == 270:
            columns = (self.right - bottom, self.top - right, self.right - top, self.top - left)
        else:
            columns = (left + self.left, self.top - bottom, right + self.left, self.top - top)
        return np.stack(columns, axis=1)


class _Read(NamedTuple):
    """A character in the file's space; `turn` is the rotation of the page under which it stands upright."""

    char: str
    box: FileBox
    em: float
    order: int
    turn: int


def read_glyphs(page: pdfium.PdfPage) -> tuple[Sheet, list[Glyph]]:
    """The characters that are printed on the page, in PDFium's order, and the sheet that they stand on, so turned that most are upright.

    What PDFium adds itself (line ends, blanks) is left out.
    """
    read: list[_Read] = []
    textpage = page.get_textpage()
    try:
        handle = textpage.raw
        rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        to_rect, to_matrix, to_x, to_y = map(ctypes.byref, (rect, matrix, x, y))
        for i in range(textpage.count_chars()):
            if raw.FPDFText_IsGenerated(handle, i) or not raw.FPDFText_GetLooseCharBox(handle, i, to_rect):
                continue
            code = raw.FPDFText_GetUnicode(handle, i)
            box = (rect.left, rect.bottom, rect.right, rect.top)
            if 0xDC00 <= code <= 0xDFFF and read and "\ud800" <= read[-1].char <= "\udbff":
                # where the file has no table of letters each half has a place of its own
                whole = (*read[-1].box[:2], max(read[-1].box[2], box[2]), read[-1].box[3])
                read[-1] = read[-1]._replace(char=_pair(read[-1].char, chr(code)), box=whole)
                continue
            raw.FPDFText_GetMatrix(handle, i, to_matrix)
            em = raw.FPDFText_GetFontSize(handle, i) * math.hypot(matrix.c, matrix.d)
            if not _LEAST <= em <= _LARGEST:
                continue
            char = _letter(code, told=not raw.FPDFText_HasUnicodeMapError(handle, i))
            turn = _turn(matrix.c, matrix.d)
            if turn == 0 and raw.FPDFText_GetCharOrigin(handle, i, to_x, to_y):
                box = _frame(char, box, em, x.value, y.value)
            read.append(_Read(char, box, em, i, turn))
    finally:
        textpage.close()
    sheet = Sheet.of(page)
    if read:
        turn, count = Counter(one.turn for one in read).most_common(1)[0]
        sheet = sheet.turned(turn) if count > _MOST * len(read) else sheet
    return sheet, list(_on_sheet(read, sheet))


def _on_sheet(read: Sequence[_Read], sheet: Sheet) -> Iterator[Glyph]:
    """Leaves out what is drawn twice at one place (a makeshift bold type) and what is cut off."""
    if not read:
        return
    seen: set[tuple[str, int, int]] = set()
    for one, (left, top, right, bottom) in zip(
        read, sheet.shown(np.array([r.box for r in read])).tolist(), strict=True
    ):
        x, y = (left + right) / 2, (top + bottom) / 2
        if not one.char or right <= left or bottom <= top or not (0 <= x <= sheet.width and 0 <= y <= sheet.height):
            continue
        place = (one.char, round(x), round(y))
        if place in seen:
            continue
        seen.add(place)
        char = "\ufffd" if "\ud800" <= one.char <= "\udfff" else one.char
        yield Glyph(char, left, top, right, bottom, one.em, one.order, one.turn == sheet.rotation)


def _letter(code: int, *, told: bool) -> str:
    """The character of a code; U+FFFD where the file does not tell it, and PDFium can only pass on the font's own number."""
    if code in _HYPHENS and told:
        return "-"
    if code in (0x9, 0xA, 0xD) and told:
        return " "
    char = chr(code) if 0x20 <= code < 0x110000 else "\ufffd"
    return _BULLETS.get(char, char if told else "\ufffd")


def _turn(c: float, d: float) -> int:
    """The rotation of the page that makes a character upright whose up is `(c, d)` in the file's space."""
    if abs(d) >= abs(c):
        return 0 if d >= 0 else 180
    return 90 if c < 0 else 270


def _pair(high: str, low: str) -> str:
    return (high + low).encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _frame(char: str, box: FileBox, em: float, x: float, y: float) -> FileBox:
    """The em frame of a character that begins on the base line at `(x, y)`: fonts tell of higher and lower ones, or (Type 3) of none.

    The characters of a font for vertical text begin at the middle of their top; their box is the frame.
    """
    left, bottom, right, top = box
    if y - bottom > _MIDDLE * em:
        return box
    if top - bottom < _FULL * em and unicodedata.east_asian_width(char) in "WF":
        left, right = x, x + em
    return left, y - _BELOW * em, right, y + _ABOVE * em
