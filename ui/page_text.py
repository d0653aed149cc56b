"""A page's text as HTML: table rows as a table, headings as headings, the cited words marked; every word stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from corpus.tables import is_number
from ui.escape import attributes, safe
from ui.words import Words

_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_RULE = re.compile(r"[ \t]*\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*$")
_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_CELL = re.compile(r"\|[ \t]*(.*?)[ \t]*(?=\|)")

_Line = tuple[int, int]  # start and end of a line, without its line end


@dataclass(slots=True)
class _Text:
    """The text with the span that is marked; only the first mark has the id that the page scrolls to."""

    text: str
    start: int
    end: int
    words: Words
    marks: int = 0

    def piece(self, start: int, end: int) -> str:
        """`text[start:end]` escaped, with what falls into the span marked."""
        low, high = max(start, self.start), min(end, self.end)
        if low >= high:
            return safe(self.text[start:end], self.words)
        name = attributes(id="tk-mark", title=self.words.marked) if not self.marks else ' class="tk-marked"'
        self.marks += 1
        before, after = safe(self.text[start:low], self.words), safe(self.text[high:end], self.words)
        return f"{before}<mark{name}>{safe(self.text[low:high], self.words)}</mark>{after}"


def page_text_html(text: str, start: int, end: int, words: Words) -> str:
    """The content of the text pane, which keeps white space; `start:end` (code points) is marked when it is not empty."""
    shown = _Text(text, start, end, words)
    return "".join(_table(shown, lines) if rows else _plain(shown, lines) for rows, lines in _runs(text))


def _runs(text: str) -> Iterator[tuple[bool, list[_Line]]]:
    """Neighbouring lines of one kind: (are they rows of a table?, lines)."""
    lines: list[_Line] = []
    position = 0
    for line in text.split("\n"):
        lines.append((position, position + len(line)))
        position += len(line) + 1
    for rows, run in groupby(lines, key=lambda line: bool(_ROW.match(text[line[0] : line[1]]))):
        yield rows, list(run)


def _plain(shown: _Text, lines: list[_Line]) -> str:
    """Text between tables; a mark may run over line ends, but not into a heading's element."""
    out = ""
    begin = lines[0][0]
    for a, b in lines:
        heading = _HEADING.match(shown.text[a:b])
        if heading:
            out += shown.piece(begin, a)
            out += f'<strong class="tk-heading">{shown.piece(a + heading.end(), b)}</strong>'
            begin = b
    return out + shown.piece(begin, lines[-1][1])


def _table(shown: _Text, lines: list[_Line]) -> str:
    rule = next((n for n, (a, b) in enumerate(lines) if _RULE.match(shown.text[a:b])), 0)
    rows = [(n, a, b) for n, (a, b) in enumerate(lines) if not _RULE.match(shown.text[a:b])]
    body = ""
    for n, a, b in rows:
        tag = "th" if n < rule else "td"
        cells = [(a + m.start(1), a + m.end(1)) for m in _CELL.finditer(shown.text[a:b])]
        body += "<tr>" + "".join(_cell(shown, tag, *cell) for cell in cells) + "</tr>"
    return f'<table class="tk-rows">{body}</table>'


def _cell(shown: _Text, tag: str, start: int, end: int) -> str:
    kind = ' scope="col"' if tag == "th" else ' class="tk-figure"' if is_number(shown.text[start:end]) else ""
    return f"<{tag}{kind}>{shown.piece(start, end)}</{tag}>"
