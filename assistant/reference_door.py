"""The door of readers: GET /docs, every route and type of the OpenAPI as one page that loads nothing from anywhere."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
_CODE = re.compile(r"`([^`]+)`")
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a property of a type."""

    name: str
    type: Markup
    required: bool
    description: Markup


@dataclass(frozen=True, slots=True)
class Operation:
    """A route with its method."""

    method: str
    path: str
    tag: str
    summary: str
    parameters: tuple[Field, ...]
    body: Markup
    example: str
    responses: tuple[tuple[str, Markup, Markup], ...]


def reference_door(app: FastAPI) -> APIRouter:
    router = APIRouter()

    @router.get("/docs", include_in_schema=False)
    def reference() -> HTMLResponse:
        return HTMLResponse(page(app.openapi()), headers={"Content-Security-Policy": _POLICY})

    return router


def page(schema: dict[str, Any]) -> str:
    """The reference as HTML."""
    folder = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    types = schema["components"]["schemas"]
    return environment.get_template("reference.html.j2").render(
        title=schema["info"]["title"],
        paragraphs=[_marked(line) for line in schema["info"]["description"].splitlines() if line],
        operations=[
            _operation(method, path, operation, types)
            for path, operations in schema["paths"].items()
            for method, operation in operations.items()
        ],
        tags=[tag["name"] for tag in schema["tags"]],
        types={name: _fields(types[name]) for name in sorted(types)},
    )


def _operation(method: str, path: str, operation: dict[str, Any], types: dict[str, Any]) -> Operation:
    content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    kind = next(iter(content), "")
    return Operation(
        method.upper(),
        path,
        next(iter(operation.get("tags", [])), ""),
        operation.get("summary", ""),
        tuple(
            Field(p["name"], _type(p["schema"]), p.get("required", False), _marked(p.get("description", "")))
            for p in operation.get("parameters", [])
        ),
        Markup("{} {}").format(kind, _type(content[kind]["schema"])) if kind else Markup(""),
        _example(method, path, kind, _first_example(types, content[kind]["schema"]) if kind else None),
        tuple(
            (status, _marked(response["description"]), _contents(response.get("content", {})))
            for status, response in operation["responses"].items()
        ),
    )


def _example(method: str, path: str, kind: str, body: Any) -> str:
    """A call with curl."""
    words = ["curl -s"] + ([f"-X {method.upper()}"] if method not in ("get", "post") else [])
    words.append(f"http://127.0.0.1:8000{path}")
    if kind == _JSON:
        words.append(f"-H 'Content-Type: {_JSON}' \\\n  -d '{json.dumps(body, ensure_ascii=False)}'")
    elif kind:
        words.append("-F file=@plan.pdf")
    return " ".join(words)


def _first_example(types: dict[str, Any], schema: dict[str, Any]) -> Any:
    named = types.get(schema.get("$ref", "").rpartition("/")[2], schema)
    return next(iter(named.get("examples", [])), {})


def _contents(content: dict[str, Any]) -> Markup:
    shown = [Markup("{} {}").format(kind, _type(one.get("schema", {}))) for kind, one in content.items()]
    return Markup("、").join(shown)


def _fields(schema: dict[str, Any]) -> tuple[tuple[Field, ...], str]:
    """The properties of a type, and an example of it as JSON, "" without one."""
    required = schema.get("required", [])
    fields = tuple(
        Field(name, _type(one), name in required, _marked(one.get("description", "")))
        for name, one in schema.get("properties", {}).items()
    )
    examples = schema.get("examples", [])
    return fields, json.dumps(examples[0], ensure_ascii=False, indent=1) if examples else ""


def _type(schema: dict[str, Any]) -> Markup:
    """A short name of the type; those of the API link to their table."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Markup('<a href="#{0}">{0}</a>').format(name)
    if "anyOf" in schema:
        return Markup(" | ").join(_type(one) for one in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        return Markup(" | ").join(
            Markup("<code>{}</code>").format(json.dumps(v)) for v in schema.get("enum", [schema.get("const")])
        )
    if schema.get("type") == "array":
        return Markup("[{}]").format(_type(schema.get("items", {})))
    limits = [
        f"{schema[k]}{word}"
        for k, word in (("minimum", "以上"), ("maximum", "以下"), ("maxLength", "字まで"))
        if k in schema
    ]
    return escape(schema.get("type", "何でも") + (f"（{'、'.join(limits)}）" if limits else ""))


def _marked(text: str) -> Markup:
    """Escaped, with the words between back quotes as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))
