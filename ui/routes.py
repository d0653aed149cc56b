"""The page's own routes beside Gradio: style, script, icon, and the conversation as a Word file."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from ui.record import MEDIA_TYPE, word_file
from ui.site import Site
from ui.words_en import EN
from ui.words_ja import JA

_MEDIA_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_ASSETS = ("page.css", "page.js", "colours.js", "maintain.css", "maintain.js", "login.js", "icon.svg")


@lru_cache
def asset(name: str) -> tuple[bytes, str]:
    """A file of the page and its version, which changes with its content."""
    data = files("ui").joinpath(name).read_bytes()
    return data, hashlib.sha256(data).hexdigest()[:12]


def page_routes(site: Site) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/look/{name}")
    def look(name: str) -> Response:
        if name not in _ASSETS:
            raise HTTPException(404)
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
        return Response(asset(name)[0], media_type=_MEDIA_TYPES[name.rpartition(".")[2]], headers=headers)

    @router.get("/conversation.docx")
    def conversation(
        request: Request, answer: Annotated[list[str] | None, Query(max_length=100)] = None, lang: str = "ja"
    ) -> Response:
        words = EN if lang == "en" else JA
        base = str(request.base_url) + ("en/" if lang == "en" else "")
        data = word_file(site.recall.conversation(answer or []), site.documents(), base, words)
        headers = {"Content-Disposition": 'attachment; filename="tenkyo.docx"', "Cache-Control": "no-store"}
        return Response(data, media_type=MEDIA_TYPE, headers=headers)

    return router
