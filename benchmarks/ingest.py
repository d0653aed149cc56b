"""Seconds that an ingest takes: `python -m benchmarks.ingest FOLDER`.

Against them stands the time that embedding the same chunks takes alone: what is left is reading, splitting, indexing and checking.
The built-in model is made beforehand and not counted.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import closing
from pathlib import Path

from assistant.compose import MAX_CHUNK_TOKENS, make_document_reader
from corpus.chunk import chunk_context
from index.builder import Builder, IngestPlan, writer_lock
from index.e5 import ensure_e5_folder
from index.generation import open_current
from index.library import Library
from index.onnx_embedder import OnnxEmbedder
from index.survey import IngestReport


def ingest(home: Path, folder: Path, model: Path, fingerprint: str) -> IngestReport:
    """One ingest as the command line does it: the model is loaded only when something must be embedded."""
    with (
        writer_lock(home, 1),
        closing(make_document_reader()) as read,
        closing(Builder(IngestPlan(home, MAX_CHUNK_TOKENS, ""), lambda: OnnxEmbedder(model), read=read)) as builder,
    ):
        return builder.ingest([folder], "folder", fingerprint=fingerprint)


def chunk_texts(home: Path) -> list[str]:
    """What was embedded, in the order of the chunks."""
    with closing(open_current(home)) as generation:
        library = Library(generation.ledger)
        return [
            chunk_context(
                library.documents[c.document_id].title,
                c.headings,
                library.page(c.document_id, c.page_number).text[c.start : c.end],
            )
            for c in library.chunks
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        model = ensure_e5_folder(home)
        embedder = OnnxEmbedder(model)
        seconds = []
        for _ in range(2):
            begun = time.perf_counter()
            report = ingest(home, folder, model, embedder.fingerprint)
            seconds.append(time.perf_counter() - begun)
        texts = chunk_texts(home)
        begun = time.perf_counter()
        embedder.encode_passages(texts)
        alone = time.perf_counter() - begun
    pages = sum(d.pages for d in report.documents)
    print(
        f"{len(report.documents)} documents, {pages} pages, {report.chunks} chunks, {len(report.failed)} files failed"
    )
    print(f"first ingest      {seconds[0]:6.1f} s  = {seconds[0] / alone:.2f} × embedding alone")
    print(f"unchanged         {seconds[1]:6.1f} s")
    print(f"embedding alone   {alone:6.1f} s  = {len(texts) / alone:.1f} chunks/s")


if __name__ == "__main__":
    main()
