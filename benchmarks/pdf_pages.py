"""How fast PDF pages become chunks, and how much memory that takes: `python -m benchmarks.pdf_pages [FILE.pdf] [--pages 500]`."""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

from corpus.chunk import chunk_page
from corpus.pdf_loader import PdfLoader
from tests.documents.pdfs import Paper

_MAX_TOKENS = 200
_WORDS = (
    "大空県は工業団地の整備と人材の育成を二つの柱とし、{n}か所の団地に事業者を迎える。",
    "あわせて、道路と港の整備を進め、{n}年度までに貨物の取扱量を一割増やすことを目標とする。",
    "農業では、果樹と花きの産地を広げ、{n}件の新しい出荷先を開くことをめざしている。",
)
_LINE = 41  # characters
_LINES = 32


def long_paper(pages: int) -> bytes:
    """Pages of some 1,000 characters each, with a head and a number; every fifth has a ruled table as well."""
    paper = Paper(title="長い計画")
    for page in range(pages):
        words = "".join(_WORDS[(page + n) % 3].format(n=page * 7 + n) for n in range(40))
        lines = [words[at : at + _LINE] for at in range(0, len(words), _LINE)]
        paper.text(72, 40, "大空県産業計画（長い版）", 8).right(523, 815, f"- {page + 1} -", 9)
        paper.lines(72, 80, lines[: _LINES - 12 * (page % 5 == 0)], 10.5, 18)
        if page % 5 == 0:
            for n in range(11):
                paper.line(72, 480 + 18 * n, 512, 480 + 18 * n)
                if n < 10:
                    for column in range(5):
                        paper.text(76 + 110 * column if column < 4 else 450, 494 + 18 * n, f"{page}{n}{column}")
            for x in (72, 182, 292, 402, 512):
                paper.line(x, 480, x, 660)
        paper.next_page()
    return paper.data()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--pages", type=int, default=500)
    asked = parser.parse_args()
    data = asked.file.read_bytes() if asked.file else long_paper(asked.pages)
    chunk_page(1, "辞書を読み込む。", _MAX_TOKENS)
    before = _peak_mib()
    start, cpu = time.perf_counter(), time.process_time()
    loaded = PdfLoader().load(data, "long.pdf")
    read = time.process_time() - cpu
    chunks = sum(len(chunk_page(n, page.text, _MAX_TOKENS)) for n, page in enumerate(loaded.pages, 1))
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    count = len(loaded.pages)
    print(
        f"{count} pages, {len(data) / 1e6:.1f} MB, {sum(len(p.text) for p in loaded.pages)} characters, {chunks} chunks"
    )
    print(
        f"reading alone {count / read:.0f} pages/s; to chunks {count / cpu:.0f} pages/s of processor time, {count / seconds:.0f} by the clock"
    )
    print(f"memory: {_peak_mib() - before:.0f} MiB more at the peak, {before:.0f} MiB before")


def _peak_mib() -> float:
    return (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        / (1 if sys.platform == "darwin" else 1024)
        / 1024 ** (sys.platform == "darwin")
    )


if __name__ == "__main__":
    main()
