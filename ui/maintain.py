"""The maintainers' page and the sign-in form: plain HTML, no Gradio, under a policy that allows nothing but its own files."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.library_desk import MAX_UPLOAD_BYTES
from assistant.problems import TooManyRequests
from assistant.reindexing import Reindexing
from assistant.sign_in import COOKIE, LIFE_S, SignIn
from corpus.errors import TenkyoError
from corpus.loader import known_endings
from ui.routes import asset
from ui.words_en import EN, MAINTAIN_EN
from ui.words_ja import JA, MAINTAIN_JA

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {"Content-Security-Policy": _POLICY, "X-Frame-Options": "DENY", "Cache-Control": "no-store"}
_TEMPLATES = Environment(loader=PackageLoader("ui", "."), autoescape=True, undefined=StrictUndefined)
_LOG = logging.getLogger(__name__)


def maintain_routes(reindexing: Reindexing, sign_in: SignIn | None) -> APIRouter:
    """Who may enter is the guard's business; it knows these paths."""
    router = APIRouter(include_in_schema=False)

    @router.get("/maintain")
    def maintain(request: Request, lang: str = "ja") -> HTMLResponse:
        visitor = sign_in.visitor("GET", request.headers) if sign_in else None
        words = MAINTAIN_EN if lang == "en" else MAINTAIN_JA
        endings = known_endings().split("、")
        return _page(
            "maintain.html.j2",
            lang,
            name=visitor.name if visitor and visitor.by_cookie else "",
            said=asdict(words),
            megabytes=MAX_UPLOAD_BYTES // 1_000_000,
            endings=endings,
            accept=",".join(endings),
            dark=(EN if lang == "en" else JA).dark,
        )

    @router.post("/maintain/reindex")
    def reindex() -> StreamingResponse:
        return StreamingResponse(_lines(reindexing.steps()), media_type="application/x-ndjson")

    return router


def sign_in_routes(sign_in: SignIn) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/login")
    def form(request: Request, next: str = "/maintain", lang: str = "ja") -> Response:  # noqa: A002
        if sign_in.visitor("GET", request.headers):
            return RedirectResponse(_own_path(next), 303)
        return _page("login.html.j2", lang, next=_own_path(next), name="", problem="")

    @router.post("/login")
    async def enter(request: Request) -> Response:
        fields = {name: str(value) for name, value in (await request.form()).items()}
        name, lang, target = fields.get("name", ""), fields.get("lang", "ja"), _own_path(fields.get("next", ""))
        words = MAINTAIN_EN if lang == "en" else MAINTAIN_JA
        try:
            token = sign_in.open(name, fields.get("password", ""))
        except TooManyRequests as error:
            return _page("login.html.j2", lang, 429, next=target, name=name, problem=error.message)
        if token is None:
            return _page("login.html.j2", lang, 401, next=target, name=name, problem=words.wrong)
        sign_in.close(request.headers)
        response = RedirectResponse(target, 303)
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, token, max_age=LIFE_S, httponly=True, samesite="strict", secure=secure)
        return response

    @router.post("/logout")
    def leave(request: Request) -> Response:
        sign_in.close(request.headers)
        response = RedirectResponse("/", 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    return router


def _page(template: str, lang: str, status: int = 200, **values: Any) -> HTMLResponse:
    lang = "en" if lang == "en" else "ja"
    words = MAINTAIN_EN if lang == "en" else MAINTAIN_JA

    def look(name: str) -> str:
        return f"look/{name}?{asset(name)[1]}"

    home = "./en/" if lang == "en" else "./"
    html = _TEMPLATES.get_template(template).render(lang=lang, words=words, look=look, home=home, **values)
    return HTMLResponse(html, status, _HEADERS)


def _own_path(path: str) -> str:
    """A path of this server; anything that could lead elsewhere becomes the maintainers' page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/maintain"


def _lines(steps: Iterator[dict[str, Any]]) -> Iterator[str]:
    try:
        for step in steps:
            yield json.dumps(step, ensure_ascii=False) + "\n"
    except TenkyoError as error:
        yield json.dumps({"error": error.message}, ensure_ascii=False) + "\n"
    except Exception:
        _LOG.exception("indexing anew failed")
        yield json.dumps({"error": JA.unexpected}, ensure_ascii=False) + "\n"
