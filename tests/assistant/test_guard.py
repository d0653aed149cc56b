"""What is turned away before any door, and what every response carries."""

import base64
import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from assistant.access import AccessRules
from assistant.api import create_app
from assistant.compose import LiveService, access_rules
from assistant.library_desk import LibraryDesk
from assistant.limits import MAX_BODY_BYTES
from assistant.settings import ApiKey

from .invented import MEMBERS, READER, Place, make_settings
from .live_server import serving
from .test_api import Failing, assert_problem

KEYS = (ApiKey(name="sato", role="reader", key=SecretStr(READER)),)
RIGHT, WRONG = {"authorization": f"Bearer {READER}"}, {"x-api-key": "falsch"}


def guarded(place: Place, service: Any, rules: AccessRules) -> TestClient:
    return TestClient(create_app(service, LibraryDesk(place.home), rules=rules), raise_server_exceptions=False)


def test_guessing_keys_is_throttled_and_a_right_one_waits_too(service: LiveService, indexed: Place) -> None:
    client = guarded(indexed, service, AccessRules(KEYS, guesses="5/hour"))
    for _ in range(5):
        assert_problem(client.get("/v1/documents", headers=WRONG), 401)
    for headers in (WRONG, RIGHT):
        refused = client.get("/v1/documents", headers=headers)
        assert_problem(refused, 429, "正しくないキー")
        assert 1 <= int(refused.headers["retry-after"]) <= 3600
    assert client.get("/healthz").status_code == 200


def test_asking_without_a_key_is_no_guess(service: LiveService, indexed: Place) -> None:
    client = guarded(indexed, service, AccessRules(KEYS, guesses="1/hour"))
    for _ in range(5):
        assert_problem(client.get("/v1/documents"), 401)
    assert client.get("/v1/documents", headers=RIGHT).status_code == 200


def test_a_key_asks_so_often_and_still_may_read(service: LiveService, indexed: Place) -> None:
    client = guarded(indexed, service, AccessRules(KEYS, rate="2/hour"))
    for _ in range(2):
        assert client.post("/v1/search", json={"query": "会員"}, headers=RIGHT).status_code == 200
    refused = client.post("/v1/search", json={"query": "会員"}, headers=RIGHT)
    assert_problem(refused, 429, "1時間に2件")
    assert int(refused.headers["retry-after"]) >= 1
    assert client.get("/v1/documents/minami-plan/pages/1", headers=RIGHT).status_code == 200


class Slow(Failing):
    """A service whose answer waits until it is told."""

    def __init__(self) -> None:
        super().__init__(RuntimeError())
        self.begun, self.go = threading.Event(), threading.Event()

    def search(self, *_: Any) -> Any:
        self.begun.set()
        assert self.go.wait(30)
        return []


def test_requests_at_once_are_limited_and_their_places_come_back(indexed: Place) -> None:
    slow = Slow()
    with serving(create_app(slow, LibraryDesk(indexed.home), rules=AccessRules(concurrent=1))) as site:
        first = threading.Thread(target=httpx.post, args=(f"{site}/v1/search",), kwargs={"json": {"query": "x"}})
        first.start()
        assert slow.begun.wait(30)
        assert_problem(httpx.post(f"{site}/v1/search", json={"query": "x"}), 429, "同時に")
        slow.go.set()
        first.join(30)
        assert httpx.post(f"{site}/v1/search", json={"query": "x"}).json() == {"passages": []}


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_that_is_too_large_is_refused(client: TestClient, declared: bool) -> None:
    body = json.dumps({"question": "あ" * MAX_BODY_BYTES}).encode()

    def pieces() -> Iterator[bytes]:
        for at in range(0, len(body), 1_000_000):
            yield body[at : at + 1_000_000]

    response = client.post(
        "/v1/ask", content=body if declared else pieces(), headers={"content-type": "application/json"}
    )
    assert_problem(response, 413, "4MB以下")


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "", "[::1].example.org:80"])
def test_a_server_for_this_computer_answers_to_no_other_name(service: LiveService, indexed: Place, host: str) -> None:
    client = guarded(indexed, service, access_rules(indexed.settings))
    assert_problem(client.get("/v1/documents", headers={"host": host}), 421, "TENKYO_ALLOWED_HOSTS")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:80", "[::1]:8000"])
