"""Good files of every kind, made here, and broken ones made from them by a seeded fuzzer."""

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document as Docx
from openpyxl import Workbook
from PIL import Image
from pptx import Presentation
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

TEXT = "みなと町の防波堤の延長は、1,870メートルである。\n避難所は37か所あり、収容人数は12,400人である。\n"
ROWS = (("年度", "予算額（千円）"), ("令和5年度", 12500), ("令和6年度", 18340))


def _pdf() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    out = BytesIO()
    canvas = Canvas(out, invariant=True)
    for page in range(3):
        canvas.setFont("HeiseiMin-W3", 11)
        for n, line in enumerate(TEXT.splitlines()):
            canvas.drawString(60, 700 - 20 * n, line)
        for n, row in enumerate(ROWS):
            for m, cell in enumerate(row):
                canvas.rect(60 + 150 * m, 600 - 20 * n, 150, 20)
                canvas.drawString(64 + 150 * m, 605 - 20 * n, str(cell))
        canvas.drawCentredString(300, 40, f"- {page + 1} -")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _scan() -> bytes:
    out = BytesIO()
    Image.effect_noise((300, 400), 40).save(out, "PDF")
    return out.getvalue()


def _docx() -> bytes:
    document, out = Docx(), BytesIO()
    document.add_heading("防災計画", 1)
    document.add_paragraph(TEXT)
    table = document.add_table(rows=0, cols=2)
    for row in ROWS:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
    document.save(out)
    return out.getvalue()


def _pptx() -> bytes:
    slides, out = Presentation(), BytesIO()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "防災計画"
    slide.placeholders[1].text = TEXT
    slides.save(out)
    return out.getvalue()


def _xlsx() -> bytes:
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def _html() -> bytes:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in ROWS)
    body = f"<h1>防災計画</h1><p>{TEXT}</p><table>{rows}</table>"
    return f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>計画</title></head><body>{body}</body></html>'.encode()


def _zip() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("in-zip.txt", TEXT)
    return out.getvalue()


def good_files() -> dict[str, bytes]:
    """One of every kind, by name."""
    return {
        "good-pdf.pdf": _pdf(),
        "good-scan.pdf": _scan(),
        "good-docx.docx": _docx(),
        "good-pptx.pptx": _pptx(),
        "good-xlsx.xlsx": _xlsx(),
        "good-html.html": _html(),
        "good-md.md": f"# 防災計画\n\n{TEXT}\n## 予算\n\n| 年度 | 予算額 |\n|---|---|\n| 令和5年度 | 12,500 |\n".encode(),
        "good-text.txt": f"{TEXT}\f{TEXT}".encode(),
        "good-cp932.txt": TEXT.encode("cp932"),
        "good-zip.zip": _zip(),
    }


def _truncated(data: bytes, chance: random.Random, _: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _flipped(data: bytes, chance: random.Random, _: bytes) -> bytes:
    broken = bytearray(data)
    for _n in range(chance.choice((1, 8, 64, 512))):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _blanked(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start = chance.randrange(len(data))
    size = chance.randrange(1, max(2, len(data) // 3))
    return data[:start] + bytes(len(data[start : start + size])) + data[start + size :]


def _repeated(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 2000)]
    return data[:start] + piece * chance.randrange(2, 50) + data[start:]


def _spliced(data: bytes, chance: random.Random, other: bytes) -> bytes:
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def _numbers(data: bytes, chance: random.Random, _: bytes) -> bytes:
    """Digits, which lengths and places are written with, become others."""
    digits = [n for n, byte in enumerate(data) if 48 <= byte <= 57]
    broken = bytearray(data)
    for n in chance.sample(digits, min(len(digits), chance.choice((1, 5, 40)))):
        broken[n] = chance.randrange(48, 58)
    return bytes(broken)


_WAYS: tuple[Callable[[bytes, random.Random, bytes], bytes], ...] = (
    _truncated,
    _flipped,
    _blanked,
    _repeated,
    _spliced,
    _numbers,
)


def broken_files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`count` files, each broken in one to three ways; the same for the same seed, but for the times that Office files carry."""
    chance = random.Random(seed)
    good = sorted(good_files().items())
    for n in range(count):
        name, data = good[n % len(good)]
        for _ in range(chance.choice((1, 1, 2, 3))):
            data = chance.choice(_WAYS)(data, chance, chance.choice(good)[1]) or b"\0"
        yield f"broken-{n:03}.{name.rpartition('.')[2]}", data
