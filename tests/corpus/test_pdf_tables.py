"""Tables of twenty pages, drawn as office programs draw them: every cell is found under the names of its row and column."""

from __future__ import annotations

import pytest

from corpus.pdf_loader import PdfLoader

from ..documents.pdfs import Paper
from ..documents.tables import Drawn, found_share, table_pages


@pytest.mark.parametrize(
    ("special", "paper", "tables"), table_pages(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_at_least_98_of_100_cells_are_found_under_their_names(special: str, paper: Paper, tables: list[Drawn]) -> None:
    (page,) = PdfLoader().load(paper.data(), "table.pdf").pages
    hits, cells, missed = found_share(page.text, tables)
    assert hits >= 0.98 * cells, (special, missed)


def test_a_chart_is_no_table() -> None:
    paper = Paper()
    for n in range(6):
        paper.line(80, 100 + 30 * n, 400, 100 + 30 * n).text(55, 104 + 30 * n, str(50 - 10 * n), 8)
    for n in range(5):
        paper.line(80 + 80 * n, 100, 80 + 80 * n, 250).box(100 + 60 * n, 240 - 20 * n, 130 + 60 * n, 250, fill=0.4)
    (page,) = PdfLoader().load(paper.text(80, 300, "図1　会員数の推移").data(), "chart.pdf").pages
    assert "|" not in page.text
