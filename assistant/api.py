"""The HTTP doors; each only translates, `Service` answers."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.exceptions import HTTPException
from starlette.middleware.base import RequestResponseEndpoint

from assistant.access import Gate
from assistant.answer import Delta, Event, EvidenceFound, Finished
from assistant.library_desk import LibraryDesk
from assistant.limits import MAX_K, require_question
from assistant.problems import problem_of
from assistant.schemas import (
    AskIn,
    SearchIn,
    answer_json,
    document_json,
    evidence_json,
    page_json,
    passage_json,
)
from assistant.service import Service
from assistant.settings import ApiKey
from corpus.errors import TenkyoError

_PROBLEM = "application/problem+json"
_LOG = logging.getLogger(__name__)
_UNEXPECTED = ("内部エラー", "予期しない問題が起きました。もう一度試し、続くときは管理者に知らせてください。")


def problem(status: int, title: str, detail: str) -> JSONResponse:
    """RFC 9457 problem details."""
    headers = {"WWW-Authenticate": 'Basic realm="tenkyo", charset="UTF-8"'} if status == 401 else None
    printable = detail.encode(
        "utf-8", "replace"
    ).decode()  # it may quote what was sent, halves of surrogate pairs and all
    return JSONResponse(
        {"title": title, "detail": printable, "status": status}, status, media_type=_PROBLEM, headers=headers
    )


def create_app(service: Service, desk: LibraryDesk, keys: Sequence[ApiKey] = ()) -> FastAPI:
    """The API on a service; the page is mounted by the caller, after all routes."""
    app = FastAPI(title="tenkyo 典拠", version="1", description="政策文書に、典拠のページを添えて答える。")
    gate = Gate(keys)
    _errors(app)

    @app.middleware("http")
    async def _guard(request: Request, call_next: RequestResponseEndpoint) -> Response:
        try:
            gate.check(request.method, request.url.path, request.headers)
        except TenkyoError as error:
            found = problem_of(error)
            return problem(found.status, found.title, error.message)
        return await call_next(request)

    _ask_routes(app, service)
    _document_routes(app, service, desk)

    @app.get("/healthz", tags=["運用"], summary="生きているか")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", tags=["運用"], summary="索引を読み込んでいるか")
    def readyz() -> dict[str, Any]:
        return {"status": "ready", "index": service.index_name, "documents": len(service.documents())}

    return app


def _ask_routes(app: FastAPI, service: Service) -> None:
    @app.post("/v1/ask", tags=["質問"], summary="質問に答える（Accept: text/event-stream で逐次）")
    def ask(body: AskIn, request: Request) -> Response:
        question = require_question(body.question)
        history = [turn.turn() for turn in body.history]
        if "text/event-stream" in request.headers.get("accept", ""):
            events = service.stream(question, history, body.document_ids)
            return StreamingResponse(
                _sse(events),
                media_type="text/event-stream",
                headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
            )
        return JSONResponse(answer_json(service.ask(question, history, body.document_ids)))

    @app.post("/v1/search", tags=["質問"], summary="関係する箇所を探す")
    def search(body: SearchIn) -> dict[str, Any]:
        query = require_question(body.query)
        return {"passages": [passage_json(p) for p in service.search(query, body.k, body.document_ids)]}


def _document_routes(app: FastAPI, service: Service, desk: LibraryDesk) -> None:
    @app.get("/v1/documents", tags=["文書"], summary="文書の一覧")
    def documents() -> dict[str, Any]:
        return {"documents": [document_json(d) for d in service.documents()], "failures": desk.failures()}

    @app.post("/v1/documents", tags=["文書"], summary="文書を加える（maintainer）", status_code=201)
    def add(file: UploadFile) -> dict[str, Any]:
        return desk.add(file.filename or "", file.file)

    @app.delete("/v1/documents/{document_id}", tags=["文書"], summary="文書を外す（maintainer）")
    def remove(document_id: str) -> dict[str, Any]:
        return desk.remove(document_id)

    # A label is what is printed, and that may hold a slash.
    @app.get("/v1/documents/{document_id}/pages/{label:path}", tags=["文書"], summary="ページの本文")
    def page(document_id: str, label: str) -> dict[str, Any]:
        return page_json(service.page(document_id, label))


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
        title, detail = _UNEXPECTED
        yield _frame("error", {"title": title, "detail": detail, "status": 500})


def _frame(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _errors(app: FastAPI) -> None:
    @app.exception_handler(TenkyoError)
    def _known(_: Request, error: TenkyoError) -> JSONResponse:
        found = problem_of(error)
        return problem(found.status, found.title, error.message)

    @app.exception_handler(RequestValidationError)
    def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return problem(422, "リクエストの誤り", _what_is_invalid(error))

    @app.exception_handler(HTTPException)
    def _http(_: Request, error: HTTPException) -> JSONResponse:
        details = {
            404: "このURLはありません。/docs で確かめてください。",
            405: "このURLではそのメソッドを使えません。/docs で確かめてください。",
        }
        title = {404: "見つかりません", 405: "使えないメソッド"}.get(error.status_code, "リクエストの誤り")
        return problem(error.status_code, title, details.get(error.status_code, "リクエストを確かめてください。"))

    @app.exception_handler(Exception)
    def _unknown(_: Request, __: Exception) -> JSONResponse:
        return problem(500, *_UNEXPECTED)


def _what_is_invalid(error: RequestValidationError) -> str:
    first: dict[str, Any] = next(iter(error.errors()), {})
    if first.get("type") == "json_invalid":
        return "本文をJSONとして読めません。書き方を確かめてください。"
    where = ".".join(str(p) for p in first.get("loc", ()) if p != "body") or "本文"
    if where == "k":
        return f"k は1から{MAX_K}までの整数にしてください。"
    if first.get("type") == "missing":
        return f"{where} がありません。項目の名前と型を /docs で確かめてください。"
    return f"{where} が正しくありません。項目の名前と型を /docs で確かめてください。"
