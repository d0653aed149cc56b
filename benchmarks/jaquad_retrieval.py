"""Retrieval on JaQuAD's development set, each passage a page: `python -m benchmarks.jaquad_retrieval DATA_DIR`.

DATA_DIR holds `dev_*.json` of JaQuAD (So et al., arXiv:2202.01764; SQuAD's shape). Every distinct passage becomes one page of a
document per file, indexed by the Builder and searched by the HybridRetriever with the settings that serve. A page stands where
its best chunk stands; a question's only relevant page is the one that it was written for. `--titles` makes a document of every
article instead, with its title.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from assistant.compose import MAX_CHUNK_TOKENS
from index.builder import Builder, IngestPlan, writer_lock
from index.e5 import ensure_e5_folder
from index.generation import open_current
from index.library import Library
from index.onnx_embedder import OnnxEmbedder
from index.retriever import HybridRetriever, RetrieverSettings

CUTOFFS = (1, 5, 10)
DEPTH = 100  # chunks: enough for ten pages


@dataclass(frozen=True, slots=True)
class Question:
    """`page` is (document id, page number) of its passage."""

    text: str
    page: tuple[str, int]


def write_documents(data: Path, out: Path, *, titles: bool) -> list[Question]:
    """Writes the passages to `out` as text files with form feeds; the questions in the order of the files."""
    manifest: list[str] = []
    questions: list[Question] = []
    for source in sorted(data.glob("dev_*.json")):
        articles = json.loads(source.read_text(encoding="utf-8"))["data"]
        groups = (
            [(f"{source.stem}-{n:03d}", [a]) for n, a in enumerate(articles)] if titles else [(source.stem, articles)]
        )
        for name, members in groups:
            pages: dict[str, int] = {}
            for article in members:
                for paragraph in article["paragraphs"]:
                    number = pages.setdefault(paragraph["context"].replace("\f", " "), len(pages) + 1)
                    questions += [Question(qa["question"], (name, number)) for qa in paragraph["qas"]]
            (out / f"{name}.txt").write_text("\f".join(pages), encoding="utf-8")
            title = re.sub(r'["\\]', "", members[0]["title"]) if titles else "ウィキペディア日本語版"
            manifest.append(f'[[document]]\nfile = "{name}.txt"\ntitle = "{title}"\n')
    (out / "manifest.toml").write_text("\n".join(manifest), encoding="utf-8")
    return questions


def open_retrievers(documents: Path, home: Path) -> tuple[HybridRetriever, HybridRetriever]:
    """Indexes the documents under `home` (only what its embedding cache lacks is embedded): the retriever that serves, and RRF."""
    embedder = OnnxEmbedder(ensure_e5_folder(home))
    with writer_lock(home, 1):
        builder = Builder(IngestPlan(home, MAX_CHUNK_TOKENS, ""), lambda: embedder, _show)
        report = builder.ingest([documents], "folder", fingerprint=embedder.fingerprint)
        builder.close()
    print(file=sys.stderr)
    if report.failed:
        raise SystemExit(f"not indexed: {report.failed}")
    pages = sum(d.pages for d in report.documents)
    print(f"{len(report.documents)} documents, {pages} pages, {report.chunks} chunks; ingest {report.seconds:.0f} s")
    generation = open_current(home)
    library = Library(generation.ledger)
    by_ranks = RetrieverSettings(fusion="ranks")
    return HybridRetriever(generation, library, embedder), HybridRetriever(
        generation, library, embedder, settings=by_ranks
    )


def rank_of(chunk_ids: Sequence[str], page: tuple[str, int]) -> int | None:
    """Place of the page among the pages of a ranking of chunks, from 1."""
    pages = list(dict.fromkeys(one.rpartition(".")[0] for one in chunk_ids))
    wanted = f"{page[0]}#{page[1]}"
    return pages.index(wanted) + 1 if wanted in pages else None


def scores(ranks: Sequence[int | None]) -> str:
    """R@k: share of questions with their page among the first k; MRR@10: mean of 1/rank, 0 beyond the tenth."""
    n = len(ranks)
    recalls = [f"R@{k} {sum(r is not None and r <= k for r in ranks) / n:.3f}" for k in CUTOFFS]
    mrr = sum(1 / r for r in ranks if r is not None and r <= CUTOFFS[-1]) / n
    return "  ".join([*recalls, f"MRR@10 {mrr:.3f}"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cache", type=Path, help="folder that keeps model, vectors and index for the next run")
    parser.add_argument("--titles", action="store_true", help="a document per article, with its title")
    arguments = parser.parse_args()
    keep = nullcontext(str(arguments.cache)) if arguments.cache else tempfile.TemporaryDirectory()
    with keep as cache, tempfile.TemporaryDirectory() as documents:
        home = Path(cache)
        home.mkdir(parents=True, exist_ok=True)
        questions = write_documents(arguments.data, Path(documents), titles=arguments.titles)
        serving, by_ranks = open_retrievers(Path(documents), home)
        # random.sample, so that the 1,000 questions of seed 0 are the same for everyone
        sample = random.Random(arguments.seed).sample(questions, min(arguments.questions, len(questions)))
        ranks: dict[str, list[int | None]] = {"lexical": [], "dense": [], "RRF": [], "fused": []}
        seconds = 0.0
        for question in sample:
            for leg, ranking in serving.legs(question.text, DEPTH).items():
                ranks[leg].append(rank_of([one for one, _ in ranking], question.page))
            ranks["RRF"].append(rank_of([p.chunk_id for p in by_ranks.search(question.text, DEPTH)], question.page))
            begun = time.perf_counter()
            fused = serving.search(question.text, DEPTH)
            seconds += time.perf_counter() - begun
            ranks["fused"].append(rank_of([p.chunk_id for p in fused], question.page))
    print(
        f"n = {len(sample)} of {len(questions)} questions, seed {arguments.seed}; {1000 * seconds / len(sample):.0f} ms a search"
    )
    for leg, found in ranks.items():
        print(f"{leg:<8}{scores(found)}")


def _show(step: str, done: int, total: int) -> None:
    print(f"\r{step} {done}/{total}  ", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
