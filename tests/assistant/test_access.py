"""Keys and roles at the HTTP doors, and who may be let in without one."""

import base64
import hmac
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from assistant.access import LOOPBACK, AccessRules, Gate
from assistant.api import create_app
from assistant.compose import LiveService
from assistant.library_desk import LibraryDesk
from assistant.problems import NotAllowed, RoleTooLow
from assistant.server import serve
from assistant.settings import ApiKey
from assistant.sign_in import COOKIE, SignIn
from assistant.users import Users

from .invented import MAINTAINER, READER, Place, make_settings

KEYS = (
    ApiKey(name="sato", role="reader", key=SecretStr(READER)),
    ApiKey(name="tanaka", role="maintainer", key=SecretStr(MAINTAINER)),
    ApiKey(name="日本", role="reader", key=SecretStr("鍵")),
)


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def lower_bearer(key: str) -> dict[str, str]:
    return {"authorization": f"bearer  {key}"}


def x_api_key(key: str) -> dict[str, str]:
    return {"x-api-key": key}


def basic(key: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"anyone:{key}".encode()).decode()}


@pytest.fixture(scope="module")
def guarded(service: LiveService, indexed: Place) -> TestClient:
    rules = AccessRules(KEYS, guesses="")
    return TestClient(create_app(service, LibraryDesk(indexed.home), rules=rules), raise_server_exceptions=False)


@pytest.mark.parametrize("way", [bearer, lower_bearer, x_api_key, basic])
@pytest.mark.parametrize("key", [READER, MAINTAINER])
def test_a_right_key_may_come_in_any_of_the_ways(
    guarded: TestClient, way: Callable[[str], dict[str, str]], key: str
) -> None:
    assert guarded.get("/v1/documents", headers=way(key)).status_code == 200


def test_a_key_outside_ascii_works_as_a_browsers_password(guarded: TestClient) -> None:
    assert guarded.get("/v1/documents", headers=basic("鍵")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearer("falsch"),
        x_api_key("falsch"),
        basic("falsch"),
        bearer(""),
        bearer(READER[:-1]),
        bearer(READER + "x"),
        {"authorization": READER},
        {"authorization": "Basic %%%"},
        {"authorization": b"Basic \xe9\xe9"},
        {"authorization": "Basic /w=="},
        {"authorization": b"Bearer \xff"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/v1/documents", "/v1/documents/minami-plan/pages/1", "/docs", "/", "/nothing"])
def test_without_a_right_key_nothing_is_shown(guarded: TestClient, headers: dict[str, str], path: str) -> None:
    response = guarded.get(path, headers=headers)
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"].startswith("Basic ")
    assert "APIキー" in response.json()["detail"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_need_no_key(guarded: TestClient, path: str) -> None:
    assert guarded.get(path).status_code == 200


def test_a_reader_may_ask_but_not_change_documents(guarded: TestClient) -> None:
    assert guarded.post("/v1/ask", json={"question": "会員数は？"}, headers=bearer(READER)).status_code == 200
    assert guarded.post("/v1/search", json={"query": "会員数"}, headers=bearer(READER)).status_code == 200
    for response in (
        guarded.delete("/v1/documents/minami-plan", headers=bearer(READER)),
        guarded.post("/v1/documents", files={"file": ("x.txt", b"x")}, headers=bearer(READER)),
    ):
        assert response.status_code == 403
        assert "maintainer" in response.json()["detail"]
        assert "www-authenticate" not in response.headers
    assert len(guarded.get("/v1/documents", headers=bearer(READER)).json()["documents"]) == 3


def test_a_key_that_is_listed_twice_has_its_higher_role() -> None:
    gate = Gate([ApiKey(name=r, role=r, key=SecretStr("k")) for r in ("reader", "maintainer")])
    gate.check("DELETE", "/v1/documents/x", bearer("k"))


def test_keys_are_compared_in_constant_time_and_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    monkeypatch.setattr("assistant.access.hmac.compare_digest", _recording(compared))
    Gate(KEYS).check("GET", "/v1/documents", bearer(READER))
    assert [one for one, _ in compared] == [k.key.get_secret_value().encode() for k in KEYS]


def _recording(compared: list[tuple[bytes, bytes]]) -> Callable[[bytes, bytes], bool]:
    original = hmac.compare_digest

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return original(one, other)

    return compare


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_without_keys_only_loopback_may_be_bound(tmp_path: Path, host: str) -> None:
    assert host not in LOOPBACK
    with pytest.raises(NotAllowed, match="TENKYO_API_KEYS"):
        serve(make_settings(tmp_path / "home", tmp_path), host, 0)


def test_without_keys_every_door_is_open(client: TestClient) -> None:
    assert client.get("/v1/documents").status_code == 200
    assert client.get("/v1/documents", headers=bearer("anything")).status_code == 200


@pytest.fixture
def signed_in(tmp_path: Path) -> SignIn:
    users = Users(tmp_path / "users.json")
    users.add("sato", "reader", "a long enough one")
    users.add("tanaka", "maintainer", "a long enough one")
    return SignIn(users)


def session(sign_in: SignIn, name: str) -> dict[str, str]:
    token = sign_in.open(name, "a long enough one")
    return {"cookie": f"{COOKIE}={token}", "origin": "http://testserver"}


def test_without_keys_only_maintenance_needs_a_signed_in_maintainer(signed_in: SignIn) -> None:
    gate = Gate((), signed_in)
    assert gate.check("GET", "/v1/documents", {}) == ""
    assert gate.check("POST", "/v1/ask", {}) == ""
    for method, path in (("POST", "/v1/documents"), ("DELETE", "/v1/documents/x"), ("GET", "/maintain")):
        with pytest.raises(NotAllowed):
            gate.check(method, path, {})
        with pytest.raises(RoleTooLow):
            gate.check(method, path, session(signed_in, "sato"))
        assert gate.check(method, path, session(signed_in, "tanaka")) == "tanaka"


def test_with_keys_a_signed_in_user_reads_without_one(signed_in: SignIn) -> None:
    gate = Gate(KEYS, signed_in)
    assert gate.check("GET", "/", session(signed_in, "sato")) == "sato"
    assert gate.check("POST", "/v1/documents", bearer(MAINTAINER)) == "tanaka"
    assert gate.needed("GET", "/look/page.css") is None
    assert gate.needed("POST", "/login") is None


def test_a_browser_without_a_session_is_led_to_the_form_and_back(signed_in: SignIn, service: LiveService) -> None:
    rules = AccessRules(KEYS, sign_in=signed_in)
    client = TestClient(create_app(service, LibraryDesk(Path("nowhere")), rules=rules), follow_redirects=False)
    asked = client.get("/?document=a&page=1", headers={"accept": "text/html"})
    assert asked.status_code == 303
    assert asked.headers["location"] == "/login?next=%2F%3Fdocument%3Da%26page%3D1"
    script = client.get("/v1/documents", headers={"sec-fetch-site": "same-origin"})
    assert script.status_code == 401
    assert "www-authenticate" not in script.headers
    assert "www-authenticate" in client.get("/v1/documents").headers
