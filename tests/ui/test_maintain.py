"""The sign-in form and the maintainers' page, as the server sends them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.reindexing import Reindexing
from assistant.sign_in import COOKIE, SignIn
from assistant.users import Users
from corpus.errors import DocumentError
from ui.maintain import maintain_routes, sign_in_routes

PASSWORD = "a long enough one"


class Steps(Reindexing):
    """Two steps, then an error when there is one."""

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def steps(self) -> Iterator[dict[str, Any]]:
        yield {"step": "埋め込み", "done": 1, "total": 2}
        if self._error:
            raise self._error
        yield {"report": {"added": 1}}


@pytest.fixture
def sign_in(tmp_path: Path) -> SignIn:
    users = Users(tmp_path / "users.json")
    users.add("tanaka", "maintainer", PASSWORD)
    return SignIn(users)


def client(sign_in: SignIn, error: Exception | None = None, scheme: str = "http") -> TestClient:
    app = FastAPI()
    app.include_router(maintain_routes(Steps(error), sign_in))
    app.include_router(sign_in_routes(sign_in))
    return TestClient(app, f"{scheme}://testserver", follow_redirects=False)


def form(**values: str) -> dict[str, str]:
    return {"name": "tanaka", "password": PASSWORD, "next": "/maintain"} | values


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_cookie_is_for_this_site_and_no_script(sign_in: SignIn, scheme: str) -> None:
    answer = client(sign_in, scheme=scheme).post("/login", data=form())
    assert (answer.status_code, answer.headers["location"]) == (303, "/maintain")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert ("secure" in cookie) is (scheme == "https")


def test_a_wrong_password_says_so_and_gives_no_cookie(sign_in: SignIn) -> None:
    answer = client(sign_in).post("/login", data=form(password="x" * 12, name="<b>"))
    assert answer.status_code == 401
    assert "正しくありません" in answer.text
    assert "<b>" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", ""])
def test_signing_in_leads_nowhere_else(sign_in: SignIn, target: str) -> None:
    assert client(sign_in).post("/login", data=form(next=target)).headers["location"] == "/maintain"


def test_signing_out_ends_the_session(sign_in: SignIn) -> None:
    browser = client(sign_in)
    browser.post("/login", data=form())
    assert "tanaka" in browser.get("/maintain").text
    token = browser.cookies[COOKIE]
    browser.post("/logout", headers={"origin": "http://testserver"})
    assert sign_in.visitor("GET", {"cookie": f"{COOKIE}={token}"}) is None


def test_the_pages_allow_nothing_but_their_own_files(sign_in: SignIn) -> None:
    for path in ("/maintain", "/maintain?lang=en", "/login"):
        answer = client(sign_in).get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert " style=" not in answer.text
        assert "<script>" not in answer.text


def test_indexing_anew_tells_its_steps_and_what_went_wrong(sign_in: SignIn) -> None:
    told = [json.loads(line) for line in client(sign_in).post("/maintain/reindex").text.splitlines()]
    assert told == [{"step": "埋め込み", "done": 1, "total": 2}, {"report": {"added": 1}}]
    told = [
        json.loads(line)
        for line in client(sign_in, DocumentError("壊れています。")).post("/maintain/reindex").text.splitlines()
    ]
    assert told[-1] == {"error": "壊れています。"}
