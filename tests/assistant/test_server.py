"""`tenkyo serve`: its port, its doors, its end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from assistant.problems import PortInUse
from assistant.server import serve
from index.errors import IndexMissing

from .invented import MEMBERS, Place, make_settings


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def free_port() -> int:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        return int(other.getsockname()[1])


@contextmanager
def started(place: Place, port: int, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port), *arguments],
        cwd=place.documents.parent,
        env=os.environ | {"TENKYO_HOME": str(place.home), "TENKYO_DOCUMENTS": str(place.documents)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_a_port_in_use_is_told_before_anything_is_loaded(indexed: Place, taken: int) -> None:
    begun = time.monotonic()
    with pytest.raises(PortInUse, match=rf"127\.0\.0\.1:{taken}.*PORT=8001"):
        serve(indexed.settings, "127.0.0.1", taken)
    assert time.monotonic() - begun < 2


def test_a_host_that_is_not_here_is_told(indexed: Place) -> None:
    settings = make_settings(indexed.home, indexed.documents, api_keys="a:reader:b")
    with pytest.raises(PortInUse, match=r"192\.0\.2\.1:0"):
        serve(settings, "192.0.2.1", 0)


def test_two_servers_cannot_take_one_port_even_while_the_first_is_loading(indexed: Place) -> None:
    port = free_port()
    with started(indexed, port, "--no-page") as first:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        with pytest.raises(PortInUse):
            serve(indexed.settings, "127.0.0.1", port)
        assert first.poll() is None


def test_without_an_index_the_server_says_what_to_run_and_frees_its_port(tmp_path: Path) -> None:
    port = free_port()
    with pytest.raises(IndexMissing, match="tenkyo ingest"):
        serve(make_settings(tmp_path / "home", tmp_path), "127.0.0.1", port)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))


def test_the_server_answers_and_ends_cleanly_when_told(indexed: Place) -> None:
    port = free_port()
    with started(indexed, port, "--no-page") as process:
        # Who connects while the index is being loaded waits instead of being refused.
        deadline = time.monotonic() + 60
        while True:
            try:
                assert httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=60).status_code == 200
                break
            except httpx.ConnectError:
                assert process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
        answer = httpx.post(f"http://127.0.0.1:{port}/v1/ask", json={"question": MEMBERS}, timeout=60)
        assert answer.json()["citations"]
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=30)
    assert f"http://127.0.0.1:{port}/" in stderr
    assert "Traceback" not in stderr
