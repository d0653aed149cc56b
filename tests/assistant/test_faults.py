"""What the caller sees when something around the server fails, one thing at a time; it recovers without a restart."""

import ast
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant import compose
from assistant.answer import Finished
from assistant.api import create_app
from assistant.circuit import Circuit
from assistant.compose import LiveService, open_service
from assistant.ingesting import ingest
from assistant.language_model import LanguageModelDrafter
from assistant.library_desk import LibraryDesk
from assistant.settings import Settings
from index import vectors
from index.generation import current_name

from ..index.fakes import chroma_server
from .invented import FOUNDED, MEMBERS, Place, link_model, make_settings
from .model_servers import hanging, talking
from .test_server import free_port

REPOSITORY = Path(__file__).parents[2]
ADDED = "みなと町の防波堤の延長は、{},870メートルである。\n"


def client_of(service: LiveService, place: Place) -> TestClient:
    return TestClient(create_app(service, LibraryDesk(place.home)), raise_server_exceptions=False)


@contextmanager
def with_model(place: Place, url: str, monkeypatch: pytest.MonkeyPatch, circuit: Circuit) -> Iterator[LiveService]:
    """The service with a language model behind that URL, whose time is up after half a second."""
    made = compose.make_drafter

    def make(settings: Settings) -> Any:
        drafter = made(settings)
        assert isinstance(drafter, LanguageModelDrafter)
        drafter.circuit = circuit
        return drafter

    monkeypatch.setattr(compose, "make_drafter", make)
    settings = make_settings(
        place.home, place.documents, llm="openai:any", llm_base_url=url, llm_api_key="k", llm_timeout_s="0.5"
    )
    with closing(open_service(settings, once=True)) as service:
        yield service


def asked(client: TestClient, question: str = FOUNDED) -> tuple[dict[str, Any], float]:
    begun = time.monotonic()
    response = client.post("/v1/ask", json={"question": question})
    assert response.status_code == 200, response.text
    return response.json(), time.monotonic() - begun


def test_a_model_that_hangs_costs_its_time_a_few_times_then_none(
    indexed: Place, service: LiveService, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    circuit = Circuit(failures=2, rest_s=30, clock=lambda: clock[0])
    with hanging() as url, with_model(indexed, url, monkeypatch, circuit) as with_llm:
        client = client_of(with_llm, indexed)
        for _ in range(2):
            answer, took = asked(client)
            assert "応答しませんでした" in answer["reader"]
            assert took > 0.4
        answer, _ = asked(client)
        assert "休ませています" in answer["reader"]
        assert answer["answer"] == service.ask(FOUNDED).answer
        assert client.get("/readyz").json()["language_model"] == "open"
        clock[0] += 31
        assert client.get("/readyz").json()["language_model"] == "half-open"
        assert "応答しませんでした" in asked(client)[0]["reader"]
        assert "休ませています" in asked(client)[0]["reader"]


@pytest.mark.parametrize(
    "reply",
    [
        (200, "text/html", "<html>ログインしてください</html>".encode()),
        (500, "text/plain", b"Traceback (most recent call last)"),
        (200, "text/event-stream", b'data: {"choices": 3}\n\ndata: [DONE]\n\n'),
        (200, "text/event-stream", b"data: {\xff\xfe\n\n"),
        (200, "application/json", b""),
    ],
    ids=["html", "500", "odd json", "no utf-8", "empty"],
)
def test_a_model_that_answers_garbage_is_replaced_by_the_built_in_reader(
    indexed: Place, service: LiveService, monkeypatch: pytest.MonkeyPatch, reply: tuple[int, str, bytes]
) -> None:
    with talking(reply) as url, with_model(indexed, url, monkeypatch, Circuit()) as with_llm:
        answer, _ = asked(client_of(with_llm, indexed))
        assert answer["reader"].startswith("built-in（")
        assert answer["answer"] == service.ask(FOUNDED).answer


def test_a_chroma_server_that_is_killed_is_told_and_its_return_is_noticed(
    indexed: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "_CONNECT_TIMEOUT_S", 1.0)
    monkeypatch.setattr(vectors, "_QUERY_TIMEOUT_S", 1.0)
    port, data = free_port(), tmp_path / "chroma"
    home = tmp_path / "home"
    link_model(home, indexed.home / "models" / "multilingual-e5-small")
    settings = make_settings(home, indexed.documents, chroma_url=f"http://127.0.0.1:{port}")
    with chroma_server(data, port):
        ingest(settings, [], quiet=True)
        service = open_service(settings)
        client = client_of(service, Place(home, indexed.documents))
        before, _ = asked(client)
    with closing(service):
        for path, body in (("/v1/ask", {"question": FOUNDED}), ("/v1/search", {"query": "協議会"})):
            refused = client.post(path, json=body)
            assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
            assert "Chromaサーバー" in refused.json()["detail"]
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
        assert client.get("/v1/documents/minami-plan/pages/1").status_code == 200
        with chroma_server(data, port):
            assert asked(client)[0]["answer"] == before["answer"]
            assert client.get("/readyz").status_code == 200


def test_a_chroma_server_that_stalls_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_CONNECT_TIMEOUT_S", 0.3)
    with hanging() as url:
        begun = time.monotonic()
        with pytest.raises(vectors.VectorStoreUnreachable, match="TENKYO_CHROMA_URL"):
            vectors.open_remote(url.removesuffix("/v1"), "g1")
        assert time.monotonic() - begun < 5


def test_an_answer_that_has_begun_is_finished_on_its_index_whatever_is_published_meanwhile(own: Place) -> None:
    (own.documents / "minato.txt").write_text(ADDED.format(1), encoding="utf-8")
    ingest(own.settings, [], quiet=True)
    with closing(open_service(own.settings, once=True)) as service:
        events = service.stream("みなと町の防波堤の延長は？")
        next(events)
        first = service.index_name
        for n in (2, 3):
            (own.documents / "minato.txt").write_text(ADDED.format(n), encoding="utf-8")
            ingest(own.settings, [], quiet=True)
            assert f"{n},870" in service.ask("みなと町の防波堤の延長は？").answer
        *_, last = events
        assert isinstance(last, Finished)
        assert last.answer.index == first
        assert "1,870" in last.answer.answer
        assert service.index_name == current_name(own.home) != first


def test_a_clock_that_is_set_back_makes_no_time_negative(
    service: LiveService, indexed: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(service, indexed)
    times = iter(range(10**9, 0, -3600))
    monkeypatch.setattr(time, "time", lambda: float(next(times)))
    answer, _ = asked(client)
    assert all(value >= 0 for value in answer["timings_ms"].values())
    assert client.get("/readyz").status_code == 200
    assert "tenkyo_index_age_seconds 0.0" in client.get("/metrics").text


def test_durations_are_measured_by_clocks_that_never_go_back() -> None:
    # An age, a name and a date; and `limits` counts its windows by the clock of the day.
    dated = {"assistant/metrics.py", "index/builder.py", "assistant/openai_door.py", "assistant/throttle.py"}
    users = {
        path.relative_to(REPOSITORY).as_posix()
        for room in ("corpus", "index", "assistant", "ui")
        for path in (REPOSITORY / room).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "time" and ast.unparse(node) == "time.time"
    }
    assert users <= dated


@contextmanager
def served(place: Place, **names: str) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """`tenkyo serve` in a process of its own, ready."""
    port = free_port()
    known = {"TENKYO_HOME": str(place.home), "TENKYO_DOCUMENTS": str(place.documents), "TENKYO_LOG": "json"}
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port), "--no-page"],
        cwd=place.documents.parent,
        env=os.environ | known | names,
        stderr=subprocess.PIPE,
        text=True,
    )
    drained = threading.Thread(target=lambda: lines.extend(process.stderr or ()), daemon=True)
    lines: list[str] = []
    drained.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            until(lambda: is_up(client) or process.poll() is not None)
            assert process.poll() is None, lines
            yield process, client
    finally:
        process.kill()
        process.wait()
        drained.join()
        assert process.stderr is not None
        process.stderr.close()
        assert "Traceback" not in "".join(lines)


