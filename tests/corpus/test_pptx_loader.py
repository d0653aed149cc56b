from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Any

import pptx
import pytest
from hypothesis import given, settings
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from corpus.errors import DocumentError
from corpus.loaded import Loaded
from corpus.loader import choose_loader
from corpus.pptx_loader import NOTES, PptxLoader
from corpus.units import page_units

from ..documents.damage import Changes, Pieces, changed, changed_inside, changes, pieces


def saved(deck: Any) -> bytes:
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def load(deck: Any) -> Loaded:
    return PptxLoader().load(saved(deck), "slides.pptx")


def with_slide(layout: int = 5, title: str = "予算の推移") -> tuple[Any, Any]:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    slide.shapes.title.text = title
    return deck, slide


def box(shapes: Any, x: float, y: float, text: str) -> Any:
    made = shapes.add_textbox(Cm(x), Cm(y), Cm(8), Cm(2))
    made.text_frame.text = text
    return made


def test_a_slide_is_a_page_with_its_title_first_and_its_notes_apart() -> None:
    deck, slide = with_slide()
    box(slide.shapes, 1, 10, "下の文である。")
    box(slide.shapes, 1, 5, "上の文である。")
    slide.notes_slide.notes_text_frame.text = "増えた理由は資材の高騰である。"
    deck.slides.add_slide(deck.slide_layouts[6])
    loaded = load(deck)
    assert [(p.label, p.text) for p in loaded.pages] == [
        ("1", f"# 予算の推移\n\n上の文である。\n\n下の文である。\n\n{NOTES}\n増えた理由は資材の高騰である。\n"),
        ("2", ""),
    ]
    assert loaded.locator == "スライド"
    note = page_units(loaded.pages[0].text)[-1]
    assert note.headings == ("予算の推移", "ノート")


def test_a_table_is_rows_with_merged_cells_filled() -> None:
    deck, slide = with_slide()
    table = slide.shapes.add_table(4, 3, Cm(1), Cm(5), Cm(20), Cm(5)).table
    rows = [
        ["区分", "交付額", ""],
        ["", "令和5年度", "令和6年度"],
        ["運行費", "12,300", "13,500"],
        ["施設費", "4,560", "5,670"],
    ]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    (row, _) = [u for u in page_units(load(deck).pages[0].text) if u.kind == "row"]
    assert [(c.header, c.text) for c in row.cells] == [
        ("区分", "運行費"),
        ("交付額 令和5年度", "12,300"),
        ("交付額 令和6年度", "13,500"),
    ]


def test_lists_carry_their_marks_and_levels() -> None:
    deck, slide = with_slide(1, "目標")
    frame = slide.placeholders[1].text_frame
    frame.text = "利用者を増やす"
    inner = frame.add_paragraph()
    inner.text, inner.level = "高齢者", 1
    assert load(deck).pages[0].text == "# 目標\n\n・利用者を増やす\n  ・高齢者\n"


def test_shapes_of_a_group_stand_where_the_group_puts_them() -> None:
    deck, slide = with_slide()
    box(slide.shapes, 1, 8, "三")
    group = slide.shapes.add_group_shape()
    box(group.shapes, 1, 15, "二")
    box(group.shapes, 1, 12, "一")
    group.top = Cm(4)
    group.height = Cm(3)
    assert load(deck).pages[0].text == "# 予算の推移\n\n一\n\n二\n\n三\n"


def test_the_values_of_a_chart_are_rows() -> None:
    deck, slide = with_slide()
    data = CategoryChartData(number_format="#,##0")
    data.categories = ["令和4年度", "令和5年度"]
    data.add_series("利用者数", (12000, 13500))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(2), Cm(5), Cm(10), Cm(5), data)
    assert "|  | 利用者数 |\n|---|---|\n| 令和4年度 | 12,000 |\n| 令和5年度 | 13,500 |\n" in load(deck).pages[0].text


def test_a_hidden_slide_is_not_read_and_said_so() -> None:
    deck, slide = with_slide()
    slide._element.set("show", "0")
    page = load(deck).pages[0]
    assert (page.label, page.text) == ("1", "")
    assert "非表示のスライド" in page.problem


def test_slides_are_numbered_as_the_presentation_says() -> None:
    deck, _ = with_slide()
    deck.part._element.set("firstSlideNum", "5")
    assert [p.label for p in load(deck).pages] == ["5"]


def test_powerpoint_is_known_by_content() -> None:
    data = saved(with_slide()[0])
    assert isinstance(choose_loader("slides.txt", data), PptxLoader)
    with pytest.raises(DocumentError, match=r"Word（\.docx）の文書ではありません"):
        choose_loader("x.docx", b"").load(data, "x.docx")


DATA = saved(with_slide()[0])
PARTS = ("ppt/slides/slide1.xml", "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels")


@settings(deadline=None, max_examples=40, database=None, derandomize=True)
@given(changes(DATA))
def test_a_damaged_file_is_read_or_a_document_error(made: Changes) -> None:
    with suppress(DocumentError):
        assert PptxLoader().load(changed(DATA, made), "slides.pptx").pages


@settings(deadline=None, max_examples=40, database=None, derandomize=True)
@given(pieces(b"p:sp", 6))
def test_damage_inside_the_xml_is_read_or_a_document_error(made: Pieces) -> None:
    with suppress(DocumentError):
        assert PptxLoader().load(changed_inside(DATA, PARTS, made), "slides.pptx").pages
