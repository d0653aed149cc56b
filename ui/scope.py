"""Which documents are searched: a dialog with all of them, to be narrowed by publisher, year and by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.dates import find_dates
from index.ledger import DocumentRow
from ui.escape import attributes, safe
from ui.place import readable_date
from ui.source_page import meta
from ui.words import Words

_BARE_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", re.ASCII)  # 2014頃


def year_of(published: str) -> int | None:
    """The year of a date in any writing; None when it names none."""
    dated = next((d.year for d in find_dates(published, bare_years=True) if d.year), None)
    bare = _BARE_YEAR.search(published)
    return dated or (int(bare[0]) if bare else None)


def render_scope(documents: Sequence[DocumentRow], words: Words) -> str:
    """The button that says what is searched, and its dialog."""
    name = words.scope_all.format(count=len(documents))
    texts = attributes(data_all=name, data_some=words.scope_some, data_none=words.scope_none)
    return (
        f'<button type="button" class="tk-link" data-dialog="tk-scope-dialog"{texts}>'
        f'{words.scope}<span class="tk-scope-state">{name}</span></button>{_dialog(documents, words)}'
    )


def _dialog(documents: Sequence[DocumentRow], words: Words) -> str:
    if documents:
        inner = (
            f'<p class="tk-quiet">{words.scope_how}</p>{_filters(documents, words)}'
            f'<ul class="tk-scope-list">{"".join(_document(d, words) for d in documents)}</ul>'
        )
        buttons = (
            f'<p class="tk-scope-error" role="alert"></p>'
            f'<button type="button" class="tk-plain" data-scope="all">{words.scope_reset}</button>'
            f'<button type="button" class="tk-strong" data-scope="some">{words.scope_apply}</button>'
        )
    else:
        inner, buttons = f"<p>{safe(words.documents_none, words)}</p>", ""
    return dialog("tk-scope-dialog", words.documents, inner, words, buttons)


def dialog(elem_id: str, title: str, inner: str, words: Words, buttons: str = "") -> str:
    """A modal dialog with a heading, a way to close it, and buttons at the end."""
    head = (
        f'<header class="tk-dialog-head"><h2 id="{elem_id}-title">{title}</h2>'
        f'<button type="button" class="tk-plain" data-close="true">{words.close}</button></header>'
    )
    foot = f'<div class="tk-dialog-foot">{buttons}</div>' if buttons else ""
    return (
        f'<dialog id="{elem_id}" class="tk-dialog" aria-labelledby="{elem_id}-title">{head}'
        f'<div class="tk-dialog-body" tabindex="0" role="region" aria-labelledby="{elem_id}-title">{inner}</div>{foot}</dialog>'
    )


def _filters(documents: Sequence[DocumentRow], words: Words) -> str:
    publishers = sorted({d.publisher for d in documents if d.publisher})
    years = sorted({year for d in documents if (year := year_of(d.published)) is not None})
    return (
        '<div class="tk-scope-filters">'
        + _select("publisher", words.scope_publisher, publishers, words)
        + _select("from", words.scope_year_from, [str(y) for y in years], words)
        + _select("to", words.scope_year_to, [str(y) for y in years], words)
        + "</div>"
    )


def _select(name: str, label: str, values: Sequence[str], words: Words) -> str:
    options = "".join(f"<option{attributes(value=v)}>{safe(v, words)}</option>" for v in values)
    choice = f'<select data-filter="{name}"><option value="">{words.scope_any}</option>{options}</select>'
    return f"<label>{label}{choice}</label>"


def _document(document: DocumentRow, words: Words) -> str:
    pages = words.pages.format(count=document.pages, locator=document.locator)
    about = (document.publisher, readable_date(document.published, words), pages)
    note = f'<p class="tk-quiet">{words.note}：{safe(document.note, words)}</p>' if document.note else ""
    data = attributes(data_publisher=document.publisher, data_year=year_of(document.published) or "")
    box = f'<input type="checkbox" checked{attributes(value=document.id)}>'
    title = f'<span class="tk-document-title">{safe(document.title, words)}</span>'
    return f"<li{data}><label>{box}{title}</label>{meta(about, words)}{note}</li>"
