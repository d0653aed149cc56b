"""What the language model answers and what the checks take out: `python -m benchmarks.llm_answers FILE [--limit N] [--seed 0]`.

FILE is JSON Lines with `question` and maybe `history` (questions asked before), as in an eval data set. The model is the one of
TENKYO_LLM, TENKYO_LLM_BASE_URL and TENKYO_LLM_API_KEY; TENKYO_HOME must hold an index. The questions are a sample by the seed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Turn
from assistant.compose import open_service
from assistant.service import Service
from assistant.settings import load_settings
from corpus.errors import TenkyoError


def sample(path: Path, limit: int, seed: int) -> list[dict[str, Any]]:
    """`limit` items of the file in its order."""
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    chosen = sorted(random.Random(seed).sample(range(len(items)), min(limit, len(items))))
    return [items[i] for i in chosen]


def ask(service: Service, item: dict[str, Any]) -> tuple[Answer, float]:
    """The answer and its seconds, without those of the turns before it."""
    history: list[Turn] = []
    for question in item.get("history") or ():
        history.append(Turn(question, service.ask(question, history).answer))
    begun = time.perf_counter()
    answer = service.ask(item["question"], history)
    return answer, time.perf_counter() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    settings = load_settings()
    if not settings.llm:
        print("TENKYO_LLM を設定してください（例 openai:モデル名）。", file=sys.stderr)
        return 2
    try:
        service = open_service(settings)
    except TenkyoError as error:
        print(error.message, file=sys.stderr)
        return 1
    seconds: list[float] = []
    dropped = fell_back = abstained = 0
    for item in sample(options.file, options.limit, options.seed):
        answer, took = ask(service, item)
        seconds.append(took)
        dropped += bool(answer.checks.dropped)
        fell_back += answer.reader != settings.llm
        abstained += answer.abstained
        print(f"{item.get('id', '')} {item['question']}")
        print(f"  {took:.1f}s  {answer.reader}  dropped {list(answer.checks.dropped)}")
        print(f"  {answer.answer}", flush=True)
        if "answer" in item:
            print(f"  expected: {item['answer']}", flush=True)
    service.close()
    n = len(seconds)
    mean = sum(seconds) / n if n else 0.0
    print(
        f"n {n}, model {settings.llm}, mean {mean:.1f}s, longest {max(seconds, default=0.0):.1f}s, "
        f"something dropped {dropped}, fell back {fell_back}, abstained {abstained}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
