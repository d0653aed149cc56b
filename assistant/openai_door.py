"""The door for OpenAI's clients: POST /v1/chat/completions, streamed or not, and GET /v1/models."""

from __future__ import annotations

import itertools
import json
import logging
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.answer import Answer, Citation, Delta, Event, Finished, Turn
from assistant.ask_door import STREAM_HEADERS
from assistant.chat_schemas import (
    MODEL,
    Annotation,
    ChatIn,
    ChatOut,
    Choice,
    Details,
    ModelOut,
    ModelsOut,
    ReplyMessage,
    UrlCitation,
    Usage,
)
from assistant.limits import require_question
from assistant.openapi import event_stream
from assistant.openapi import model as describing
from assistant.problem_json import UNEXPECTED, openai_error
from assistant.problems import UnknownModel, problem_of
from assistant.schemas import answer_json, citation_json
from assistant.service import Service
from assistant.shorten import Shortener, count_tokens
from assistant.source_list import source_lines
from corpus.errors import TenkyoError

_LOG = logging.getLogger(__name__)
_MARKER = re.compile(r"\[(\d+)\]")
_MODEL = ModelOut(id=MODEL, created=0, owned_by=MODEL)
_CHUNKS = event_stream("`chat.completion.chunk`（JSON）、最後に `[DONE]`")


def openai_door(service: Service) -> APIRouter:
    router = APIRouter(tags=["OpenAI 互換"])

    @router.post(
        "/v1/chat/completions",
        summary="会話の最後の質問に答える（`stream: true` で逐次）",
        response_model=None,
        responses={200: {**describing(ChatOut), "content": _CHUNKS}},
    )
    def complete(body: ChatIn, request: Request) -> Response:
        asked, history = body.conversation()
        question = require_question(asked)
        reply = _Reply(body, question, history, str(request.base_url).rstrip("/"))
        if not body.stream:
            return JSONResponse(reply.whole(service.ask(question, history, body.document_ids)))
        events = service.stream(question, history, body.document_ids)
        first = next(events)  # what is wrong before the first event still has a status line to go into
        frames = reply.frames(itertools.chain([first], events))
        return StreamingResponse(frames, media_type="text/event-stream", headers=STREAM_HEADERS)

    @router.get("/v1/models", summary="モデルの一覧")
    def models() -> ModelsOut:
        return ModelsOut(data=[_MODEL])

    @router.get("/v1/models/{model_id:path}", summary="モデル一つ")
    def model(model_id: str) -> ModelOut:
        if model_id != MODEL:
            raise UnknownModel(f"「{model_id}」というモデルはありません。{MODEL} を使ってください。")
        return _MODEL

    return router


class _Reply:
    """One answer in the shapes of the protocol."""

    def __init__(self, asked: ChatIn, question: str, history: Sequence[Turn], base_url: str) -> None:
        self._base_url = base_url
        self._prompt = count_tokens(question) + sum(count_tokens(t.question) + count_tokens(t.answer) for t in history)
        self._with_usage = bool(asked.stream_options and asked.stream_options.include_usage)
        self._text = Shortener(asked.limit(), asked.stops())
        self._id, self._created = f"chatcmpl-{uuid.uuid4().hex}", int(time.time())
        self._answered = 0  # length of the text without its sources

    def whole(self, answer: Answer) -> dict[str, Any]:
        self._text.feed(answer.answer)
        self._close(answer)
        choice = Choice(
            message=ReplyMessage(content=self._text.text, annotations=self._annotations(answer)),
            finish_reason=self._text.ended or "stop",
        )
        out = ChatOut(
            id=self._id,
            created=self._created,
            model=MODEL,
            choices=[choice],
            usage=self._usage(),
            system_fingerprint=answer.index,
            tenkyo=_details(answer),
        )
        return out.model_dump()

    def frames(self, events: Iterator[Event]) -> Iterator[str]:
        """Server-sent events: the role, the text, the sources, then the annotations and why it ended."""
        try:
            yield self._chunk({"role": "assistant", "content": "", "refusal": None})
            for event in events:
                match event:
                    case Delta(text):
                        yield from self._contents(self._text.feed(text))
                    case Finished(answer):
                        yield from self._contents(self._close(answer))
                        delta = {"annotations": [a.model_dump() for a in self._annotations(answer)]}
                        others = {"system_fingerprint": answer.index, "tenkyo": _details(answer).model_dump()}
                        yield self._chunk(delta, self._text.ended or "stop", others)
            if self._with_usage:
                yield self._frame({"choices": [], "usage": self._usage().model_dump()})
        except TenkyoError as error:
            found = problem_of(error)
            yield _data(openai_error(found.status, found.title, error.message))
        except Exception:  # the status line is gone
            _LOG.exception("unexpected error in a stream")
            yield _data(openai_error(500, *UNEXPECTED))
        yield "data: [DONE]\n\n"

    def _close(self, answer: Answer) -> str:
        """The end of the text: what was held back, and the list of sources."""
        end = self._text.rest()
        self._answered = len(self._text.text)
        for line in source_lines(answer):
            end += self._text.feed(line, whole=True)
        return end + self._text.rest()

    def _annotations(self, answer: Answer) -> list[Annotation]:
        """One for each marker of the shown answer; the first sentence's when it was cut off before its markers."""
        cited = {c.marker: c for c in answer.citations}
        shown = [(int(m[1]), m.start(), m.end()) for m in _MARKER.finditer(self._text.text[: self._answered])]
        if not shown and self._text.ended and self._answered:
            first = re.search(r"(?:\[\d+\])+", answer.answer)
            markers = _MARKER.findall(first[0]) if first else []
            shown = [(int(marker), self._answered, self._answered) for marker in markers]
        return [self._annotation(cited[marker], start, end) for marker, start, end in shown if marker in cited]

    def _annotation(self, citation: Citation, start: int, end: int) -> Annotation:
        fields = citation_json(citation) | {"url": self._base_url + citation.url}
        return Annotation(url_citation=UrlCitation(start_index=start, end_index=end, **fields))

    def _usage(self) -> Usage:
        spoken = count_tokens(self._text.text)
        return Usage(prompt_tokens=self._prompt, completion_tokens=spoken, total_tokens=self._prompt + spoken)

    def _contents(self, text: str) -> Iterator[str]:
        if text:
            yield self._chunk({"content": text})

    def _chunk(self, delta: dict[str, Any], reason: str | None = None, others: dict[str, Any] | None = None) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return self._frame({"choices": [choice], **({"usage": None} if self._with_usage else {}), **(others or {})})

    def _frame(self, data: dict[str, Any]) -> str:
        head = {"id": self._id, "object": "chat.completion.chunk", "created": self._created, "model": MODEL}
        return _data(head | data)


def _details(answer: Answer) -> Details:
    return Details.model_validate(answer_json(answer))


def _data(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
