"""Scanned pages: their words, where they stand, and what is said when they cannot be read."""

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from corpus.document_reader import DocumentReader
from corpus.font import INSTALL as FONT
from corpus.font import japanese_font
from corpus.ocr import INSTALL, assemble, is_installed, languages, words
from corpus.sandbox import Sandbox
from corpus.source import Source

needs_tesseract = pytest.mark.skipif(
    not is_installed() or "jpn_vert" not in languages() or japanese_font(46) is None,
    reason=f"needs Tesseract and a Japanese font: {INSTALL}; {FONT}",
)
ROWS = (
    "第３章　避難所の整備",
    "",
    "しおさい市の避難所は、令和２年４月に３７か所となった。",
    "耐震化を終えた避難所は、２９か所である。",
)
COLUMNS = (
    "しおさい市の消防団員は、平成三十年に",
    "四百二十人であった。分団の数は八つで",
    "ある。地区ごとに訓練を行っている。",
)
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def paper() -> Image.Image:
    return Image.new("L", (1654, 2339), "white")  # A4 at 200 dots an inch


def scanned(image: Image.Image) -> Image.Image:
    return image.rotate(0.3, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """A picture of rows, one of columns, one of a blank page."""
    font = japanese_font(46)
    rows, columns = paper(), paper()
    for n, line in enumerate(ROWS):
        ImageDraw.Draw(rows).text((160, 200 + 90 * n), line, 0, font)
    for x, line in enumerate(COLUMNS):
        for y, letter in enumerate(line):
            ImageDraw.Draw(columns).text((1400 - 100 * x, 200 + 54 * y), letter, 0, font)
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    scanned(rows).save(path, save_all=True, append_images=[scanned(columns), paper()], resolution=200)
    return Source("scan", path, None)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


@needs_tesseract
def test_scanned_pages_are_read_along_their_lines_and_flagged(sandbox: Sandbox, scan: Source) -> None:
    rows, columns, blank = DocumentReader(sandbox, ocr=True)(scan).pages
    assert rows.ocr
    assert columns.ocr
    assert rows.problem == columns.problem == blank.problem == ""
    assert "しおさい市の避難所は、令和2年4月に37か所となった。" in rows.text
    assert "しおさい市の消防団員は、平成三十年に" in columns.text
    assert blank.text == ""


@needs_tesseract
def test_recognised_words_have_their_place_on_the_paper(sandbox: Sandbox, scan: Source) -> None:
    rows, columns, _ = DocumentReader(sandbox, ocr=True)(scan).pages
    assert rows.geometry is not None
    assert columns.geometry is not None
    assert abs(rows.geometry.width - 595) < 2
    at = rows.text.index("耐震化")
    [line] = rows.geometry.rectangles(at, at + 10)
    assert 160 * 0.36 - 8 < line.left < 160 * 0.36 + 12
    assert abs((line.top + line.bottom) / 2 - (200 + 90 * 3 + 33) * 0.36) < 12
    at = columns.text.index("消防団員")
    [column] = columns.geometry.rectangles(at, at + 4)
    assert column.bottom - column.top > 3 * (column.right - column.left)


def test_without_tesseract_the_page_says_what_to_install(sandbox: Sandbox, scan: Source) -> None:
    for page in DocumentReader(sandbox, ocr=False)(scan).pages:
        assert (page.text, page.ocr) == ("", False)
        assert INSTALL in page.problem


def line(text: str, left: int, width: int, row: int = 1, block: int = 1, confidence: float = 90.0) -> str:
    return f"5\t1\t{block}\t1\t{row}\t1\t{left}\t{row * 50}\t{width}\t40\t{confidence}\t{text}\n"


def test_words_become_lines_and_blanks_stand_between_latin_words_and_cells() -> None:
    tsv = HEAD + line("Digital", 0, 100) + line("Agency", 130, 90) + line("は", 225, 40) + line("2", 300, 20)
    tsv += (
        line("9", 322, 20)
        + line("か所", 345, 80)
        + line("計", 600, 40)
        + line("次", 0, 40, row=2)
        + line("別", 0, 40, row=1, block=2)
    )
    found = assemble(words(tsv), vertical=False)
    assert found.text == "Digital Agencyは29か所  計\n次\n\n別"
    assert found.boxes.shape == (len(found.text), 4)
    at = found.text.index("か所")
    assert found.boxes[at : at + 2].tolist() == [[345, 50, 385, 90], [385, 50, 425, 90]]
    assert not found.boxes[found.text.index("\n")].any()


def test_specks_and_broken_lines_are_no_words() -> None:
    tsv = HEAD + line("汚れ", 0, 40, confidence=3) + "5\t1\n" + line(" ", 0, 10)
    found = assemble(words(tsv), vertical=True)
    assert (found.text, found.confidence, found.boxes.shape) == ("", 0.0, (0, 4))
    assert np.isfinite(found.boxes).all()
