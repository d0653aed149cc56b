"""Where an answer stands: the page with the marked words, the evidence considered, the list of documents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Citation, Evidence
from index.ledger import DocumentRow
from index.library import PageView
from ui.escape import attributes, plain, safe
from ui.strings import Words

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_EXCERPT_CHARS = 120


def place(locator: str, label: str, words: Words) -> str:
    """`スライド 4`: what the label counts, and the printed label. Plain text."""
    return words.place.format(locator=locator, label=label)


def readable_date(published: str, words: Words) -> str:
    """2024-03-29 as 2024年3月29日; what is no ISO date stays as it is. Plain text."""
    match = _ISO_DATE.fullmatch(published.strip())
    if not match:
        return published
    year, month, day = (int(part or 0) for part in match.groups())
    return words.date.format(year=year, month=month, day=day) if day else words.month.format(year=year, month=month)


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


def render_page(view: PageView, start: int, end: int, words: Words) -> str:
    """A page's text with the code points `start:end` in `<mark id="tk-mark">`; an empty or impossible span marks nothing."""
    text = view.page.text
    start, end = max(0, start), min(end, len(text))
    if start < end:
        inner = (
            f'{safe(text[:start], words)}<mark id="tk-mark"{attributes(title=words.marked)}>'
            f"{safe(text[start:end], words)}</mark>{safe(text[end:], words)}"
        )
    else:
        inner = safe(text, words)
    if not text.strip():
        inner = f'<span class="tk-quiet">{words.no_text}</span>'
    shown = attributes(data_shown=view.document.id, data_page=view.page.label, data_start=start, data_end=end)
    return (
        f'<section class="tk-page"{shown}{attributes(aria_label=words.source)}>{_head(view, words)}'
        f'<div class="tk-text" tabindex="0" dir="ltr"{attributes(aria_label=words.source)} role="document">{inner}</div>'
        f"</section>"
    )


def render_no_page(words: Words) -> str:
    """The source panel before anything was cited."""
    return (
        f'<section class="tk-page tk-page-empty"{attributes(aria_label=words.source)}>'
        f"<p><strong>{words.source_empty}</strong></p><p>{words.source_how}</p></section>"
    )


def render_documents(documents: Sequence[DocumentRow], words: Words) -> str:
    """All documents, folded away: title, publisher, date, number of pages, note."""
    summary = f"<summary>{words.documents.format(count=len(documents))}</summary>"
    if not documents:
        return f'<details class="tk-documents" open>{summary}<p>{safe(words.documents_none, words)}</p></details>'
    items = "".join(_document(document, words) for document in documents)
    return f'<details class="tk-documents">{summary}<ul>{items}</ul></details>'


def _document(document: DocumentRow, words: Words) -> str:
    pages = words.pages.format(count=document.pages, locator=document.locator)
    about = (document.publisher, readable_date(document.published, words), pages)
    note = f'<p class="tk-quiet">{words.note}：{safe(document.note, words)}</p>' if document.note else ""
    return f'<li><p class="tk-document-title">{safe(document.title, words)}</p>{_meta(about, words)}{note}</li>'


def _meta(parts: Sequence[str], words: Words) -> str:
    return '<p class="tk-meta">' + "".join(f"<span>{safe(p, words)}</span>" for p in parts if p) + "</p>"


def _head(view: PageView, words: Words) -> str:
    document, page = view.document, view.page
    position = words.position.format(number=page.number, count=document.pages)
    note = (
        f'<details class="tk-note"><summary><span class="tk-note-name">{words.note}</span>'
        f'<span class="tk-note-text">{safe(document.note, words)}</span></summary></details>'
        if document.note
        else ""
    )
    return (
        f'<header class="tk-page-head"><button type="button" class="tk-back" data-back="true">{words.back}</button>'
        f'<h2 tabindex="-1">{safe(document.title, words)}</h2>'
        f"{_meta((document.publisher, readable_date(document.published, words)), words)}{note}"
        f'<div class="tk-turn">{_step(view.previous, words.previous, "previous", view, words)}'
        f'<p class="tk-label"><strong>{safe(place(document.locator, page.label, words), words)}</strong>'
        f'<span class="tk-quiet">{position}</span></p>'
        f"{_step(view.next, words.next, 'next', view, words)}</div></header>"
    )


def _step(label: str | None, text: str, side: str, view: PageView, words: Words) -> str:
    if label is None:
        return f'<button type="button" class="tk-step tk-{side}" disabled>{text}</button>'
    target = attributes(data_document=view.document.id, data_page=label, data_start=0, data_end=0)
    to = attributes(aria_label=f"{text}：{plain(place(view.document.locator, label, words))}")
    return f'<button type="button" class="tk-step tk-{side}"{target}{to}>{text}</button>'


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT_CHARS else line[:_EXCERPT_CHARS] + "…"
