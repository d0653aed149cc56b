"""Broken files: no crash, no hang, each in the ledger or told with a reason, and the good ones indexed beside them."""

import time
from contextlib import closing
from pathlib import Path

from corpus.document import Document
from corpus.document_reader import DocumentReader
from corpus.sandbox import Sandbox
from corpus.source import Source
from index.builder import Builder, IngestPlan, writer_lock
from index.ledger import Ledger

from .broken_files import broken_files, good_files
from .fakes import MAX_TOKENS, BigramEmbedder, retriever

COUNT = 200
LIMIT_S = 15.0  # of one file


def test_two_hundred_broken_files_are_all_accounted_for(tmp_path: Path) -> None:
    folder, home = tmp_path / "documents", tmp_path / "home"
    folder.mkdir()
    names = {*good_files(), *(name for name, _ in broken_files(COUNT, seed=5))}
    for name, data in (*good_files().items(), *broken_files(COUNT, seed=5)):
        (folder / name).write_bytes(data)
    times: list[float] = []
    with Sandbox() as sandbox, writer_lock(home, 0):
        read = DocumentReader(sandbox, LIMIT_S)

        def timed(source: Source) -> Document:
            begun = time.monotonic()
            try:
                return read(source)
            finally:
                times.append(time.monotonic() - begun)

        with closing(Builder(IngestPlan(home, MAX_TOKENS, ""), BigramEmbedder, read=timed)) as builder:
            report = builder.ingest([folder], "folder")

    assert max(times) < 2 * LIMIT_S + 5  # a file that takes its process down is tried once more
    assert all(reason.strip() for _, reason in report.failed)
    with closing(Ledger(home / "ledger.sqlite3", read_only=True)) as ledger:
        documents, failures, accounts = ledger.documents(), ledger.failures(), ledger.accounts()
        seen = {Path(d.path).name for d in documents} | {Path(p.partition(" の ")[0]).name for p, _ in failures}
        for d in documents:
            counts = accounts[d.id]
            assert counts.pages == counts.indexed + counts.empty + counts.failed == d.pages
            assert all(p.reason for p in ledger.page_states(d.id) if p.state != "indexed")
    assert seen == names
    assert len(failures) > COUNT // 4
    good = {d.path.rpartition("/")[2] for d in documents if accounts[d.id].indexed}
    assert {name for name in good_files() if name != "good-scan.pdf"} <= good
    with retriever(home) as search:
        whole = [
            d.id for d in documents if d.path.rpartition("/")[2] in good_files()
        ]  # the broken ones are near copies
        assert any("1,870" in passage.text for passage in search.search("防波堤の延長", 5, whole))
