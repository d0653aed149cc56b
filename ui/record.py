"""A conversation as a Word file: the questions with their answers, and one list of all sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from assistant.answer import Answer
from ui.copies import Documents, Source, sources_of
from ui.words import Words

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RUN = re.compile(r"((?:\[\d+\])+)")
_FONT = "Yu Gothic"
_WIDTHS_MM = (12, 48, 34, 22, 54)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML 1.0


def word_file(answers: Sequence[Answer], documents: Documents, base: str, words: Words) -> bytes:
    """The conversation as DOCX, oldest question first. The numbers run on, so that one list holds all sources.

    `base` is the address of the page, for links to the marked pages.
    """
    from docx import Document

    document = Document()
    _styled(document, words)
    document.add_heading(words.record_title, 1)
    listed: list[Source] = []
    for answer in answers:
        first = len(listed)
        number = {c.marker: first + n for n, c in enumerate(answer.citations, 1)}
        document.add_heading(_printable(answer.question), 2)
        if answer.abstained:
            document.add_paragraph().add_run(f"［{words.copy_abstained}］").bold = True
        for line in filter(str.strip, answer.answer.splitlines()):
            _noted(document.add_paragraph(), line, number)
        for conflict in answer.conflicts:
            paragraph = document.add_paragraph()
            paragraph.add_run(words.copy_conflict + " ").bold = True
            _noted(paragraph, conflict.text, number)
        listed += sources_of(answer, documents, base, words)
    if listed:
        document.add_heading(words.record_sources, 2)
        _table(document, listed, words)
    document.add_paragraph(words.record_note)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _styled(document: Any, words: Words) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    for name, size in (("Normal", 10.5), ("Heading 1", 18), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), _FONT)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x1B, 0x4B, 0x8F)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    document.core_properties.title = words.record_title
    document.core_properties.author = "tenkyo"
    document.core_properties.language = words.lang


def _noted(paragraph: Any, text: str, number: dict[int, int]) -> None:
    """The text with its markers, renumbered, as superscripts."""
    for piece in _RUN.split(_printable(text)):
        if _RUN.fullmatch(piece):
            marks = "".join(f"[{number.get(int(n), n)}]" for n in re.findall(r"\d+", piece))
            paragraph.add_run(marks).font.superscript = True
        elif piece:
            paragraph.add_run(piece)


def _table(document: Any, sources: Sequence[Source], words: Words) -> None:
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(words.record_columns), style="Table Grid")
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, words.record_columns, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for n, source in enumerate(sources, 1):
        cells = table.add_row().cells
        about = "、".join(filter(None, (source.publisher, source.published)))
        for cell, text in zip(cells, (f"[{n}]", source.title, about, source.place, source.quote), strict=True):
            cell.text = _printable(text)
        _link(cells[3].add_paragraph(), source.url, words.source)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS_MM, strict=True):
            cell.width = Mm(width)


def _link(paragraph: Any, url: str, text: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