def test_a_server_for_this_computer_answers_to_its_own_names(service: LiveService, indexed: Place, host: str) -> None:
    client = guarded(indexed, service, access_rules(indexed.settings))
    assert client.get("/v1/documents", headers={"host": host}).status_code == 200


FOREIGN: list[dict[str, str]] = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
    {"origin": "http://testserver", "sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_page_of_another_site_changes_and_asks_nothing(client: TestClient, headers: dict[str, str]) -> None:
    assert_problem(client.delete("/v1/documents/minami-plan", headers=headers), 403, "TENKYO_CORS_ORIGINS")
    assert_problem(client.post("/v1/ask", json={"question": MEMBERS}, headers=headers), 403)
    assert "access-control-allow-origin" not in client.get("/v1/documents", headers=headers).headers


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://testserver"}, {"origin": "https://front.example", "sec-fetch-site": "same-origin"}, {}],
    ids=str,
)
def test_the_pages_of_this_site_may_ask(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/v1/search", json={"query": "会員"}, headers=headers).status_code == 200


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_key_in_a_header_is_nothing_that_a_page_sends_unasked(
    service: LiveService, indexed: Place, headers: dict[str, str]
) -> None:
    client = guarded(indexed, service, AccessRules(KEYS))
    assert client.post("/v1/search", json={"query": "会員"}, headers=RIGHT | headers).status_code == 200
    ahead = {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}
    asked = client.options("/v1/search", headers=headers | ahead)
    assert asked.status_code >= 400
    assert "access-control-allow-origin" not in asked.headers
    by_password = {"authorization": "Basic " + base64.b64encode(f"x:{READER}".encode()).decode()}
    assert_problem(client.post("/v1/search", json={"query": "会員"}, headers=by_password | headers), 403)


def test_a_listed_origin_may_call_from_its_pages(service: LiveService, indexed: Place) -> None:
    client = guarded(indexed, service, AccessRules(KEYS, origins=("https://portal.example",)))
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type"}
    ahead = client.options("/v1/ask", headers={"origin": "https://portal.example", **asked})
    assert ahead.status_code == 200
    assert ahead.headers["access-control-allow-origin"] == "https://portal.example"
    answered = client.post("/v1/search", json={"query": "x"}, headers={"origin": "https://portal.example", **RIGHT})
    assert answered.status_code == 200
    assert answered.headers["access-control-allow-origin"] == "https://portal.example"
    assert client.options("/v1/ask", headers={"origin": "https://evil.example", **asked}).status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/v1/documents", "/v1/nothing", "/docs"])
def test_every_response_carries_the_headers_for_browsers(client: TestClient, path: str) -> None:
    assert_headers(client.get(path))


def test_an_unexpected_error_carries_them_too(indexed: Place) -> None:
    response = guarded(indexed, Failing(RuntimeError("secret")), AccessRules()).get("/v1/documents")
    assert_problem(response, 500)
    assert_headers(response)


def assert_headers(response: httpx.Response) -> None:
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in response.headers["content-security-policy"]


def test_nothing_is_limited_without_keys_unless_it_is_set(indexed: Place) -> None:
    rules = access_rules(indexed.settings)
    assert (rules.rate, rules.concurrent) == ("", 0)
    rules = access_rules(make_settings(indexed.home, indexed.documents, rate_limit="5/minute", concurrent_limit="3"))
    assert (rules.rate, rules.concurrent) == ("5/minute", 3)


def test_keys_bring_limits_that_can_be_lifted(indexed: Place) -> None:
    rules = access_rules(make_settings(indexed.home, indexed.documents, api_keys="a:reader:b"))
    assert (rules.rate, rules.concurrent, rules.hosts) == ("1800/minute", 256, ())
    lifted = make_settings(
        indexed.home, indexed.documents, api_keys="a:reader:b", rate_limit="off", concurrent_limit="0"
    )
    assert (access_rules(lifted).rate, access_rules(lifted).concurrent) == ("", 0)


def test_a_websocket_is_closed(client: TestClient) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/v1/ask"):
        pass
