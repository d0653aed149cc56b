"""Where an answer stands: the cited pages and the evidence that was considered."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation, Evidence
from ui.escape import attributes, safe
from ui.place import place
from ui.words import Words

_EXCERPT_CHARS = 120


def pointer(item: Citation | Evidence) -> str:
    """The attributes by which the page's script asks for a page and a span on it."""
    label = item.page if isinstance(item, Citation) else item.page_label
    return attributes(data_document=item.document_id, data_page=label, data_start=item.start, data_end=item.end)


def render_source_list(citations: Sequence[Citation], heading: str, words: Words) -> str:
    """The cited pages, one button each."""
    if not citations:
        return ""
    items = "".join(
        f'<li><button type="button" class="tk-source"{pointer(c)}><span class="tk-number">{c.marker}</span>'
        f'<span class="tk-source-title">{safe(c.title, words)}</span>'
        f'<span class="tk-place">{safe(place(c.locator, c.page, words), words)}</span>'
        f'<span class="tk-excerpt">{safe(_excerpt(c.quote), words)}</span></button></li>'
        for c in citations
    )
    return f'<div class="tk-sources"><h3>{heading}</h3><ul>{items}</ul></div>'


def render_considered(evidence: Sequence[Evidence], words: Words) -> str:
    """Everything that was offered to the reader, best first, folded away."""
    if not evidence:
        return ""
    items = "".join(
        f'<li><button type="button" class="tk-considered-item"{pointer(e)}>'
        f'<span class="tk-considered-head"><span class="tk-source-title">{safe(e.title, words)}</span>'
        f'<span class="tk-place">{safe(place(e.locator, e.page_label, words), words)}</span></span>'
        f'<span class="tk-excerpt">{safe(_excerpt(e.text), words)}</span></button></li>'
        for e in evidence
    )
    summary = words.considered.format(count=len(evidence))
    note = f'<p class="tk-quiet">{words.considered_note}</p>'
    return f'<details class="tk-considered"><summary>{summary}</summary>{note}<ol>{items}</ol></details>'


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT_CHARS else line[:_EXCERPT_CHARS] + "…"
