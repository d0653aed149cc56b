"""Recognising pages without a text layer with Tesseract: text with a box for each code point, horizontal or vertical."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2

from corpus.errors import DocumentError
from corpus.geometry import Geometry
from corpus.page_picture import drawn
from corpus.pdfium import open_page, open_pdf
from corpus.quality import text_quality
from corpus.sandbox import Message
from corpus.source import Source

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert"
PAGE_TIMEOUT_S = 150.0  # of a page: drawing it and two runs
_RUN_TIMEOUT_S = 60.0
_DPI = 300  # what Tesseract was trained on
_HORIZONTAL, _VERTICAL = ("jpn", 3), ("jpn_vert", 5)  # language and page segmentation mode
_SURE = 0.8  # a horizontal reading that is this sure is not compared with a vertical one
MIN_CONFIDENCE = 0.6
_NOISE = 10.0  # percent; below it a "word" is a speck
# Gaps, in heights of the line: between Latin words, between digits (full-width ones stand apart), between cells of a table.
_WORD_GAP, _DIGIT_GAP, _CELL_GAP = 0.3, 0.9, 1.8


@dataclass(frozen=True, slots=True)
class Word:
    """Pixels from the top left; `line` names the block, paragraph and line; `confidence` is 0 to 100."""

    text: str
    left: int
    top: int
    width: int
    height: int
    line: tuple[int, int, int]
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """`boxes` float (len(text), 4) in pixels; `confidence` 0 to 1, the mean over the letters, times the text's quality."""

    text: str
    boxes: np.ndarray
    confidence: float


@cache
def languages() -> frozenset[str]:
    """The languages of the installed Tesseract; empty without one."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(done.stdout.split("\n")[1:]) - {""}


def is_installed() -> bool:
    return _HORIZONTAL[0] in languages()


def recognise_page(data: dict[str, Any]) -> Message:
    """Work for a Sandbox: the text of page `number` of the PDF at `path` (or of the `member` in that ZIP), its geometry, its confidence.

    `languages` are those that Tesseract has. Raises DocumentError when the page cannot be drawn or takes too long.
    """
    source = Source("", Path(data["path"]), None, data["member"])
    with tempfile.TemporaryDirectory(prefix="tenkyo-") as folder:
        picture = Path(folder) / "page.png"
        width, height, scale = _draw(source, int(data["number"]), picture)
        found = _best(picture, data["languages"])
    geometry = Geometry.of(width, height, found.boxes / scale)
    return Message({"text": found.text, "confidence": round(found.confidence, 4)}, [geometry.to_bytes()])


def _draw(source: Source, number: int, picture: Path) -> tuple[float, float, float]:
    """Writes the page as a picture; its width and height in points and the pixels a point."""
    with open_pdf(source.read(), source.name) as pdf:
        try:
            with open_page(pdf, number - 1) as page:
                width, height = page.get_size()
                image = drawn(page, round(width * _DPI / 72)).convert("L")
        except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
            raise DocumentError(f"{source.name} の{number}枚目のページを描けません（{error}）。") from error
    image.save(picture, dpi=(_DPI, _DPI))
    return width, height, image.width / width


def _best(picture: Path, known: Sequence[str]) -> Recognised:
    first = assemble(_run(picture, *_HORIZONTAL), vertical=False)
    if first.confidence >= _SURE or _VERTICAL[0] not in known:
        return first
    second = assemble(_run(picture, *_VERTICAL), vertical=True)
    return max(first, second, key=lambda found: found.confidence)  # equal: the horizontal one


def _run(picture: Path, language: str, mode: int) -> list[Word]:
    command = ["tesseract", str(picture), "stdout", "-l", language, "--psm", str(mode), "tsv"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_RUN_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        raise DocumentError(f"OCRが{_RUN_TIMEOUT_S:.0f}秒で終わらないので、やめました。") from None
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise DocumentError(f"OCRが失敗しました（{said or f'終了コード{done.returncode}'}）。")
    return words(done.stdout.decode("utf-8", "replace"))


def words(tsv: str) -> list[Word]:
    """The words of Tesseract's TSV in its order: level, page, block, paragraph, line, word, left, top, width, height, conf, text."""
    found = []
    for line in tsv.splitlines():
        fields = line.split("\t")
        if len(fields) == 12 and fields[0] == "5" and fields[11].strip() and float(fields[10]) >= _NOISE:
            block, paragraph, row, _, left, top, width, height = (int(f) for f in fields[2:10])
            text = "".join(fields[11].split())
            found.append(Word(text, left, top, width, height, (block, paragraph, row), float(fields[10])))
    return found


def assemble(found: Sequence[Word], *, vertical: bool) -> Recognised:
    """Words as text: lines end with U+000A, blocks with a blank line; blanks between Latin words and between cells.

    A word's box is shared out evenly among its letters.
    """
    text: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []

    def gap(letters: str) -> None:
        text.append(letters)
        boxes.extend([(0.0, 0.0, 0.0, 0.0)] * len(letters))

    block = None
    for line, grouped in groupby(found, key=lambda word: word.line):
        group = list(grouped)
        if block is not None:
            gap("\n" if block == line[0] else "\n\n")
        block = line[0]
        tall = max(1, *(word.height for word in group))  # a digit's own box may be far smaller than its line
        for n, word in enumerate(group):
            if n and not vertical:
                gap(_blanks(group[n - 1], word, tall))
            text.append(word.text)
            boxes.extend(_letters(word, group, vertical))
    joined = "".join(text)
    letters = sum(len(word.text) for word in found)
    sure = sum(word.confidence * len(word.text) for word in found) / letters / 100 if letters else 0.0
    quality = text_quality(joined)
    return Recognised(joined, np.array(boxes, dtype=float).reshape(-1, 4), sure * (1.0 if quality is None else quality))


def _blanks(before: Word, word: Word, tall: int) -> str:
    """Two between cells, one between Latin words, none in Japanese."""
    gap = (word.left - before.left - before.width) / tall
    if gap > _CELL_GAP:
        return "  "
    last, first = before.text[-1], word.text[0]
    needed = _DIGIT_GAP if last.isdigit() or first.isdigit() else _WORD_GAP
    return " " if last.isascii() and first.isascii() and gap > needed else ""


def _letters(word: Word, line: Sequence[Word], vertical: bool) -> list[tuple[float, float, float, float]]:
    """As wide as the word's share of the line, as high as the line; words overlap in Tesseract's boxes, here they do not."""
    count, after = len(word.text), line.index(word) + 1
    if vertical:
        left, right = min(w.left for w in line), max(w.left + w.width for w in line)
        bottom = min(word.top + word.height, line[after].top) if after < len(line) else word.top + word.height
        step = max(bottom - word.top, 1) / count
        return [(left, word.top + n * step, right, word.top + (n + 1) * step) for n in range(count)]
    top, bottom = min(w.top for w in line), max(w.top + w.height for w in line)
    right = min(word.left + word.width, line[after].left) if after < len(line) else word.left + word.width
    step = max(right - word.left, 1) / count
    return [(word.left + n * step, top, word.left + (n + 1) * step, bottom) for n in range(count)]
