"""How soon `tenkyo serve` and `tenkyo ask` answer, and the server's memory: `python -m benchmarks.startup [QUESTIONS.jsonl]`.

Needs an index in TENKYO_HOME. Memory is what the process holds (VmRSS) after 50 questions, of the file or of its own
examples. Exit 1 when a bar is missed.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.ask_latency import read_questions

READY_S, ASK_S, RSS_MB = 10.0, 2.0, 900.0
ASKS, RUNS = 50, 5
_OWN = (
    "会員数はいくつですか？",
    "いつ設立されましたか？",
    "予算額の推移を教えてください。",
    "クラスターとは何ですか？",
)


@contextmanager
def server() -> Iterator[tuple[str, int]]:
    """(address, process id) of a server that was just started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)])
    try:
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()


def seconds_until(url: str, begun: float, timeout_s: float = 120) -> float:
    """From `begun` until the URL answers with 200."""
    while time.perf_counter() - begun < timeout_s:
        try:
            if httpx.get(url, timeout=timeout_s).status_code == 200:
                return time.perf_counter() - begun
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError(url)


def resident_mb(pid: int) -> dict[str, float]:
    """VmRSS and VmHWM (the highest so far) in MB; Linux only."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return {k: int(v.split()[0]) / 1024 for k, v in (line.split(":") for line in lines if line.startswith("Vm"))}


def ask_seconds(question: str) -> float:
    """`tenkyo ask` as a whole process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "assistant.cli", "ask", question], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> int:
    questions = [q["question"] for q in read_questions(Path(sys.argv[1]))] if len(sys.argv) > 1 else list(_OWN)
    begun = time.perf_counter()
    with server() as (url, pid):
        healthy = seconds_until(f"{url}/healthz", begun)
        ready = seconds_until(f"{url}/", begun)
        at_start = resident_mb(pid)["VmRSS"]
        with httpx.Client(base_url=url, timeout=120) as client:
            for n in range(ASKS):
                client.post("/v1/ask", json={"question": questions[n % len(questions)]}).raise_for_status()
        memory = resident_mb(pid)
    ask_seconds(questions[0])
    asks = [ask_seconds(questions[n % len(questions)]) for n in range(RUNS)]
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    print(f"server: /healthz after {healthy:.1f} s, / after {ready:.1f} s (bar {READY_S:.0f} s)")
    print(
        f"server: {memory['VmRSS']:.0f} MB resident after {ASKS} questions (bar {RSS_MB:.0f} MB),"
        f" {at_start:.0f} MB before, {memory['VmHWM']:.0f} MB at most"
    )
    median = statistics.median(asks)
    print(f"tenkyo ask: median {median:.2f} s of {RUNS} (bar {ASK_S:.1f} s), {min(asks):.2f}–{max(asks):.2f} s")
    return 0 if max(healthy, ready) <= READY_S and memory["VmRSS"] <= RSS_MB and median <= ASK_S else 1


if __name__ == "__main__":
    sys.exit(main())
