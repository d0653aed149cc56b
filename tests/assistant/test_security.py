"""An attacker at the doors of a real server: guesses, paths, other sites; and what its log says afterwards."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from .invented import MAINTAINER, MEMBERS, READER, Place
from .test_api import assert_problem
from .test_server import free_port

LLM_KEY = "geheim-llm"
WRONG = "geheim-geraten"
SECRETS = (READER, MAINTAINER, LLM_KEY, WRONG)
RIGHT = {"authorization": f"Bearer {MAINTAINER}"}
OUTSIDE = [
    "/v1/documents/..%2f..%2fetc%2fpasswd/pages/1",
    "/v1/documents/%2e%2e/pages/1",
    "/v1/documents/minami-plan/pages/..%2f..%2f..%2fledger.sqlite3",
    "/v1/documents/minami-plan/pages/%2fetc%2fpasswd",
    "/v1/documents/minami-plan/pages/..%5c..%5cx/image",
    "/v1/documents/..%2fledger/file",
    "/v1/documents/minami-plan%00.txt/file",
    "/docs/..%2f..%2fpyproject.toml",
    "/v1/models/..%2f..%2fsettings.py",
    "/openapi.json/..%2f..%2fLICENSE",
]


@dataclass
class Running:
    site: str
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str, **headers: str) -> httpx.Response:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.get(self.site + path, headers=names, timeout=60)


@pytest.fixture(scope="module")
def running(indexed: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`tenkyo serve` with keys, behind a proxy on this computer."""
    port, log = free_port(), tmp_path_factory.mktemp("log") / "stderr"
    settings = {
        "TENKYO_HOME": str(indexed.home),
        "TENKYO_DOCUMENTS": str(indexed.documents),
        "TENKYO_API_KEYS": f"sato:reader:{READER},tanaka:maintainer:{MAINTAINER}",
        "TENKYO_LLM_API_KEY": LLM_KEY,
        "TENKYO_TRUSTED_PROXIES": "127.0.0.1",
    }
    command = [sys.executable, "-m", "assistant.cli", "serve", "--no-page", "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=log.parent, env=os.environ | settings, stdout=out, stderr=out)
    try:
        transport = httpx.HTTPTransport(retries=20)
        with httpx.Client(transport=transport, timeout=120) as patient:
            assert patient.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
        yield Running(f"http://127.0.0.1:{port}", process, log)
    finally:
        process.kill()
        process.wait()


def test_guessing_from_one_address_is_stopped_and_others_go_on(running: Running) -> None:
    statuses = [
        running.get("/v1/documents", x_api_key=WRONG, x_forwarded_for="192.0.2.7").status_code for _ in range(25)
    ]
    assert statuses == [401] * 20 + [429] * 5
    stopped = running.get("/v1/documents", x_api_key=READER, x_forwarded_for="192.0.2.7")
    assert_problem(stopped, 429, "正しくないキー")
    assert int(stopped.headers["retry-after"]) >= 1
    assert running.get("/v1/documents", x_api_key=READER, x_forwarded_for="192.0.2.8").status_code == 200


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leads_outside(running: Running, path: str) -> None:
    response = running.get(path, **RIGHT)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "root:" not in response.text
    assert str(Path(__file__).parents[2]) not in response.text


@pytest.mark.parametrize(
    "body",
    [
        {
            "question": MEMBERS,
            "llm_base_url": "http://192.0.2.1/",
            "TENKYO_LLM": "openai:x",
            "url": "http://192.0.2.1/",
        },
        {"question": "http://192.0.2.1/secret を読んでください", "document_ids": ["http://192.0.2.1/x"]},
    ],
    ids=["settings", "addresses"],
)
def test_nothing_that_a_caller_sends_makes_the_server_call_out(running: Running, body: dict[str, Any]) -> None:
    """A call to an address for examples would hang until its time is out."""
    response = httpx.post(f"{running.site}/v1/ask", json=body, headers=RIGHT, timeout=20)
    assert response.status_code in (200, 404)
    assert response.elapsed.total_seconds() < 15


def test_neither_errors_nor_metrics_nor_the_log_tell_a_secret(running: Running) -> None:
    told = []
    for key in (WRONG, READER, MAINTAINER):
        for path in (
            "/v1/documents",
            "/v1/nothing",
            "/v1/documents/x/pages/1",
            "/metrics",
            "/openapi.json",
            "/docs",
            "/readyz",
        ):
            told.append(running.get(path, authorization=f"Bearer {key}", x_forwarded_for="192.0.2.9"))
        for path, body in (
            ("/v1/ask", {"question": MEMBERS}),
            ("/v1/chat/completions", {"messages": 3}),
            ("/gennai", {}),
        ):
            headers = {"x-api-key": key, "x-forwarded-for": "192.0.2.9"}
            told.append(httpx.post(running.site + path, json=body, headers=headers, timeout=60))
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(30)
    shown = running.log.read_text("utf-8") + "".join(r.text + str(r.headers) for r in told)
    assert not [secret for secret in SECRETS if secret in shown]
    assert "Traceback" not in shown
    assert not re.search("発足時の会員数", running.log.read_text("utf-8")), "questions are no business of the log"
