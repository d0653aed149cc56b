"""Many askers at once: `python -m benchmarks.load [QUESTIONS.jsonl] [--url http://127.0.0.1:8000] [--askers 30] [--seconds 60]`.

Without `--url` it starts `tenkyo serve` on the index of TENKYO_HOME and ends it. It measures one asker alone, then many, then one
beside `--slow` readers of streams who do not read. Exit 1 when a bar is missed: no error; p95 of many ≤ 3 × (alone p95 × askers /
cores); memory after ≤ 1.1 × before; every slow stream ends with its answer.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from benchmarks.ask_latency import percentile, read_questions

QUESTIONS = Path(__file__).parents[1] / "eval" / "datasets" / "mixed.jsonl"
WORSE, GROWTH = 3.0, 1.1


@dataclass
class Times:
    """Seconds of every answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def line(self) -> str:
        p50, p95 = (1000 * percentile(self.seconds, share) for share in (0.5, 0.95))
        worst = 1000 * max(self.seconds)
        return f"{len(self.seconds)} answers, p50 {p50:.0f} ms, p95 {p95:.0f} ms, max {worst:.0f} ms, {len(self.errors)} errors"


@contextmanager
def server() -> Iterator[str]:
    """A server of its own; its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "assistant.cli", "serve", "--no-page", "--port", str(port)])
    try:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 120
        while True:
            try:
                httpx.get(f"{url}/readyz", timeout=60).raise_for_status()
                break
            except httpx.TransportError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait()


def ask_for(url: str, bodies: list[dict[str, Any]], askers: int, seconds: float) -> Times:
    """Every asker asks one question after the other until the time is up."""
    times, end = Times(), time.monotonic() + seconds

    def run(number: int) -> None:
        with httpx.Client(base_url=url, timeout=120) as client:
            for body in islice(cycle(bodies), number * 7, None):
                if time.monotonic() > end:
                    return
                begun = time.monotonic()
                try:
                    client.post("/v1/ask", json=body).raise_for_status()
                    times.seconds.append(time.monotonic() - begun)
                except httpx.HTTPError as error:
                    times.errors.append(repr(error))

    threads = [threading.Thread(target=run, args=(n,)) for n in range(askers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def settle(url: str, body: dict[str, Any], seconds: float) -> None:
    """Waits until the burst of questions is worked off (at most two minutes): what is measured is readers, not questions."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        begun = time.monotonic()
        httpx.post(f"{url}/v1/ask", json=body, timeout=120)
        if time.monotonic() - begun < seconds:
            return


def memory_mb(url: str) -> float:
    found = re.search(r"^process_resident_memory_bytes (\S+)$", httpx.get(f"{url}/metrics").text, re.MULTILINE)
    assert found
    return float(found[1]) / 1e6


def open_stream(url: str, question: str) -> socket.socket:
    """A stream that was asked for and is not read; its receiving end takes next to nothing."""
    parts = urlsplit(url)
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    reader.settimeout(120)
    reader.connect((parts.hostname, parts.port))
    request = httpx.Request(
        "POST", f"{url}/v1/ask", json={"question": question}, headers={"accept": "text/event-stream"}
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
    reader.sendall(f"POST /v1/ask HTTP/1.1\r\n{head}\r\n".encode() + request.content)
    return reader


def rest_of(reader: socket.socket) -> bytes:
    """All that is left of a stream, to its last chunk."""
    text = b""
    while not text.endswith(b"0\r\n\r\n"):
        block = reader.recv(65536)
        if not block:
            break
        text += block
    return text


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, nargs="?", default=QUESTIONS)
    parser.add_argument("--url", default="")
    parser.add_argument("--askers", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--slow", type=int, default=200)
    options = parser.parse_args()
    bodies, cores = read_questions(options.file), os.cpu_count() or 1
    with ExitStack() as opened:
        url = options.url or opened.enter_context(server())
        ask_for(url, bodies, 1, 5)
        alone = ask_for(url, bodies, 1, options.seconds / 4)
        ask_for(url, bodies, options.askers, 5)
        before = memory_mb(url)
        many = ask_for(url, bodies, options.askers, options.seconds)
        after = memory_mb(url)
        with ExitStack() as readers:
            slow = [
                readers.enter_context(open_stream(url, body["question"]))
                for body in islice(cycle(bodies), options.slow)
            ]
            settle(url, bodies[0], 2 * percentile(alone.seconds, 0.95))
            beside = ask_for(url, bodies, 1, options.seconds / 4)
            whole = sum(b"event: answer" in rest_of(reader) for reader in slow)
    bar = WORSE * percentile(alone.seconds, 0.95) * options.askers / cores
    print(f"{cores} cores, load {os.getloadavg()[0]:.1f}")
    print(f"alone: {alone.line()}")
    print(f"{options.askers} askers for {options.seconds:.0f} s: {many.line()} (p95 bar {1000 * bar:.0f} ms)")
    print(f"memory: {before:.0f} MB before, {after:.0f} MB after")
    print(f"beside {options.slow} streams that nobody reads: {beside.line()}; {whole} of the streams whole in the end")
    for error in sorted({*alone.errors, *many.errors, *beside.errors})[:5]:
        print(error)
    fine = not (alone.errors or many.errors or beside.errors) and percentile(many.seconds, 0.95) <= bar
    return 0 if fine and after <= GROWTH * before and whole == options.slow else 1


if __name__ == "__main__":
    sys.exit(main())
