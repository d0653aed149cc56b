"""The Gradio page: layout and wiring. Handlers call the service and render; nothing is decided here."""

from __future__ import annotations

import asyncio
import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse

from assistant.answer import Answer
from assistant.page_needs import PageNeeds
from ui.about import Facts
from ui.conversation import Answered, Failed, Waiting, converse, show
from ui.maintain import maintain_routes, sign_in_routes
from ui.opening import open_page, welcome
from ui.recall import Recall
from ui.render import render_answers, render_header
from ui.routes import page_routes
from ui.shell import Shell
from ui.site import Site, originals
from ui.source_page import render_no_page
from ui.words import Words
from ui.words_en import EN
from ui.words_ja import JA

LANGUAGES = (("/en", EN), ("/", JA))
_FONTS = ["system-ui", "Noto Sans CJK JP", "Noto Sans JP", "sans-serif"]
# Gradio takes for an event only what it finds quoted in this text.
_ATTACH = "window.tenkyo.attach(element, trigger, watch); // triggers 'opened', 'show', 'example', 'choose'"
_PRIVATE = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
_DIRECT = {**_PRIVATE, "queue": False}


def mount_page(app: FastAPI, needs: PageNeeds) -> FastAPI:
    """Mounts the page at `/` (English at `/en/`). Call it last: the mount at `/` answers every path that has no route yet.

    Not to be called from a running event loop: gradio leaves an open loop behind when it finds none, so it gets one here.
    """
    site = Site(
        needs.service,
        Recall(needs.recorded),
        originals(needs.images, needs.service) if needs.images else None,
        Facts(needs.embedding, needs.recorded is not None),
        needs.reindexing is not None,
    )

    async def mount() -> None:
        for path, words in LANGUAGES:
            _mount_at(path, app, build_page(site, words))

    app.add_route("/en", _to_english, include_in_schema=False)
    app.include_router(page_routes(site))
    if needs.reindexing:
        app.include_router(maintain_routes(needs.reindexing, needs.sign_in))
    if needs.sign_in:
        app.include_router(sign_in_routes(needs.sign_in))
    app.add_middleware(Shell, languages=LANGUAGES)
    asyncio.run(mount())
    return app


def _mount_at(path: str, app: FastAPI, page: Any) -> None:
    gr.mount_gradio_app(
        app,
        page,
        path=path,
        theme=gr.themes.Base(font=_FONTS, font_mono=["monospace"]),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )


def _to_english(request: Request) -> RedirectResponse:
    return RedirectResponse(f"{request.url.path}/")


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that events read and write. `answers` and `scope_ids` are kept for each browser tab by the server."""

    header: Any
    past: Any
    current: Any
    box: Any
    send: Any
    new: Any
    source: Any
    scope: Any
    answers: Any
    scope_ids: Any


def build_page(site: Site, words: Words) -> Any:
    """The page in one language, as `gr.Blocks`."""
    with gr.Blocks(title=words.title, analytics_enabled=False, fill_width=True) as page:
        parts = _layout(words)
        _wire_questions(parts, site, words)
        _wire_sources(parts, site, words)
        _wire_opening(parts, site, words)
    return page


def _layout(words: Words) -> _Parts:
    header = _html(render_header(0, "", words), "tk-header")
    with gr.Row(elem_id="tk-main"):
        with gr.Column(elem_id="tk-left"):
            with gr.Column(elem_id="tk-conversation"):
                past = _html("", "tk-past")
                current = _html("", "tk-current")
            with gr.Row(elem_id="tk-ask"):
                box = gr.Textbox(
                    label=words.question,
                    placeholder=words.placeholder,
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=6,
                    elem_id="tk-box",
                )
                send = gr.Button(words.send, variant="primary", elem_id="tk-send")
            with gr.Row(elem_id="tk-under"):
                scope = _html("", "tk-scope")
                save = f'<button type="button" class="tk-link" data-save="true">{words.save}</button>'
                _html(f'<p class="tk-quiet">{words.keys}</p>{save}', "tk-keys")
                new = gr.Button(words.new, elem_id="tk-new")
        with gr.Column(elem_id="tk-right"):
            source = _html(render_no_page(words), "tk-source")
    return _Parts(header, past, current, box, send, new, source, scope, gr.State(()), gr.State(None))


def _html(value: str, elem_id: str) -> Any:
    """The template stays Gradio's `${value}`: it inserts the value as it is, where `{{value}}` would run it as a template."""
    return gr.HTML(value, elem_id=elem_id, js_on_load=_ATTACH, apply_default_css=False)


def _wire_questions(parts: _Parts, site: Site, words: Words) -> None:
    inputs = [parts.answers, parts.scope_ids]
    outputs = [parts.past, parts.current, parts.source, parts.box, parts.answers]
    keep = gr.skip()

    def ask(question: str, answers: tuple[Answer, ...], ids: tuple[str, ...] | None) -> Iterator[tuple[Any, ...]]:
        question = question.strip()
        if not question:
            return
        past, box = render_answers(answers, words, site.documents() if answers else None), ""
        for step in converse(site, question, answers, ids, words):
            match step:
                case Waiting(html):
                    yield past, html, keep, box, keep
                case Answered(html, source, answer):
                    yield keep, html, source, keep, (*answers, answer)
                case Failed(html):
                    yield keep, html, keep, question, keep
            past = box = keep

    def ask_example(
        answers: tuple[Answer, ...], ids: tuple[str, ...] | None, event: gr.EventData
    ) -> Iterator[tuple[Any, ...]]:
        yield from ask(str(event.question), answers, ids)

    def restart() -> tuple[Any, ...]:
        return "", welcome(site, words), render_no_page(words), "", ()

    sends = [parts.box.submit, parts.send.click]
    gr.on(sends, ask, [parts.box, *inputs], outputs, trigger_mode="once", **_PRIVATE)
    parts.current.example(ask_example, inputs, outputs, trigger_mode="once", **_PRIVATE)
    parts.new.click(restart, None, outputs, **_DIRECT)


def _wire_sources(parts: _Parts, site: Site, words: Words) -> None:
    def open_source(event: gr.EventData) -> str:
        return show(site, str(event.document), str(event.page), int(event.start), int(event.end), words)

    def choose(event: gr.EventData) -> tuple[str, ...] | None:
        return tuple(str(one) for one in event.documents) if event.documents is not None else None

    for part in (parts.past, parts.current, parts.source):
        part.show(open_source, None, parts.source, trigger_mode="multiple", **_DIRECT)
    parts.scope.choose(choose, None, parts.scope_ids, **_DIRECT)


def _wire_opening(parts: _Parts, site: Site, words: Words) -> None:
    def opened(event: gr.EventData) -> tuple[Any, ...]:
        ids = [str(one) for one in event.answers]
        now = open_page(site, ids, dict(parse_qsl(str(event.search).removeprefix("?"))), words)
        return now.header, now.past, now.current, now.source, now.scope, now.answers

    outputs = [parts.header, parts.past, parts.current, parts.source, parts.scope, parts.answers]
    parts.header.opened(opened, None, outputs, **_DIRECT)
