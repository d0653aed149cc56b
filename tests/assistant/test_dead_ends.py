"""Paths and methods that no door answers, with the page mounted over everything else."""

import pytest
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from fastapi.testclient import TestClient
from starlette.routing import Mount

from assistant.api import create_app
from assistant.compose import LiveService
from assistant.library_desk import LibraryDesk

from .invented import Place
from .test_api import assert_problem
from .test_openai_door import assert_openai_problem


@pytest.fixture(scope="module")
def paged(service: LiveService, indexed: Place) -> TestClient:
    """The API with a page that answers whatever comes to it, as Gradio's does."""
    app: FastAPI = create_app(service, LibraryDesk(indexed.home))
    app.router.routes.append(Mount("/", PlainTextResponse("page")))
    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize(
    "path", ["/v1", "/v1/", "/v1/nothing", "/v1/ask/", "/v1/documents/a/b", "/gennai/", "/v1/%2e%2e/x"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_path_without_a_door_is_a_problem(paged: TestClient, method: str, path: str) -> None:
    assert_problem(paged.request(method, path), 404, "/docs")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/ask", "POST"),
        ("TRACE", "/v1/ask", "POST"),
        ("PUT", "/v1/documents", "GET, POST"),
        ("PATCH", "/v1/documents/minami-plan", "DELETE"),
        ("POST", "/v1/documents/minami-plan/pages/1", "GET"),
        ("GET", "/gennai", "POST"),
        ("DELETE", "/healthz", "GET"),
        ("POST", "/openapi.json", "GET, HEAD"),
    ],
)
def test_a_method_that_a_path_does_not_have_is_a_problem(
    paged: TestClient, method: str, path: str, allowed: str
) -> None:
    response = paged.request(method, path)
    assert_problem(response, 405, "/docs")
    assert response.headers["allow"] == allowed


def test_openais_clients_are_told_in_their_shape(paged: TestClient) -> None:
    assert_openai_problem(paged.get("/v1/chat/completions"), 405)
    assert_openai_problem(paged.post("/v1/models"), 405)


@pytest.mark.parametrize("path", ["/", "/login", "/gradio_api/info", "/v2"])
def test_all_else_is_the_pages(paged: TestClient, path: str) -> None:
    assert paged.get(path).text == "page"
