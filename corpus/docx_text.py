"""The words of a Word paragraph: page breaks as form feeds; furigana, hidden and deleted text left out; its text boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from corpus.docx_numbering import W
from corpus.docx_styles import is_on

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SKIPPED = frozenset(
    {f"{W}{t}" for t in ("del", "moveFrom", "rPr", "pPr", "rt", "instrText", "delText", "object", "commentReference")}
    | {f"{_MC}Fallback"}
)
NoteMark = Callable[[str, str], str]  # kind and id of a note → what stands in the text for it


def paragraph_text(p: Any, note_mark: NoteMark) -> str:
    """A paragraph's text: form feed for a rendered page break, two for an explicit one. Furigana, hidden and deleted text are left out."""
    out: list[str] = []
    _walk(p, out, note_mark)
    return "".join(out)


def _walk(element: Any, out: list[str], note_mark: NoteMark) -> None:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == f"{W}r" and is_on(child.find(f"{W}rPr/{W}vanish")):
            continue
        if tag in (f"{W}t", f"{_M}t"):
            out.append((child.text or "").replace("\f", " ").replace("\n", " "))
        elif tag == f"{W}tab":
            out.append("\t")
        elif tag in (f"{W}br", f"{W}cr"):
            out.append({"page": "\f\f", "column": "\n"}.get(child.get(f"{W}type", ""), "\n"))
        elif tag == f"{W}lastRenderedPageBreak":
            out.append("\f")
        elif tag == f"{W}noBreakHyphen":
            out.append("-")
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            out.append(note_mark(tag[len(W) :].removesuffix("Reference"), child.get(f"{W}id") or ""))
        elif tag not in (f"{W}txbxContent", f"{W}drawing", f"{W}pict"):
            _walk(child, out, note_mark)


def text_boxes(p: Any) -> Iterator[Any]:
    """Text boxes that hang on a paragraph, each once."""
    for box in p.iter(f"{W}txbxContent"):
        ancestors = [a.tag for a in box.iterancestors()]
        if f"{_MC}Fallback" not in ancestors and ancestors.count(f"{W}txbxContent") == 0:
            yield box
