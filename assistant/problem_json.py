"""Errors over HTTP: RFC 9457 problem details in Japanese, never a stack trace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.caller import caller
from assistant.limits import MAX_K
from assistant.problems import TooManyRequests, problem_of
from assistant.security_headers import SECURITY_HEADERS
from corpus.errors import TenkyoError

PROBLEM = "application/problem+json"
OPENAI_PATHS = ("/v1/chat/", "/v1/models")
_OPENAI_KINDS = {
    401: ("authentication_error", "invalid_api_key"),
    403: ("permission_error", None),
    404: ("invalid_request_error", "not_found"),
    429: ("rate_limit_error", "rate_limit_exceeded"),
}
UNEXPECTED = ("内部エラー", "予期しない問題が起きました。もう一度試し、続くときは管理者に知らせてください。")


def problem(
    status: int, title: str, detail: str, path: str = "", headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """RFC 9457 problem details. On the doors that speak OpenAI's protocol it also carries the member `error` of that protocol."""
    if status == 401:
        headers = {"WWW-Authenticate": 'Basic realm="tenkyo", charset="UTF-8"', **(headers or {})}
    # It may quote what was sent, halves of surrogate pairs and all.
    printable = detail.encode("utf-8", "replace").decode()
    body: dict[str, Any] = {"title": title, "detail": printable, "status": status}
    if path.startswith(OPENAI_PATHS):
        body = openai_error(status, title, printable)
    return JSONResponse(body, status, media_type=PROBLEM, headers=dict(headers or {}))


def openai_error(status: int, title: str, detail: str) -> dict[str, Any]:
    """The members of a problem, and `error` as OpenAI's clients look for it."""
    kind, code = _OPENAI_KINDS.get(status, ("server_error" if status >= 500 else "invalid_request_error", None))
    error = {"message": detail, "type": kind, "param": None, "code": code}
    return {"title": title, "detail": detail, "status": status, "error": error}


def problem_for(error: TenkyoError, path: str = "") -> JSONResponse:
    """A known error, with the status and title of the table."""
    found = problem_of(error)
    headers = {"Retry-After": str(error.retry_after_s)} if isinstance(error, TooManyRequests) else None
    return problem(found.status, found.title, error.message, path, headers)


def answer_errors(app: FastAPI) -> None:
    """Every error of a route becomes a problem."""

    @app.exception_handler(TenkyoError)
    def _known(request: Request, error: TenkyoError) -> JSONResponse:
        return problem_for(error, request.url.path)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem(422, "リクエストの誤り", _what_is_invalid(error), request.url.path)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> JSONResponse:
        details = {
            404: "このURLはありません。/docs で確かめてください。",
            405: "このURLではそのメソッドを使えません。/docs で確かめてください。",
        }
        title = {404: "見つかりません", 405: "使えないメソッド"}.get(error.status_code, "リクエストの誤り")
        detail = details.get(error.status_code, "リクエストを確かめてください。")
        return problem(error.status_code, title, detail, request.url.path, error.headers)

    @app.exception_handler(Exception)
    def _unknown(request: Request, _: Exception) -> JSONResponse:
        headers = {**SECURITY_HEADERS, "X-Request-Id": caller().request_id}  # it passes by all other middleware
        return problem(500, *UNEXPECTED, request.url.path, headers)


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
