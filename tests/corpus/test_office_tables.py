"""Twenty invented tables with merged heads and names, in four formats: each cell is found under its row and both of its heads."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO

import docx
import openpyxl
import pptx
import pytest
from pptx.util import Cm

from corpus.docx_loader import DocxLoader
from corpus.html_loader import HtmlLoader
from corpus.loaded import Loaded
from corpus.pptx_loader import PptxLoader
from corpus.units import page_units
from corpus.xlsx_loader import XlsxLoader

OFFICES = "総務課 財政課 産業課 土木課 福祉課 教育課 環境課 防災課 観光課 水道課".split()
TOPS = "交付額 事業費 決算額 職員数 利用者".split()
BELOW = (["令和4年度", "令和5年度"], ["国", "県"], ["4月", "5月"], ["前期", "後期", "計"], ["本庁", "支所"])
SINGLE = ["面積（ha）", "備考", "割合（％）", "件数", "人口（人）"]

Placed = list[tuple[int, int, int, int, str]]  # row, column, rows, columns, text
Truth = dict[tuple[str, str], str]  # (name of the row, head of the column) → text


def invented(seed: int) -> tuple[Placed, Truth]:
    r = random.Random(seed)
    columns = [(top, sub) for top in r.sample(TOPS, r.choice([0, 1, 2])) for sub in r.choice(BELOW)]
    columns += [(one, "") for one in r.sample(SINGLE, r.choice([2, 3]))]
    height = 2 if any(sub for _, sub in columns) else 1
    grouped = seed % 3 == 0
    names = r.sample(OFFICES, r.randint(3, 8))
    left = 2 if grouped else 1
    placed: Placed = [(0, n, height, 1, head) for n, head in enumerate(["部", "課"][2 - left :])]
    for n, (top, sub) in enumerate(columns):
        if sub and (n == 0 or columns[n - 1][0] != top):
            placed.append((0, left + n, 1, sum(t == top for t, _ in columns), top))
        placed.append((1, left + n, 1, 1, sub) if sub else (0, left + n, height, 1, top))
    if grouped:
        half = len(names) // 2
        placed += [(height, 0, half, 1, "第一部"), (height + half, 0, len(names) - half, 1, "第二部")]
    truth: Truth = {}
    for row, name in enumerate(names):
        placed.append((height + row, left - 1, 1, 1, name))
        for n, (top, sub) in enumerate(columns):
            text = r.choice(["継続", "新規"]) if top == "備考" else f"{r.randint(1, 99999):,}" if row % 3 < 2 else "－"
            placed.append((height + row, left + n, 1, 1, text))
            truth[name, f"{top} {sub}".strip()] = text
    return placed, truth


def _size(placed: Placed) -> tuple[int, int]:
    return max(r + h for r, _, h, _, _ in placed), max(c + w for _, c, _, w, _ in placed)


def as_docx(placed: Placed) -> Loaded:
    document = docx.Document()
    table = document.add_table(*_size(placed))
    for r, c, h, w, text in placed:
        table.cell(r, c).merge(table.cell(r + h - 1, c + w - 1)).text = text
    out = BytesIO()
    document.save(out)
    return DocxLoader().load(out.getvalue(), "t.docx")


def as_pptx(placed: Placed) -> Loaded:
    deck = pptx.Presentation()
    shapes = deck.slides.add_slide(deck.slide_layouts[6]).shapes
    table = shapes.add_table(*_size(placed), Cm(1), Cm(1), Cm(20), Cm(10)).table
    for r, c, h, w, text in placed:
        table.cell(r, c).text = text
        if h * w > 1:
            table.cell(r, c).merge(table.cell(r + h - 1, c + w - 1))
    out = BytesIO()
    deck.save(out)
    return PptxLoader().load(out.getvalue(), "t.pptx")


def as_xlsx(placed: Placed) -> Loaded:
    book = openpyxl.Workbook()
    for r, c, h, w, text in placed:
        digits = text.replace(",", "")
        cell = book.active.cell(r + 3, c + 2, int(digits) if digits.isdigit() else text)
        cell.number_format = "#,##0"
        book.active.merge_cells(start_row=r + 3, end_row=r + 2 + h, start_column=c + 2, end_column=c + 1 + w)
    out = BytesIO()
    book.save(out)
    return XlsxLoader().load(out.getvalue(), "t.xlsx")


def as_html(placed: Placed) -> Loaded:
    rows: dict[int, str] = {}
    for r, _, h, w, text in sorted(placed):
        rows[r] = rows.get(r, "") + f'<td rowspan="{h}" colspan="{w}">{text}</td>'
    table = "".join(f"<tr>{row}</tr>" for row in rows.values())
    return HtmlLoader().load(f"<html><body><table>{table}</table></body></html>".encode(), "t.html")


@pytest.mark.parametrize("make", [as_docx, as_pptx, as_xlsx, as_html])
def test_each_cell_is_found_under_its_row_and_its_heads(make: Callable[[Placed], Loaded]) -> None:
    right = total = 0
    for seed in range(20):
        placed, truth = invented(seed)
        found = {}
        for page in make(placed).pages:
            for row in page_units(page.text):
                name = next((cell.text for cell in row.cells if cell.header == "課"), "")
                found.update({(name, cell.header): cell.text for cell in row.cells})
        total += len(truth)
        right += sum(found.get(place) == text for place, text in truth.items())
    assert right >= 0.98 * total