def is_up(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def recorded(place: Place) -> list[dict[str, Any]]:
    return [json.loads(line) for line in place.run("audit", "export").stdout.splitlines()]


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux: the limit is set from outside")
def test_while_the_audits_disk_is_full_answers_go_on_and_all_are_recorded_later(own: Place) -> None:
    with served(own) as (process, client):
        none = resource.RLIM_INFINITY
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, none))  # no file may grow, as on a full disk
        answers = [client.post("/v1/ask", json={"question": q}) for q in (FOUNDED, MEMBERS)]
        assert [a.status_code for a in answers] == [200, 200]
        until(lambda: "監査記録" in client.get("/readyz").json()["audit"])
        assert client.get("/readyz").status_code == 200
        assert "tenkyo_audit_ok 0.0" in client.get("/metrics").text
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (none, none))
        until(lambda: client.get("/readyz").json()["audit"] == "ok")
        assert "tenkyo_audit_lost_total 0.0" in client.get("/metrics").text
    assert [r["id"] for r in recorded(own)] == [a.json()["id"] for a in answers]


def test_sigterm_lets_a_stream_finish_and_takes_nothing_new(own: Place) -> None:
    with (
        hanging() as url,
        served(own, TENKYO_LLM="openai:any", TENKYO_LLM_BASE_URL=url, TENKYO_LLM_TIMEOUT_S="4") as (process, client),
        client.stream("POST", "/v1/ask", json={"question": FOUNDED}, headers={"accept": "text/event-stream"}) as stream,
    ):
        lines = stream.iter_lines()
        assert next(lines) == "event: evidence"
        process.send_signal(signal.SIGTERM)
        refused = httpx.post(client.base_url.join("/v1/ask"), json={"question": MEMBERS}, timeout=30)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert httpx.get(client.base_url.join("/readyz"), timeout=30).status_code == 503
        rest = list(lines)
        at = rest.index("event: answer")
        answer = json.loads(rest[at + 1].removeprefix("data: "))
        assert answer["citations"]
        assert process.wait(30) == 0
    assert [r["id"] for r in recorded(own)] == [answer["id"]]
