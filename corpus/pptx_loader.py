"""PowerPoint files (python-pptx): a slide is a page, its title first, then what stands on it in reading order; speaker's notes kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import pptx
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER

from corpus.errors import DocumentError
from corpus.grid import Grid, grid_text
from corpus.loaded import Loaded, LoadedPage
from corpus.ooxml import checked, is_kind, understood
from corpus.reading_order import Piece, in_reading_order
from corpus.xlsx_format import shown

NOTES = "【ノート】"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER)
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_LISTS = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY)
_DIAGRAM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
_EPOCH = datetime(1899, 12, 30)
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class PptxLoader:
    """Reads `.pptx`, and `.pptm` without its macros."""

    endings: tuple[str, ...] = (".pptx", ".pptm")

    def recognises(self, data: bytes) -> bool:
        return is_kind(data, "ppt")

    def load(self, data: bytes, name: str) -> Loaded:
        """Raises DocumentError when it is no presentation, is locked or broken."""
        package = checked(data, name, "ppt")
        with understood(name, "PowerPoint"):
            deck = pptx.Presentation(BytesIO(package))
            first = int(deck.part._element.get("firstSlideNum") or 1)
            pages = tuple(_slide_page(slide, str(n)) for n, slide in enumerate(deck.slides, first))
            title = (deck.core_properties.title or "").strip()
        if not pages:
            raise DocumentError(f"{name} にスライドがありません。文書を確かめてください。")
        return Loaded(pages, title, "", "スライド", ("title",) if title else ())


def _slide_page(slide: Any, label: str) -> LoadedPage:
    if slide._element.get("show") in ("0", "false"):
        return LoadedPage(
            "",
            label,
            problem="非表示のスライドなので読みませんでした。読むには、PowerPointで再表示して保存してください。",
        )
    title = slide.shapes.title
    name = " ".join(title.text_frame.text.split()) if title is not None and title.has_text_frame else ""
    pieces = [piece for shape in slide.shapes for piece in _pieces(shape, (1.0, 1.0, 0.0, 0.0))]
    blocks = [f"# {name}"] if name else []
    blocks.extend(piece.text for piece in in_reading_order(pieces))
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        blocks.append(f"{NOTES}\n{_paragraphs(notes, listed=False)}")
    return LoadedPage("\n\n".join(blocks) + "\n" if blocks else "", label)


def _pieces(shape: Any, at: tuple[float, float, float, float]) -> Iterator[Piece]:
    """What a shape says; shapes of a group stand in the group's own coordinates. `at` is (scale x, scale y, left, top)."""
    if shape.is_placeholder and shape.placeholder_format.type in (*_FURNITURE, *_TITLES):
        return
    if _is_hidden(shape):
        return
    left, top = at[2] + at[0] * (shape.left or 0), at[3] + at[1] * (shape.top or 0)
    right, bottom = left + at[0] * (shape.width or 0), top + at[1] * (shape.height or 0)
    if hasattr(shape, "shapes"):
        inner = _inner(shape, at, left, top)
        for one in shape.shapes:
            yield from _pieces(one, inner)
        return
    text = _shape_text(shape)
    if text.strip():
        yield Piece(left, top, right, bottom, text)


def _inner(
    group: Any, at: tuple[float, float, float, float], left: float, top: float
) -> tuple[float, float, float, float]:
    """The scale and origin of a group's children."""
    frame = group._element.grpSpPr.find(f"{_A}xfrm")
    offset, extent = (frame.find(f"{_A}chOff"), frame.find(f"{_A}chExt")) if frame is not None else (None, None)
    if offset is None or extent is None:
        return at
    across = at[0] * (group.width or 0) / max(int(extent.get("cx")), 1)
    down = at[1] * (group.height or 0) / max(int(extent.get("cy")), 1)
    return across, down, left - across * int(offset.get("x")), top - down * int(offset.get("y"))


def _is_hidden(shape: Any) -> bool:
    named = next(shape._element.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}cNvPr"), None)
    return named is not None and named.get("hidden") in ("1", "true")


def _shape_text(shape: Any) -> str:
    if getattr(shape, "has_table", False):
        return _table(shape.table)
    if getattr(shape, "has_chart", False):
        return _chart(shape.chart)
    if getattr(shape, "has_text_frame", False):
        listed = shape.is_placeholder and shape.placeholder_format.type in _LISTS
        return _paragraphs(shape.text_frame, listed=listed)
    return _diagram(shape)


def _paragraphs(frame: Any, *, listed: bool) -> str:
    """Paragraphs line by line with their marks; `listed` is a placeholder whose layout puts bullets."""
    lines = []
    numbers: dict[int, int] = {}
    for paragraph in frame.paragraphs:
        text = re.sub(r"[ \t]*\v[ \t]*", "\n", paragraph.text).strip(" \n")
        properties = paragraph._p.find(f"{_A}pPr")
        auto = properties.find(f"{_A}buAutoNum") if properties is not None else None
        if not text:
            continue
        level = paragraph.level
        if auto is not None:
            numbers[level] = numbers.get(level, int(auto.get("startAt") or 1) - 1) + 1
            lines.append("  " * level + _number(numbers[level], auto.get("type") or "") + text)
            continue
        numbers = {at: n for at, n in numbers.items() if at < level}
        bulleted = properties is not None and properties.find(f"{_A}buChar") is not None
        plain = properties is not None and properties.find(f"{_A}buNone") is not None
        mark = "・" if (bulleted or (listed and not plain)) and not _MARKED.match(text) else ""
        lines.append("  " * level * bool(mark) + mark + text)
    return "\n".join(lines)


_MARKED = re.compile(r"[・●○◆◇■□▶►➢✓※＊①-⑳⇒→【＜〈《(（]|[0-9０-９]{1,2}[)）.．、]")


def _number(number: int, kind: str) -> str:
    if kind.startswith("circle"):
        return _CIRCLES[number - 1] if 0 < number <= 20 else f"({number}) "
    if kind.endswith("ParenBoth"):
        return f"({number}) "
    return f"{number}) " if kind.endswith("ParenR") else f"{number}. "


def _table(table: Any) -> str:
    grid = Grid()
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if not cell.is_spanned:
                rows, columns = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
                grid.put(r, c, cell.text.replace("\v", "\n"), rows, columns)
    return grid.text()


def _chart(chart: Any) -> str:
    """The values that a chart draws, as a table: a row for each category."""
    title = chart.chart_title.text_frame.text.strip() if chart.has_title and chart.chart_title.has_text_frame else ""
    lines = [title] if title else []
    for plot in chart.plots:
        categories = [str(c) for c in plot.categories]
        series = [(one.name, _series_format(one), list(one.values)) for one in plot.series]
        header = ["", *(name for name, _, _ in series)]
        rows = [
            [category, *(shown(values[n] if n < len(values) else None, code, _EPOCH) for _, code, values in series)]
            for n, category in enumerate(categories)
        ]
        if rows and series:
            lines.append(grid_text([header, *rows], 1))
    return "\n".join(lines)


def _series_format(series: Any) -> str:
    code = next(series._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}formatCode"), None)
    return (code.text or "General") if code is not None else "General"


def _diagram(shape: Any) -> str:
    """The words of a SmartArt diagram, which lie in a part of their own."""
    ids = next(shape._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"), None)
    relation = (
        ids.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm") if ids is not None else None
    )
    part = shape.part.rels[relation].target_part if relation and relation in shape.part.rels else None
    if part is None:
        return ""
    root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    points = ["".join(p.itertext(f"{_A}t")).strip() for p in root.iter(f"{_A}p")]
    return "\n".join(f"・{text}" for text in points if text)
