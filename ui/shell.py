"""The HTML around Gradio: our language, style and script in it, Gradio's adornments out of it, and a Content-Security-Policy on it."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from html import escape

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.routes import asset
from ui.words import Words

# gr.HTML and Gradio's events build their code with `Function`, so its page cannot do without 'unsafe-eval'; Svelte sets style
# attributes and adds style elements. Scripts in the markup run only with the nonce of this response.
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'; "
    "frame-ancestors 'none'"
)
_META = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_MANIFEST = re.compile(r'\s*<link rel="manifest"[^>]*>')
_FRAMES = re.compile(
    r"<script>\s*\(\(\) => \{.*?</script>", re.DOTALL
)  # loads iframeResizer; nothing may frame this page


class Shell:
    """ASGI middleware over the whole server; only the HTML of the page is touched."""

    def __init__(self, app: ASGIApp, languages: Sequence[tuple[str, Words]]) -> None:
        self._app = app
        self._words = {path.rstrip("/") + "/": words for path, words in languages}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        words = self._words.get(scope["path"]) if scope["type"] == "http" else None
        if words is None or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def collect(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(start, body, words, send)

        # Gradio would read `page` as a page of its own; the query is read by our script.
        await self._app({**scope, "query_string": b""}, receive, collect)

    async def _finish(self, start: Message, body: bytes, words: Words, send: Send) -> None:
        headers = MutableHeaders(scope=start)
        if headers.get("content-type", "").startswith("text/html"):
            nonce = secrets.token_urlsafe(16)
            body = dressed(body.decode(), words, nonce).encode()
            headers["content-security-policy"] = _POLICY.format(nonce=nonce)
            headers["content-length"] = str(len(body))
            headers["x-frame-options"] = "DENY"
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "same-origin"
            headers["cache-control"] = "no-store"
        await send(start)
        await send({"type": "http.response.body", "body": body})


def dressed(html: str, words: Words, nonce: str) -> str:
    """Gradio's index page as ours."""
    html = _MANIFEST.sub("", _META.sub("", _FRAMES.sub("", html, count=1)))
    html = re.sub(r'<html\s+lang="en"', f'<html lang="{words.lang}"', html, count=1)
    html = html.replace("<script>", f'<script nonce="{nonce}">').replace(
        "<script data-", f'<script nonce="{nonce}" data-'
    )
    html = html.replace("</head>", f"{_head(words)}</head>", 1)
    return re.sub(r"(<body[^>]*>)", lambda m: m[1] + _begin(words), html, count=1)


def _head(words: Words) -> str:
    def look(name: str) -> str:
        return f"{words.root}look/{name}?{asset(name)[1]}"

    said = {
        "lang": words.lang,
        "root": words.root,
        "copied": words.copied,
        "failed": words.copy_failed,
        "answered": words.answered,
        "problem": words.feedback_failed,
    }
    return (
        f"<title>{escape(words.title)}</title>"
        f'<link rel="icon" href="{look("icon.svg")}"><link rel="stylesheet" href="{look("page.css")}">'
        f'<script type="application/json" id="tk-words">{json.dumps(said, ensure_ascii=False).replace("<", chr(92) + "u003c")}</script>'
        f'<script src="{look("colours.js")}"></script><script src="{look("page.js")}"></script>'
    )


def _begin(words: Words) -> str:
    return (
        f'<a class="tk-skip" href="#tk-box">{escape(words.skip)}</a>'
        f'<div id="tk-live" class="tk-sr" role="status" aria-live="polite"></div>'
        f'<noscript><p class="tk-noscript">{escape(words.no_script)}</p></noscript>'
    )
