"""What the OpenAPI promises: every route is called with what it allows and with what it does not."""

import json
import random
import re
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from assistant.api import create_app
from assistant.compose import LiveService
from assistant.library_desk import LibraryDesk
from corpus.errors import DocumentError
from index.errors import UnknownDocument

from .invented import MEMBERS, Place

REQUESTS = 2_000


class ClosedDesk(LibraryDesk):
    """Changes nothing, so that a test may ask for anything."""

    def add(self, filename: str, *_: Any) -> Any:
        raise DocumentError(f"「{filename}」は読めません。")

    def remove(self, document_id: str) -> Any:
        raise UnknownDocument(f"文書「{document_id}」は登録されていません。")


@pytest.fixture(scope="module")
def closed(service: LiveService, indexed: Place) -> TestClient:
    return TestClient(create_app(service, ClosedDesk(indexed.home)), raise_server_exceptions=False)


CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda m: m.value)
def test_every_answer_is_as_the_openapi_says(closed: TestClient, mode: GenerationMode) -> None:
    called = 0
    for found in schemathesis.openapi.from_asgi("/openapi.json", closed.app).get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=10, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case: Any) -> None:
            nonlocal called
            response = case.call()
            assert response.status_code < 500, response.text
            case.validate_response(response, checks=CHECKS)
            called += 1

        with suppress(Unsatisfiable):  # a route without values has none that are wrong
            check()
    assert called > 50


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        ("/v1/ask", {"question": MEMBERS}, {"Accept": "text/event-stream"}),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": MEMBERS}], "stream": True}, {}),
    ],
)
def test_event_streams_are_as_the_openapi_says(
    closed: TestClient, path: str, body: dict[str, Any], headers: dict[str, str]
) -> None:
    operation = schemathesis.openapi.from_asgi("/openapi.json", closed.app)[path]["POST"]
    case = operation.Case(body=body, media_type="application/json")
    response = case.call(headers=headers)
    assert response.headers["content-type"][0].startswith("text/event-stream")
    case.validate_response(response, checks=CHECKS)


def test_every_route_tells_its_answers_and_problems_in_japanese(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/v1/ask", "/v1/chat/completions", "/gennai", "/v1/models"} <= set(paths)
    for path, operations in paths.items():
        for method, operation in operations.items():
            told = json.dumps(operation["responses"])
            assert re.search("[ぁ-んァ-ヶ一-龠]", operation["summary"]), path
            assert "application/problem+json" in told, (method, path)
            assert "HTTPValidationError" not in told, (method, path)


def test_the_examples_of_the_openapi_are_answered(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    types = document["components"]["schemas"]
    called = 0
    for path, operations in document["paths"].items():
        content = operations.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json")
        for example in types[content["schema"]["$ref"].split("/")[-1]].get("examples", []) if content else []:
            response = client.post(path, json=example)
            expected = 404 if path == "/v1/feedback" else 200  # nobody got that answer yet
            assert response.status_code == expected, (path, response.text)
            called += 1
    assert called >= 4


class _Loads(HTMLParser):
    """What a page would load, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.loaded += [v for name in ("src", "srcset", "data") if (v := values.get(name))]
        self.loaded += [v for v in [values.get("href")] if v and tag == "link"]
        self.links += [v for v in [values.get("href")] if v and tag == "a"]
        self.ids |= {v for v in [values.get("id")] if v}


def test_the_reference_shows_every_route_and_loads_nothing(client: TestClient) -> None:
    response = client.get("/docs")
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    page = _Loads()
    page.feed(response.text)
    assert page.loaded == []
    assert not re.search(r"@import|url\(", response.text)
    assert all(link == "openapi.json" or link[1:] in page.ids for link in page.links)
    for path in client.get("/openapi.json").json()["paths"]:
        assert f">{path}</code>" in response.text
    assert client.get("/redoc").status_code == 404


VALUES: list[Any] = [
    None, True, -1, 0, 3, 1e308, 10**30, "", " ", "x", MEMBERS, "あ" * 2001, "\ud800", "\x00", "'; DROP TABLE pages; --",
    "../../etc/passwd", "{{7*7}}", [], {}, [[]], [None], ["x"], {"question": 1}, {"role": "user"}, [{"role": "user", "content": 3}],
]  # fmt: skip
NAMES = [
    "question",
    "history",
    "document_ids",
    "query",
    "k",
    "messages",
    "n",
    "max_tokens",
    "stop",
    "stream",
    "inputs",
    "x",
]
PATHS = [
    "/v1/ask", "/v1/search", "/v1/chat/completions", "/gennai", "/v1/documents", "/v1/documents/minami-plan",
    "/v1/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd/pages/1", "/v1/documents/minami-plan/pages/..%2f..%2fledger.sqlite3",
    "/v1/documents/minami-plan/pages/%00", "/v1/documents/..%5c..%5cx/pages/%ff", "/v1/models/%f0%9f%92%a9", "/v1", "/nothing", "/v1/ask/",
]  # fmt: skip
TYPES = [
    "application/json",
    "application/json; charset=utf-16",
    "text/plain",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "",
]


def bad_request(chance: random.Random) -> dict[str, Any]:
    """A request that no door allows."""
    kind = chance.choice(["cut", "bytes", "wrong", "wrong", "wrong", "method", "path"])
    path, headers = chance.choice(PATHS[:5]), {"content-type": chance.choice(TYPES)}
    if kind == "method":
        return {
            "method": chance.choice(["PUT", "PATCH", "DELETE"]),
            "url": chance.choice(["/v1/ask", "/gennai", "/docs"]),
        }
    if kind == "path":
        return {"method": chance.choice(["GET", "POST", "DELETE"]), "url": chance.choice(PATHS[6:])}
    if kind == "bytes":
        return {"method": "POST", "url": path, "content": chance.randbytes(chance.randrange(200)), "headers": headers}
    body = json.dumps({name: chance.choice(VALUES) for name in chance.sample(NAMES, chance.randrange(1, 6))})
    if kind == "cut":
        body = body[: chance.randrange(len(body))]
    headers = {"content-type": "application/json"} if chance.random() < 0.8 else headers
    return {"method": "POST", "url": path, "content": body.encode("utf-8", "surrogatepass"), "headers": headers}


def test_bad_requests_are_told_as_problems(closed: TestClient) -> None:
    """Some are good by chance; those are answered."""
    chance = random.Random(8)
    statuses: dict[int, int] = {}
    while sum(n for status, n in statuses.items() if status >= 400) < REQUESTS:
        request = bad_request(chance)
        response = closed.request(**request)
        statuses[response.status_code] = statuses.get(response.status_code, 0) + 1
        if response.status_code == 200:
            continue
        assert 400 <= response.status_code < 500, (request, response.text)
        assert response.headers["content-type"] == "application/problem+json", request
        problem = response.json()
        assert problem["status"] == response.status_code
        assert re.search("[ぁ-ん]", problem["detail"])
        assert not re.search(r"Traceback|/etc/passwd:|sqlite3\.|site-packages", response.text)
    assert statuses.get(200, 0) < REQUESTS / 4
    assert len(statuses) >= 4
