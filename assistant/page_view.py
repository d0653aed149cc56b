"""A cited page for who follows a link in a browser: the text with the quote marked, as one page that loads nothing but its picture."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.schemas import page_path
from index.library import PageView

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
# Characters that act instead of being seen; a direction mark could show 100円 as 円001 (Unicode TR 36).
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def page_view(view: PageView, start: int, end: int, picture: bool) -> HTMLResponse:
    """The code points `start:end` marked; an empty or impossible span marks nothing."""
    text, document, label = view.page.text, view.document, view.page.label
    start, end = max(0, start), min(end, len(text))
    marked = Markup("{}<mark id='quote'>{}</mark>{}").format(*map(_seen, (text[:start], text[start:end], text[end:])))
    path = page_path(document.id, label)
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    html = environment.get_template("page_view.html.j2").render(
        title=document.title,
        place=f"{document.locator} {label}",
        facts=[fact for fact in (document.publisher, document.published) if fact],
        notes=[note for note in (view.page.problem, document.note) if note],
        text=marked if start < end else _seen(text),
        quoted=start < end,
        previous=page_path(document.id, view.previous) if view.previous is not None else "",
        next=page_path(document.id, view.next) if view.next is not None else "",
        picture=f"{path}/image?{urlencode({'start': start, 'end': max(start, end)})}" if picture else "",
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY, "Vary": "Accept"})


def _seen(text: str) -> Markup:
    """Escaped, with what would act named instead."""
    return escape(_ACTING.sub(lambda match: f"[U+{ord(match[0]):04X}]", text))
