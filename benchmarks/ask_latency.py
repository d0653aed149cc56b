"""How long /v1/ask takes: `python -m benchmarks.ask_latency QUESTIONS.jsonl [--url http://127.0.0.1:8000]`.

A line of the file is `{"question": …, "history": ["an earlier question", …]}`; more fields do not disturb. Without `--url`
the questions are asked in this process, on the index of TENKYO_HOME. Exit 1 when a bar is missed.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx

from assistant.answer import Turn
from assistant.compose import open_service
from assistant.settings import load_settings

P50_MS, P95_MS = 150.0, 400.0
Ask = Callable[[dict[str, Any]], dict[str, float]]  # timings_ms of the answer


def read_questions(path: Path) -> list[dict[str, Any]]:
    """Bodies for /v1/ask, one a line; what was answered earlier is left empty."""
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        {"question": i["question"], "history": [{"question": q, "answer": ""} for q in i.get("history", [])]}
        for i in items
    ]


@contextmanager
def over_http(url: str) -> Iterator[Ask]:
    """Asks a running server."""
    with httpx.Client(base_url=url, timeout=120) as client:

        def ask(body: dict[str, Any]) -> dict[str, float]:
            response = client.post("/v1/ask", json=body)
            response.raise_for_status()
            timings: dict[str, float] = response.json()["timings_ms"]
            return timings

        yield ask


@contextmanager
def in_process() -> Iterator[Ask]:
    """Asks the service itself."""
    with closing(open_service(load_settings())) as service:
        yield (
            lambda body: (
                service.ask(body["question"], [Turn(t["question"], t["answer"]) for t in body["history"]]).timings_ms
            )
        )


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of all values do not exceed."""
    return sorted(values)[max(0, -int(-share * len(values) // 1) - 1)]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--url", default="")
    options = parser.parse_args()
    questions = read_questions(options.file)
    with over_http(options.url) if options.url else in_process() as ask:
        ask({"question": "準備", "history": []})
        times, parts = [], []
        for body in questions:
            begun = time.perf_counter()
            parts.append(ask(body))
            times.append(1000 * (time.perf_counter() - begun))
    p50, p95 = statistics.median(times), percentile(times, 0.95)
    slowest = questions[times.index(max(times))]["question"]
    means = {name: statistics.mean(p[name] for p in parts) for name in ("retrieve", "answer", "verify")}
    print(f"{len(times)} questions {'over HTTP' if options.url else 'in process'}, load {os.getloadavg()[0]:.1f}")
    print(
        f"p50 {p50:.0f} ms (bar {P50_MS:.0f}), p95 {p95:.0f} ms (bar {P95_MS:.0f}), max {max(times):.0f} ms: {slowest}"
    )
    print("mean " + ", ".join(f"{name} {value:.0f} ms" for name, value in means.items()))
    return 0 if p50 <= P50_MS and p95 <= P95_MS else 1


if __name__ == "__main__":
    sys.exit(main())
