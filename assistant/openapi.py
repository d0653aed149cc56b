"""The OpenAPI of all doors: who may call, and the problems that every door may answer with."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from assistant.problem_json import OPENAI_PATHS, PROBLEM
from assistant.replies import OpenAIErrorOut, OpenAIProblemOut, ProblemOut

_DESCRIPTION = """政策文書への質問に、典拠のページを添えて答えます。

- 引用（`quote`）は、ページの文字列の `start` から `end` まで（コードポイント）そのままです。
- 答えが文書にないときは `abstained: true` で、値を述べません。
- 誤りは `application/problem+json` で、`detail` に直し方があります。
- キーを設定したサーバーでは `Authorization: Bearer キー` か `x-api-key: キー` を付けます。
- MCP（streamable HTTP）は `/mcp` です。道具は `ask`、`search`、`read_page`。
"""
_PROBLEMS = {
    "401": "キーがないか、正しくない",
    "403": "キーの役割が足りないか、ほかのサイトのページから送られた",
    "404": "文書・ページなどがない",
    "413": "本文が大きすぎる",
    "422": "本文や値の誤り",
    "429": "リクエストが多すぎる。`Retry-After` 秒後にもう一度",
    "503": "索引がないか、使えない",
}
_WITHOUT_BODY = ("413", "422")
_SECURITY = {
    "Bearer": {"type": "http", "scheme": "bearer", "description": "TENKYO_API_KEYS のキー"},
    "x-api-key": {"type": "apiKey", "in": "header", "name": "x-api-key", "description": "同じキー"},
}
_TAGS = [
    {"name": "質問", "description": "答えと検索"},
    {"name": "文書", "description": "文書とページ"},
    {"name": "OpenAI 互換", "description": "OpenAI のクライアントから"},
    {"name": "源内", "description": "源内から"},
    {"name": "運用", "description": "動かす人のために"},
]


def model(kind: type[BaseModel]) -> dict[str, Any]:
    """How a route names the type of its answer without having FastAPI check what it already knows."""
    return {"model": kind, "description": "成功"}


def event_stream(description: str, *names: str) -> dict[str, Any]:
    """The content of an answer in server-sent events: what each event holds, its name one of `names` (none: it has no name)."""
    fields: dict[str, Any] = {"data": {"type": "string", "description": description}}
    if names:
        fields["event"] = {"type": "string", "enum": list(names)}
    return {"text/event-stream": {"schema": {"type": "object", "properties": fields, "required": sorted(fields)}}}


def describe(app: FastAPI) -> None:
    """Replaces the app's OpenAPI with one that also names problems and keys; it is made when it is first asked for."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _schema(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _schema(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, description=_DESCRIPTION, routes=app.routes, tags=_TAGS)
    parts = schema.setdefault("components", {})
    types = parts.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        types.pop(unused, None)
    for kind in (ProblemOut, OpenAIProblemOut, OpenAIErrorOut):
        found = kind.model_json_schema(ref_template="#/components/schemas/{model}")
        found.pop("$defs", None)
        types[kind.__name__] = found
    parts["securitySchemes"] = _SECURITY
    schema["security"] = [{}, *({name: []} for name in _SECURITY)]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _add_problems(path, method, operation)
    return schema


def _add_problems(path: str, method: str, operation: dict[str, Any]) -> None:
    kind = OpenAIProblemOut if path.startswith(OPENAI_PATHS) else ProblemOut
    content = {PROBLEM: {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}}
    responses = operation["responses"]
    takes_values = method == "post" or bool(operation.get("parameters"))
    for status, description in _PROBLEMS.items():
        if status in _WITHOUT_BODY and not takes_values:
            continue
        responses[status] = {"description": description, "content": content}
    responses.setdefault("default", {"description": "そのほかの誤り", "content": content})
    operation["responses"] = dict(sorted(responses.items()))
