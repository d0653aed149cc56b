"""What the HTTP doors leave in the audit: every answer with its door, key and request id, and what readers think of it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer
from assistant.api import create_app
from assistant.audit_log import AuditLog
from assistant.audit_record import AnswerRecord, sha256
from assistant.audit_spool import Spool
from assistant.audit_store import AuditStore, sqlite_url
from assistant.compose import LiveService
from assistant.library_desk import LibraryDesk
from assistant.watched_service import WatchedService

from .invented import FOUNDED, MAINTAINER, MEMBERS, READER, Place, make_settings

KEYS = f"tanaka:reader:{READER},sato:maintainer:{MAINTAINER}"
BEARER = {"authorization": f"Bearer {READER}"}


@dataclass
class Site:
    """The API with keys on the real service, and its audit."""

    client: TestClient
    log: AuditLog
    store: AuditStore

    def ask(self, question: str = MEMBERS, **headers: str) -> Any:
        return self.client.post("/v1/ask", json={"question": question}, headers=BEARER | headers)

    def records(self) -> list[AnswerRecord]:
        self.log.close()
        return [one.answer for one in self.store.judged()]


@pytest.fixture
def audited(service: LiveService, indexed: Place, tmp_path: Path) -> Iterator[Site]:
    keys = make_settings(tmp_path, tmp_path, api_keys=KEYS).keys()
    url = sqlite_url(tmp_path / "audit.sqlite3")
    with (
        closing(AuditStore(url)) as store,
        closing(AuditLog(lambda: AuditStore(url), Spool(tmp_path))) as log,
    ):
        app = create_app(WatchedService(service, [log], log), LibraryDesk(indexed.home), keys)
        yield Site(TestClient(app, raise_server_exceptions=False), log, store)


def test_an_answer_is_recorded_with_door_key_request_and_hashes(audited: Site) -> None:
    response = audited.ask(FOUNDED, **{"x-request-id": "abc-1"})
    (record,) = audited.records()
    answer = response.json()
    assert (record.id, record.question, record.answer) == (answer["id"], FOUNDED, answer["answer"])
    assert (record.door, record.key_name, record.request_id) == ("ask", "tanaka", "abc-1")
    assert [c["quote_sha256"] for c in record.citations] == [sha256(c["quote"]) for c in answer["citations"]]
    assert record.timings_ms == answer["timings_ms"]
    assert READER not in str(record)


def test_a_streamed_answer_is_recorded_under_the_same_caller(audited: Site) -> None:
    audited.ask(accept="text/event-stream")
    (record,) = audited.records()
    assert (record.door, record.key_name, record.complete) == ("ask", "tanaka", True)


@pytest.mark.parametrize(
    ("path", "body", "door"),
    [
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": MEMBERS}]}, "openai"),
        ("/v1/chat/completions", {"stream": True, "messages": [{"role": "user", "content": MEMBERS}]}, "openai"),
        ("/gennai", {"inputs": {"question": MEMBERS}}, "gennai"),
    ],
)
def test_every_door_is_recorded_under_its_name(audited: Site, path: str, body: dict[str, Any], door: str) -> None:
    response = audited.client.post(path, json=body, headers={"x-api-key": READER})
    assert response.status_code == 200, response.text
    (record,) = audited.records()
    assert (record.door, record.key_name, record.question) == (door, "tanaka", MEMBERS)
    assert record.citations


def test_an_explained_answer_is_recorded_too(audited: Site) -> None:
    audited.client.post("/v1/ask?explain=true", json={"question": MEMBERS}, headers=BEARER)
    assert len(audited.records()) == 1


def test_feedback_on_an_answer_is_stored(audited: Site) -> None:
    one = audited.ask().json()["id"]
    body = {"answer_id": one, "verdict": "bad", "kind": "wrong_source", "comment": "概要版の値です"}
    assert audited.client.post("/v1/feedback", json=body, headers=BEARER).status_code == 201
    body = {"answer_id": one, "verdict": "bad", "comment": "やはり答えが違う", "kind": "wrong_answer"}
    assert audited.client.post("/v1/feedback", json=body, headers=BEARER).status_code == 201
    (judged,) = audited.store.judged(verdict="bad")
    assert judged.feedback is not None
    assert judged.answer.id == one
    assert (judged.feedback.kind, judged.feedback.key_name) == ("wrong_answer", "tanaka")


def test_feedback_on_an_unknown_answer_is_404(audited: Site, client: TestClient) -> None:
    body = {"answer_id": "nai", "verdict": "good"}
    for response in (
        audited.client.post("/v1/feedback", json=body, headers=BEARER),
        client.post("/v1/feedback", json=body),  # a server without an audit knows no answer
    ):
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        assert "nai" in response.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"answer_id": "a"},
        {"answer_id": "a", "verdict": "so-so"},
        {"answer_id": "", "verdict": "good"},
        {"answer_id": "a" * 65, "verdict": "good"},
        {"answer_id": "a", "verdict": "good", "kind": "other"},
        {"answer_id": "a", "verdict": "good", "comment": "長" * 2001},
    ],
)
def test_feedback_of_a_wrong_form_is_refused(audited: Site, body: dict[str, str]) -> None:
    response = audited.client.post("/v1/feedback", json=body, headers=BEARER)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_feedback_needs_a_key_like_every_door(audited: Site) -> None:
    assert audited.client.post("/v1/feedback", json={"answer_id": "a", "verdict": "good"}).status_code == 401


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "{}"])
def test_a_request_id_that_cannot_stand_in_a_log_is_replaced(audited: Site, given: str) -> None:
    found = audited.ask(**{"x-request-id": given}).headers["x-request-id"]
    assert found
    assert found != given


def test_every_response_carries_a_request_id_errors_too(audited: Site) -> None:
    for response in (
        audited.client.get("/healthz"),
        audited.client.get("/v1/documents"),
        audited.client.get("/nothing", headers=BEARER),
    ):
        assert len(response.headers["x-request-id"]) == 32


def test_an_unexpected_error_carries_the_request_id_and_no_record(indexed: Place) -> None:
    class Broken:
        index_name = reader_name = "x"

        def ask(self, *_: Any) -> Answer:
            raise RuntimeError("secret")

    app = create_app(Broken(), LibraryDesk(indexed.home))  # type: ignore[arg-type]
    response = TestClient(app, raise_server_exceptions=False).post(
        "/v1/ask", json={"question": "x"}, headers={"x-request-id": "r-9"}
    )
    assert response.status_code == 500
    assert response.headers["x-request-id"] == "r-9"
