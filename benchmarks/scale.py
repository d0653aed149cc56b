"""What an index of many chunks costs: `python -m benchmarks.scale CHUNKS [FOLDER] [--no-chroma]`, synthetic (seed 0).

Terms are drawn as a large vocabulary is used (Zipf, 90 a chunk: what Sudachi makes of 300 characters), vectors around 1,000
centres as texts on common subjects lie. Printed: time to build, memory and disk of each leg, latency of 200 queries.
`--no-chroma` leaves the HNSW graph out and searches vectors exactly (numpy), which is all that memory allows on some machines.
"""

import argparse
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from benchmarks.ask_latency import percentile
from corpus.chunk import chunk_page
from index.ledger import ChunkRow
from index.lexical import LexicalIndex
from index.terms import index_terms
from index.vectors import create_embedded, open_embedded

DIM, TERMS, VOCABULARY, CENTRES, QUERIES, DEPTH = 384, 90, 200_000, 1_000, 200, 100
_SENTENCES = (
    "協議会は、会員企業の新製品の開発を支援するため、年に四回の研究会を開いている。",
    "前年度の予算額は12,500千円であり、そのうち県の補助金は6,000千円であった。",
    "計画の期間は、平成22年度から平成26年度までの５年間とする。",
    "市町村は、災害が起きたときの避難所の運営を、地域の団体とともに見直すこととした。",
)


def terms_of(count: int, random: np.random.Generator) -> Iterator[list[str]]:
    """The terms of each chunk; strings are shared, as they are not when texts are read (memory while building is lower here)."""
    words = [f"語{n}" for n in range(VOCABULARY)]
    for _ in range(count):
        yield [words[n] for n in random.zipf(1.2, TERMS) % VOCABULARY]


def vectors_of(count: int, random: np.random.Generator) -> NDArray[np.float32]:
    """Unit vectors (count, DIM) around centres."""
    centres = random.normal(size=(CENTRES, DIM)).astype(np.float32)
    made = np.empty((count, DIM), np.float32)
    for i in range(0, count, 50_000):
        part = made[i : i + 50_000]
        part[:] = centres[random.integers(CENTRES, size=len(part))] + random.normal(size=part.shape) * 0.7
        part /= np.linalg.norm(part, axis=1, keepdims=True)
    return made


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def size_mb(folder: Path) -> float:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def latency(run: Callable[[int], object]) -> str:
    times = []
    for n in range(QUERIES):
        begun = time.perf_counter()
        run(n)
        times.append(1000 * (time.perf_counter() - begun))
    return f"p50 {percentile(times, 0.5):.1f} ms, p95 {percentile(times, 0.95):.1f} ms"


def lexical_leg(count: int, folder: Path, random: np.random.Generator) -> None:
    begun = time.perf_counter()
    texts: Sequence[list[str]] = list(terms_of(count, random))
    made = time.perf_counter()
    LexicalIndex.build(texts).save(folder / "lexical")
    print(f"BM25: built in {time.perf_counter() - made:.1f} s (terms made in {made - begun:.1f} s)", flush=True)
    del texts
    before = resident_mb()
    index = LexicalIndex.load(folder / "lexical")
    queries = [[f"語{n}" for n in random.zipf(1.2, 12) % VOCABULARY] for _ in range(QUERIES)]
    times = latency(lambda n: index.rank(queries[n], DEPTH))
    print(
        f"BM25: {size_mb(folder / 'lexical'):.0f} MB on disk, +{resident_mb() - before:.0f} MB in memory, {times}",
        flush=True,
    )


def dense_leg(count: int, folder: Path, random: np.random.Generator, *, chroma: bool) -> None:
    vectors = vectors_of(count, random)
    queries = (
        vectors[random.integers(count, size=QUERIES)] + random.normal(size=(QUERIES, DIM)).astype(np.float32) * 0.02
    )
    exact = [np.argpartition(-(vectors @ q), 10)[:10] for q in queries[:50]]
    print(
        f"exact: {vectors.nbytes / 1e6:.0f} MB, {latency(lambda n: np.argpartition(-(vectors @ queries[n]), DEPTH))}",
        flush=True,
    )
    if not chroma:
        return
    rows = [ChunkRow(f"d{n // 100}#{n}", f"d{n // 100}", n % 100, 0, 300, ()) for n in range(count)]
    begun = time.perf_counter()
    with closing(create_embedded(folder / "chroma")) as store:
        store.add(rows, vectors)
    print(f"Chroma: built in {time.perf_counter() - begun:.0f} s", flush=True)
    before = resident_mb()
    with closing(open_embedded(folder / "chroma")) as store:
        store.warm()
        times = latency(lambda n: store.rank(queries[n], DEPTH, None))
        held = resident_mb() - before
        found = [{int(one.partition("#")[2]) for one, _ in store.rank(q, 10, None)} for q in queries[:50]]
    recall = sum(len(set(map(int, e)) & f) for e, f in zip(exact, found, strict=True)) / 500
    print(
        f"Chroma: {size_mb(folder / 'chroma'):.0f} MB on disk, +{held:.0f} MB in memory, {times}, recall@10 {recall:.3f}",
        flush=True,
    )


def reading_rate() -> str:
    """How fast text becomes chunks and terms, on one core."""
    page = "\n".join("　" + "".join(_SENTENCES[(n + k) % 4] for k in range(3)) for n in range(6))
    begun, chunks, chars = time.perf_counter(), 0, 0
    while time.perf_counter() - begun < 5:
        for chunk in chunk_page(1, page, 180):
            index_terms(page[chunk.start : chunk.end])
            chunks, chars = chunks + 1, chars + chunk.end - chunk.start
    seconds = time.perf_counter() - begun
    return f"{chunks / seconds:.0f} chunks/s ({chars / chunks:.0f} characters each)"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("chunks", type=int)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--no-chroma", action="store_true")
    options = parser.parse_args()
    random = np.random.default_rng(0)
    with TemporaryDirectory(dir=options.folder) as folder:
        print(f"{options.chunks:,} chunks", flush=True)
        print(f"chunking and terms: {reading_rate()}", flush=True)
        lexical_leg(options.chunks, Path(folder), random)
        dense_leg(options.chunks, Path(folder), random, chroma=not options.no_chroma)
        free = shutil.disk_usage(folder).free / 1e9
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB, {free:.0f} GB of disk free")
    return 0


if __name__ == "__main__":
    sys.exit(main())
