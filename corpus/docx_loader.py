"""Word documents (python-docx): paragraphs, headings, list numbers, tables and notes; pages where Word left its page breaks, else sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from lxml import etree

from corpus.docx_numbering import Numbering, W, page_label
from corpus.docx_styles import is_on, read_styles, style_of
from corpus.docx_text import paragraph_text, text_boxes
from corpus.grid import Grid
from corpus.loaded import Loaded, LoadedPage
from corpus.ooxml import checked, is_kind, understood
from corpus.plain_headings import with_plain_headings
from corpus.sections import Block, blocks_text, sections

_MAX_PAGE = 4000  # characters; more between two breaks means that not all breaks are in the file


@dataclass(slots=True)
class _Page:
    """Blocks of a page and the section (index of its properties) that it began in."""

    section: int
    blocks: list[Block] = field(default_factory=list)


class DocxLoader:
    """Reads `.docx`, and `.docm` without its macros."""

    endings: tuple[str, ...] = (".docx", ".docm")

    def recognises(self, data: bytes) -> bool:
        return is_kind(data, "word")

    def load(self, data: bytes, name: str) -> Loaded:
        """Raises DocumentError when it is no Word document, is locked or broken."""
        package = checked(data, name, "word")
        with understood(name, "Word"):
            return _Reader(docx.Document(BytesIO(package))).loaded()


class _Reader:
    def __init__(self, document: Any) -> None:
        self._document = document
        self._styles = read_styles(document.styles.element)
        self._numbering = Numbering(_part(document, RELATIONSHIP_TYPE.NUMBERING))
        self._notes = _read_notes(document)
        self._pages = [_Page(0)]
        self._section = 0
        self._sections: list[Any] = []
        self._rendered = False
        self._explicit = False
        self._in_list = False
        self._break = False  # a break waits for the next text
        self._told: list[str] = []  # numbers of the notes whose marks stand on this page
        self._title = ""
        self._headings = 0

    def loaded(self) -> Loaded:
        body = self._document.element.body
        self._shift = int(any(self._styles.titles & {style_of(p)} for p in body.iter(f"{W}p")))
        self._blocks(body)
        self._end_page()
        last = body.find(f"{W}sectPr")
        if last is not None:
            self._sections.append(last)
        title = (self._document.core_properties.title or "").strip() or self._title
        longest = max(len(blocks_text(page.blocks)) for page in self._pages)
        if self._rendered or (self._explicit and longest <= _MAX_PAGE):
            return Loaded(
                self._as_pages(), title, "", "ページ", ("title", "page_labels") if title else ("page_labels",)
            )
        blocks = [b for page in self._pages for b in page.blocks]
        return Loaded(
            sections(blocks if self._headings else with_plain_headings(blocks)),
            title,
            "",
            "節",
            ("title",) if title else (),
        )

    def _as_pages(self) -> tuple[LoadedPage, ...]:
        """Numbered as the sections say: each goes on unless it names its first number."""
        pages = []
        number, section = 0, -1
        for page in self._pages:
            of = self._sections[page.section] if page.section < len(self._sections) else None
            said = of.find(f"{W}pgNumType") if of is not None else None
            start = said.get(f"{W}start") if said is not None else None
            number = int(start) if start and start.isdigit() and page.section != section else number + 1
            section = page.section
            fmt = said.get(f"{W}fmt", "decimal") if said is not None else "decimal"
            pages.append(LoadedPage(blocks_text(page.blocks), page_label(number, fmt)))
        return tuple(pages)

    # what stands where

    def _blocks(self, parent: Any) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}smartTag"):
                self._blocks(child)

    def _add(self, block: Block) -> None:
        if self._break:
            self._end_page()
            self._pages.append(_Page(self._section))
            self._break = False
        self._pages[-1].blocks.append(block)
        self._in_list = False
        for number in re.findall(r"（注(\d{1,4})）", block.text):
            if 0 < int(number) <= len(self._notes) and number not in self._told:
                self._told.append(number)

    def _end_page(self) -> None:
        """Notes go to the foot of the page that names them."""
        texts = list(self._notes.values())
        self._pages[-1].blocks.extend(
            Block(f"（注{number}）{texts[int(number) - 1]}", tight=n > 0) for n, number in enumerate(self._told)
        )
        self._told = []

    def _breaks(self, kind: str) -> None:
        """Breaks with no text between them are one: Word marks an explicit break as rendered too."""
        if any(page.blocks for page in self._pages):
            self._rendered |= kind == "rendered"
            self._explicit |= kind == "page"
            self._break = True

    def _paragraph(self, p: Any) -> None:
        style = style_of(p)
        properties = p.find(f"{W}pPr")
        if properties is not None and is_on(properties.find(f"{W}pageBreakBefore")):
            self._breaks("page")
        text = paragraph_text(p, self._note_mark)
        level = self._level(style, properties)
        if style in self._styles.titles:
            self._title, level = self._title or " ".join(text.split()), 1
        elif level:
            level = min(level + self._shift, 6)
        self._flow(text, level, *(self._mark(style, properties) if text.strip() else ("", 0)))
        for box in text_boxes(p):
            self._blocks(box)
        found = properties.find(f"{W}sectPr") if properties is not None else None
        if found is not None:
            self._end_section(found)

    def _flow(self, text: str, level: int, mark: str, depth: int) -> None:
        """A break before the text or in it comes before the next text, so that no sentence is cut; an explicit one cuts."""
        pending = False
        before = ""
        for piece in re.split(r"(\f\f|\f)", text):
            if piece == "\f" and before.strip():
                pending = True
            elif piece == "\f":
                self._breaks("rendered")
            elif piece == "\f\f":
                self._emit(before, level, mark, depth)
                before, mark, pending = "", mark if not before.strip() else "", False
                self._breaks("page")
            else:
                before += piece
        self._emit(before, level, mark, depth)
        if pending:
            self._breaks("rendered")

    def _emit(self, text: str, level: int, mark: str, depth: int) -> None:
        text = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
        if not text.strip():
            return
        if level:
            self._headings += 1
            self._add(Block(" ".join(f"{mark} {text.strip()}".split("\n")).strip(), level))
        else:
            gap = "" if not mark or mark[-1] in "・①②③④⑤⑥⑦⑧⑨⑩" else " "
            self._add(Block("  " * depth + mark + gap + text if mark else text, tight=bool(mark) and self._in_list))
            self._in_list = bool(mark)

    def _level(self, style: str, properties: Any) -> int:
        own = properties.find(f"{W}outlineLvl") if properties is not None else None
        if own is not None:
            level = int(own.get(f"{W}val", "9"))
            return level + 1 if level < 6 else 0
        return self._styles.levels.get(style, 0)

    def _mark(self, style: str, properties: Any) -> tuple[str, int]:
        """The printed number of a list item, and its depth."""
        listed, level = self._styles.lists.get(style, ("", 0))
        own = properties.find(f"{W}numPr") if properties is not None else None
        if own is not None:
            number, at = own.find(f"{W}numId"), own.find(f"{W}ilvl")
            listed = number.get(f"{W}val") if number is not None else listed
            level = int(at.get(f"{W}val") or 0) if at is not None else level
        if not listed or listed == "0":
            return "", 0
        return self._numbering.label(listed, level), level

    def _note_mark(self, kind: str, number: str) -> str:
        if (kind, number) not in self._notes:
            return ""
        return f"（注{list(self._notes).index((kind, number)) + 1}）"

    def _end_section(self, properties: Any) -> None:
        self._sections.append(properties)
        self._section = len(self._sections)
        kind = properties.find(f"{W}type")
        if kind is None or kind.get(f"{W}val") not in ("continuous", "nextColumn"):
            self._breaks("page")

    def _table(self, table: Any) -> None:
        """A table of one column is a frame around text; a longer one is parted where Word began a new page, under its header again."""
        rows = [r for r in table.iter(f"{W}tr") if next(r.iterancestors(f"{W}tbl"), None) is table]
        if all(len(_cells(r)) <= 1 for r in rows):
            for row in rows:
                for cell in _cells(row):
                    self._blocks(cell)
            return
        headers = 0
        while headers < len(rows) and rows[headers].find(f"{W}trPr/{W}tblHeader") is not None:
            headers += 1
        parts: list[list[Any]] = [[]]
        for row in rows:
            rendered = next(row.iter(f"{W}lastRenderedPageBreak"), None) is not None
            if rendered and len(parts[-1]) > headers:
                parts.append([])
            elif rendered:
                self._breaks("rendered")
            parts[-1].append(row)
        lines = self._grid(rows, headers).text().split("\n")
        if len(parts) == 1 or not lines[1:2] or set(lines[1]) - set("|-"):
            self._add(Block("\n".join(lines)))
            return
        for n, part in enumerate(parts):
            if n:
                self._breaks("rendered")
            part_headers = headers or 1
            grid = self._grid(part if n == 0 else [*rows[:part_headers], *part], part_headers)
            self._add(Block(grid.text()))

    def _grid(self, rows: list[Any], headers: int) -> Grid:
        grid = Grid(headers or None)
        open_cells: dict[int, tuple[str, int]] = {}  # column → text that goes on downwards
        for n, row in enumerate(rows):
            before = row.find(f"{W}trPr/{W}gridBefore")
            column = int(before.get(f"{W}val") or 0) if before is not None else 0
            for cell in _cells(row):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                width = min(max(int(span.get(f"{W}val") or 1), 1), 200) if span is not None else 1
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                text = "\n".join(self._cell_lines(cell))
                if merge is not None and merge.get(f"{W}val") != "restart" and column in open_cells:
                    text = open_cells[column][0]
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = (text, width)
                grid.put(n, column, text, 1, width)
                column += width
        return grid

    def _cell_lines(self, cell: Any) -> Iterator[str]:
        for p in cell.iter(f"{W}p"):
            text = paragraph_text(p, self._note_mark).replace("\f", "").replace("\t", " ").strip()
            if text:
                mark = self._mark(style_of(p), p.find(f"{W}pPr"))[0]
                yield f"{mark} {text}" if mark else text


def _cells(row: Any) -> list[Any]:
    found = []
    for child in row:
        if child.tag == f"{W}tc":
            found.append(child)
        elif child.tag == f"{W}sdt":
            found.extend(child.iter(f"{W}tc"))
    return found


def _part(document: Any, kind: str) -> Any:
    """The XML of a part that the document leads to; None when there is none."""
    for relation in document.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            try:
                return parse_xml(relation.target_part.blob)
            except etree.LxmlError:
                return None
    return None


def _read_notes(document: Any) -> dict[tuple[str, str], str]:
    """Foot- and endnotes by kind and id, in the order of the file."""
    notes: dict[tuple[str, str], str] = {}
    for kind, relation in (("footnote", RELATIONSHIP_TYPE.FOOTNOTES), ("endnote", RELATIONSHIP_TYPE.ENDNOTES)):
        root = _part(document, relation)
        for note in root.iter(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type") in (None, "normal"):
                lines = [paragraph_text(p, lambda *_: "").replace("\f", "").strip() for p in note.iter(f"{W}p")]
                notes[kind, note.get(f"{W}id") or ""] = " ".join(filter(None, lines))
    return notes
