"""Pages as pictures: the right page, the marks where the words are, and nothing drawn without end."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from corpus.document import Span
from corpus.errors import DocumentError
from corpus.font import INSTALL, japanese_face
from corpus.geometry import Rectangle
from corpus.page_picture import MAX_PIXELS, marked
from corpus.sandbox import Sandbox
from corpus.text_picture import text_picture

needs_font = pytest.mark.skipif(japanese_face() is None, reason=f"needs a Japanese font: {INSTALL}")
NOWHERE = Span(0, 0)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Page 1 has a black square of 100 points, 50 from the left and 30 from the top; page 2 is blue; page 3 is a mile long."""
    path = tmp_path_factory.mktemp("pdf") / "squares.pdf"
    canvas = Canvas(str(path), pagesize=(400, 600))
    canvas.rect(50, 600 - 30 - 100, 100, 100, stroke=0, fill=1)
    canvas.showPage()
    canvas.setFillColor(Color(0, 0, 1))
    canvas.rect(0, 0, 400, 600, fill=1)
    canvas.showPage()
    canvas.setPageSize((200, 14400))
    canvas.showPage()
    canvas.save()
    return path


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


def rendered(sandbox: Sandbox, path: Path, number: int, width: int) -> bytes:
    work = {"path": str(path), "member": "", "number": number, "width": width}
    return sandbox.call("corpus.page_picture:render_pdf_page", work, path.name, 20).blobs[0]


def image(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def yellow_rows(picture: Image.Image) -> int:
    return int((np.asarray(picture) == (255, 232, 115)).all(axis=2).any(axis=1).sum())


def is_marked(colour: tuple[int, ...]) -> bool:
    red, _, blue = colour
    return red > 180 and blue < 160


def test_a_page_is_drawn_at_the_asked_width(sandbox: Sandbox, pdf: Path) -> None:
    first, second = (image(rendered(sandbox, pdf, number, 800)) for number in (1, 2))
    assert first.size == second.size == (800, 1200)
    assert (first.getpixel((200, 160)), first.getpixel((700, 1000))) == ((0, 0, 0), (255, 255, 255))
    assert second.getpixel((200, 160)) == (0, 0, 255)


def test_no_page_is_drawn_without_end(sandbox: Sandbox, pdf: Path) -> None:
    picture = image(rendered(sandbox, pdf, 3, 2400))
    assert picture.width * picture.height <= MAX_PIXELS * 1.01


@pytest.mark.parametrize("number", [0, 4])
def test_a_page_that_is_not_there_is_told(sandbox: Sandbox, pdf: Path, number: int) -> None:
    with pytest.raises(DocumentError, match=f"{number}枚目のページを描けません"):
        rendered(sandbox, pdf, number, 800)


def test_a_file_that_is_no_pdf_is_told(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(DocumentError, match="PDFとして読めません"):
        rendered(sandbox, path, 1, 800)


def test_marks_stand_where_the_words_are_and_hide_nothing(sandbox: Sandbox, pdf: Path) -> None:
    plain = rendered(sandbox, pdf, 1, 800)
    picture = image(marked(plain, [Rectangle(200, 300, 300, 320), Rectangle(50, 30, 150, 130)], 400))
    assert is_marked(picture.getpixel((500, 620)))
    assert picture.getpixel((200, 160)) == (0, 0, 0)  # the black square stays black
    for beside in ((380, 620), (500, 590), (500, 660)):
        assert picture.getpixel(beside) == (255, 255, 255)
    assert marked(plain, [], 400) == plain


@needs_font
def test_a_text_page_shows_its_words_and_marks_the_span() -> None:
    text = "第一章　総則\n\n　この計画の期間は五年間とする。\n"
    at = text.index("五年間")
    plain, with_mark = (image(text_picture(text, span, "計画", 900) or b"") for span in (NOWHERE, Span(at, at + 3)))
    assert plain.size == with_mark.size
    assert plain.width == 900
    assert np.asarray(plain).min() < 60
    assert 5 < yellow_rows(with_mark) < 40  # one line of it
    assert yellow_rows(plain) == 0


@needs_font
def test_a_long_text_page_shows_the_part_that_is_cited() -> None:
    text = "".join(f"{n}行目の文章である。\n" for n in range(5000))
    at = text.index("4321行目")
    picture = image(text_picture(text, Span(at, at + 6), "計画", 900) or b"")
    assert picture.height < 4000
    assert yellow_rows(picture)


@needs_font
@pytest.mark.parametrize("text", ["", "\n\n", "a" * 3000, "\t|\x00\x1b[31m\u202e逆\u200b\ufffd\U0001f600", "　"])
def test_any_text_can_be_drawn(text: str) -> None:
    for span in (NOWHERE, Span(0, len(text)), Span(1, 10_000)):
        for width in (200, 2400):
            assert image(text_picture(text, span, text, width) or b"").width == width
