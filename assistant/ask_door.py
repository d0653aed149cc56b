"""The door of questions: POST /v1/ask, plain and as server-sent events, and POST /v1/search."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.answer import Delta, Event, EvidenceFound, Finished
from assistant.limits import require_question
from assistant.openapi import event_stream, model
from assistant.problem_json import UNEXPECTED
from assistant.problems import problem_of
from assistant.replies import AnswerOut, PassagesOut
from assistant.schemas import AskIn, SearchIn, answer_json, evidence_json, passage_json
from assistant.service import Service
from corpus.errors import TenkyoError

STREAM_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}  # no proxy may hold events back
_EVENTS = event_stream("JSON。`answer` は全体、`error` は途中の誤り", "evidence", "delta", "answer", "error")
_EXPLAIN = "どう答えたか（検索の語と順位、読んだ文の得点、照合、判断）を `explain` に添える。逐次では使えない"
_LOG = logging.getLogger(__name__)


def ask_door(service: Service) -> APIRouter:
    router = APIRouter(tags=["質問"])

    @router.post(
        "/v1/ask",
        summary="質問に答える（Accept: text/event-stream で逐次）",
        response_model=None,
        responses={200: {**model(AnswerOut), "content": _EVENTS}},
    )
    def ask(body: AskIn, request: Request, explain: Annotated[bool, Query(description=_EXPLAIN)] = False) -> Response:
        question = require_question(body.question)
        history = [turn.turn() for turn in body.history]
        if "text/event-stream" in request.headers.get("accept", ""):
            events = service.stream(question, history, body.document_ids)
            return StreamingResponse(_sse(events), media_type="text/event-stream", headers=STREAM_HEADERS)
        if explain:
            explained = service.explain(question, history, body.document_ids)
            return JSONResponse(answer_json(explained.answer) | {"explain": asdict(explained.trace)})
        return JSONResponse(answer_json(service.ask(question, history, body.document_ids)))

    @router.post("/v1/search", summary="関係する箇所を探す", response_model=None, responses={200: model(PassagesOut)})
    def search(body: SearchIn) -> dict[str, Any]:
        query = require_question(body.query)
        return {"passages": [passage_json(p) for p in service.search(query, body.k, body.document_ids)]}

    return router


def _sse(events: Iterator[Event]) -> Iterator[str]:
    try:
        for event in events:
            match event:
                case EvidenceFound(evidence):
                    yield _frame("evidence", {"passages": [evidence_json(e) for e in evidence]})
                case Delta(text):
                    yield _frame("delta", {"text": text})
                case Finished(answer):
                    yield _frame("answer", answer_json(answer))
    except TenkyoError as error:
        found = problem_of(error)
        yield _frame("error", {"title": found.title, "detail": error.message, "status": found.status})
    except Exception:  # the status line is gone, so the error has to travel as the last event
        _LOG.exception("unexpected error in a stream")
        title, detail = UNEXPECTED
        yield _frame("error", {"title": title, "detail": detail, "status": 500})


def _frame(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
