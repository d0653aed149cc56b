"""The Gradio page: layout and wiring. Handlers call the service and render; nothing is decided here."""

from __future__ import annotations

import asyncio
import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse

from assistant.answer import Answer
from assistant.service import Service
from corpus.errors import TenkyoError
from ui.conversation import Answered, Failed, Waiting, converse, show
from ui.render import render_answers, render_header, render_notice, render_welcome
from ui.sources import render_documents, render_no_page
from ui.strings import EN, JA, Words

EXAMPLES = 6
_FONTS = ["system-ui", "Noto Sans CJK JP", "Noto Sans JP", "sans-serif"]
_SCRIPT = files("ui").joinpath("page.js").read_text("utf-8")
_STYLE = files("ui").joinpath("page.css").read_text("utf-8")
_PRIVATE = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
_DIRECT = {**_PRIVATE, "queue": False}


def mount_page(app: FastAPI, service: Service) -> FastAPI:
    """Mounts the page at `/` (English at `/en/`). Call it last: the mount at `/` answers every path that has no route yet.

    Not to be called from a running event loop: gradio leaves an open loop behind when it finds none, so it gets one here.
    """

    async def mount() -> None:
        for path, words in (("/en", EN), ("/", JA)):
            _mount_at(path, app, build_page(service, words), words)

    app.add_route("/en", _to_english, include_in_schema=False)
    asyncio.run(mount())
    return app


def _mount_at(path: str, app: FastAPI, page: Any, words: Words) -> None:
    gr.mount_gradio_app(
        app,
        page,
        path=path,
        theme=gr.themes.Base(font=_FONTS, font_mono=["monospace"]),
        head=f"<style>{_STYLE}</style>",
        js=f"() => {{ document.documentElement.lang = '{words.lang}'; }}",
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
    """The components that events read and write."""

    header: Any
    past: Any
    current: Any
    box: Any
    send: Any
    new: Any
    source: Any
    documents: Any
    answers: Any


def build_page(service: Service, words: Words) -> Any:
    """The page in one language, as `gr.Blocks`."""
    with gr.Blocks(title=words.title, analytics_enabled=False, fill_width=True) as page:
        parts = _layout(words)
        _wire_questions(parts, service, words)
        _wire_sources(parts, service, words)
        page.load(lambda: _opening(service, words), None, [parts.header, parts.current, parts.documents], **_DIRECT)
    return page


def _layout(words: Words) -> _Parts:
    header = _html(render_header(0, "", words), "tk-header")
    with gr.Row(elem_id="tk-main"):
        with gr.Column(elem_id="tk-left"):
            with gr.Column(elem_id="tk-conversation"):
                past = _html("", "tk-past")
                current = _html(render_welcome((), words), "tk-current")
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
                _html(f'<p class="tk-quiet">{words.keys}</p>', "tk-keys")
                new = gr.Button(words.new, elem_id="tk-new")
        with gr.Column(elem_id="tk-right"):
            source = _html(render_no_page(words), "tk-source")
    documents = _html("", "tk-documents")
    return _Parts(header, past, current, box, send, new, source, documents, gr.State(()))


def _html(value: str, elem_id: str) -> Any:
    """The template stays Gradio's `${value}`: it inserts the value as it is, where `{{value}}` would run it as a template."""
    return gr.HTML(value, elem_id=elem_id, js_on_load=_SCRIPT, apply_default_css=False)


def _wire_questions(parts: _Parts, service: Service, words: Words) -> None:
    outputs = [parts.past, parts.current, parts.source, parts.box, parts.answers]
    keep = gr.skip()

    def ask(question: str, answers: tuple[Answer, ...]) -> Iterator[tuple[Any, ...]]:
        question = question.strip()
        if not question:
            return
        past, box = render_answers(answers, words), ""
        for step in converse(service, question, answers, words):
            match step:
                case Waiting(html):
                    yield past, html, keep, box, keep
                case Answered(html, source, answer):
                    yield keep, html, source, keep, (*answers, answer)
                case Failed(html):
                    yield keep, html, keep, question, keep
            past = box = keep

    def ask_example(answers: tuple[Answer, ...], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        yield from ask(str(event.question), answers)

    def restart() -> tuple[Any, ...]:
        return "", _welcome(service, words), render_no_page(words), "", ()

    gr.on(
        [parts.box.submit, parts.send.click],
        ask,
        [parts.box, parts.answers],
        outputs,
        trigger_mode="once",
        **_PRIVATE,
    )
    parts.current.example(ask_example, [parts.answers], outputs, trigger_mode="once", **_PRIVATE)
    parts.new.click(restart, None, outputs, **_DIRECT)


def _wire_sources(parts: _Parts, service: Service, words: Words) -> None:
    def open_page(event: gr.EventData) -> str:
        return show(service, str(event.document), str(event.page), int(event.start), int(event.end), words)

    for part in (parts.past, parts.current, parts.source):
        part.show(open_page, None, parts.source, trigger_mode="multiple", **_DIRECT)


def _opening(service: Service, words: Words) -> tuple[str, str, str]:
    """What depends on the index, as it is when the page is opened."""
    try:
        documents = service.documents()
        header = render_header(len(documents), service.reader_name, words)
        return header, _welcome(service, words), render_documents(documents, words)
    except TenkyoError as error:
        return render_header(0, "", words), render_notice(error.message, words), ""


def _welcome(service: Service, words: Words) -> str:
    try:
        return render_welcome(service.examples(EXAMPLES), words)
    except TenkyoError as error:
        return render_notice(error.message, words)
