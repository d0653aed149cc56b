"""The source panel: a page with the marked words, as its picture and as its text, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from index.library import PageView
from ui.escape import attributes, plain, safe
from ui.page_text import page_text_html
from ui.place import place, readable_date
from ui.words import Words

_AROUND = 30_000  # code points before and after the mark: browsers lay out no more in a moment


@dataclass(frozen=True, slots=True)
class Original:
    """What there is of the page besides its text: the file that it was read from, and maybe a picture.

    `top`: how far down the marked words stand on the picture, in widths of the page; `height` likewise, 0 when it is not known.
    """

    picture: bool = False
    top: float = 0.0
    height: float = 0.0


def render_page(view: PageView, start: int, end: int, words: Words, original: Original | None = None) -> str:
    """A page with the code points `start:end` in `<mark id="tk-mark">`; an empty or impossible span marks nothing."""
    text = view.page.text
    start, end = max(0, start), min(end, len(text))
    first, last = max(0, start - _AROUND), min(len(text), max(start, end) + _AROUND)
    inner = page_text_html(text[first:last], start - first, end - first, words)
    if last - first < len(text):
        before, after = "…" if first else "", "…" if last < len(text) else ""
        inner = f'<span class="tk-quiet">{words.cut}</span>\n{before}{inner}{after}'
    if not text.strip():
        inner = f'<span class="tk-quiet">{words.no_text}</span>'
    shown = attributes(data_shown=view.document.id, data_page=view.page.label, data_start=start, data_end=end)
    seen = "picture" if original and original.picture else "text"
    return (
        f'<section class="tk-page"{shown}{attributes(data_view=seen, aria_label=words.source)}>'
        f"{_head(view, words, original)}{_picture(view, start, end, words, original)}"
        f'<div class="tk-text" tabindex="0" dir="ltr" role="region"{attributes(aria_label=words.text)}>{inner}</div>'
        f"</section>"
    )


def render_no_page(words: Words) -> str:
    """The source panel before anything was cited."""
    return (
        f'<section class="tk-page tk-page-empty"{attributes(aria_label=words.source)}>'
        f"<p><strong>{words.source_empty}</strong></p><p>{words.source_how}</p></section>"
    )


def notes_of(view: PageView, words: Words) -> tuple[str, ...]:
    """What a reader should know before relying on the page. Plain text."""
    guessed = {
        "title": words.guessed_title,
        "published": words.guessed_published,
        "page_labels": words.guessed_labels,
    }
    return (
        *([words.recognised] if view.page.ocr else []),
        *([view.page.problem] if view.page.problem else []),
        *(text for name, text in guessed.items() if name in view.document.guessed),
        *([view.document.note] if view.document.note else []),
    )


def _picture(view: PageView, start: int, end: int, words: Words, original: Original | None) -> str:
    if original is None or not original.picture:
        return ""
    document, label = quote(view.document.id, safe=""), quote(view.page.label, safe="")
    source = f"{words.root}v1/documents/{document}/pages/{label}/image?start={start}&end={end}"
    where = plain(place(view.document.locator, view.page.label, words))
    alt = words.picture_alt.format(title=plain(view.document.title), place=where)
    size = attributes(width=1000, height=round(1000 * original.height)) if original.height else ""
    image = size + attributes(src=source, alt=alt, data_top=f"{original.top:.4f}", data_failed=words.picture_failed)
    label_name = attributes(aria_label=words.picture)
    return f'<div class="tk-picture" tabindex="0" role="region"{label_name}><img{image}></div>'


def _head(view: PageView, words: Words, original: Original | None) -> str:
    document, page = view.document, view.page
    position = words.position.format(number=page.number, count=document.pages)
    return (
        f'<header class="tk-page-head"><button type="button" class="tk-back" data-back="true">{words.back}</button>'
        f'<h2 tabindex="-1">{safe(document.title, words)}</h2>'
        f"{meta((document.publisher, readable_date(document.published, words)), words)}{_notes(view, words)}"
        f'<div class="tk-turn">{_step(view.previous, words.previous, "previous", view, words)}'
        f'<p class="tk-label"><strong>{safe(place(document.locator, page.label, words), words)}</strong>'
        f'<span class="tk-quiet">{position}</span></p>'
        f"{_step(view.next, words.next, 'next', view, words)}</div>"
        f'<div class="tk-tools">{_views(words, original)}<span class="tk-tools-end">{_links(view, words, original)}</span></div>'
        "</header>"
    )


def meta(parts: Sequence[str], words: Words) -> str:
    """Short facts in one line."""
    return '<p class="tk-meta">' + "".join(f"<span>{safe(p, words)}</span>" for p in parts if p) + "</p>"


def _notes(view: PageView, words: Words) -> str:
    notes = " ".join(notes_of(view, words))
    if not notes:
        return ""
    return (
        f'<details class="tk-note"><summary><span class="tk-note-name">{words.note}</span>'
        f'<span class="tk-note-text">{safe(notes, words)}</span></summary></details>'
    )


def _views(words: Words, original: Original | None) -> str:
    if original is None or not original.picture:
        return ""
    name = attributes(aria_label=f"{words.picture}／{words.text}")
    buttons = "".join(
        f'<button type="button" class="tk-view" data-view="{view}" aria-pressed="{str(on).lower()}">{text}</button>'
        for view, text, on in (("picture", words.picture, True), ("text", words.text, False))
    )
    return f'<span class="tk-views" role="group"{name}>{buttons}</span>'


def _links(view: PageView, words: Words, original: Original | None) -> str:
    link = f'<button type="button" class="tk-link" data-copy-page="true">{words.page_link}</button>'
    if original is None:
        return link
    href = f"{words.root}v1/documents/{quote(view.document.id, safe='')}/file#page={view.page.number}"
    return f'{link}<a class="tk-link" target="_blank" rel="noopener"{attributes(href=href)}>{words.original}</a>'


def _step(label: str | None, text: str, side: str, view: PageView, words: Words) -> str:
    if label is None:
        return f'<button type="button" class="tk-step tk-{side}" disabled>{text}</button>'
    target = attributes(data_document=view.document.id, data_page=label, data_start=0, data_end=0)
    to = attributes(aria_label=f"{text}：{plain(place(view.document.locator, label, words))}")
    return f'<button type="button" class="tk-step tk-{side}"{target}{to}>{text}</button>'
