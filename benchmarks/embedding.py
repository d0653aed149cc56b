"""Speed and memory of the built-in embedding model: `python -m benchmarks.embedding [HOME]`."""

import random
import resource
import statistics
import sys
import time
from pathlib import Path

from index.e5 import ensure_e5_folder
from index.onnx_embedder import OnnxEmbedder

PASSAGES, PASSAGE_CHARS, QUERIES, SEED = 128, 400, 100, 0

_PHRASES = (
    "地方公共団体は、令和6年度の予算において、",
    "住民の生活環境を保全するため、",
    "子育て世帯への支援として、",
    "情報システムの標準化に関する基本方針に基づき、",
    "約1億2,300万円を計上した。",
    "必要な措置を講ずるよう努めるものとする。",
    "前年度に比べて3.5％増加している。",
    "申請書を市町村長に提出しなければならない。",
    "災害時の避難所の運営について、",
    "関係機関と連携して計画を見直すこととした。",
)


def main() -> None:
    """Print one line for each number of threads, then the peak memory."""
    folder = ensure_e5_folder(Path(sys.argv[1] if len(sys.argv) > 1 else ".tenkyo"))
    generator = random.Random(SEED)
    passages = ["".join(generator.choices(_PHRASES, k=40))[:PASSAGE_CHARS] for _ in range(PASSAGES)]
    for threads in (1, 2):
        print(_measure(folder, threads, passages))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _measure(folder: Path, threads: int, passages: list[str]) -> str:
    start = time.perf_counter()
    embedder = OnnxEmbedder(folder, threads)
    embedder.encode_queries(["住民税の減免"])
    loaded = time.perf_counter()
    embedder.encode_passages(passages)
    rate = len(passages) / (time.perf_counter() - loaded)
    times_ms = []
    for passage in passages[:QUERIES]:
        before = time.perf_counter()
        embedder.encode_queries([f"{passage[:20]}とは何ですか"])
        times_ms.append(1000 * (time.perf_counter() - before))
    return (
        f"threads={threads}: load {loaded - start:.2f} s, {rate:.1f} passages/s of {PASSAGE_CHARS} characters,"
        f" query p50 {statistics.median(times_ms):.1f} ms"
    )


if __name__ == "__main__":
    main()
