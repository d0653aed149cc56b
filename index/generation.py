"""Generations of the index: each in a folder of its own, made once, never changed; a pointer names the one that serves."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.chunk import CHUNKING
from corpus.tokenizer import dictionary_version
from index.errors import IndexBroken, IndexMissing, IndexStale
from index.exact import ExactVectors
from index.ledger import SCHEMA_MARK, Ledger
from index.lexical import LexicalIndex
from index.terms import TERMS
from index.vectors import VectorIndex, open_embedded, open_remote

# A generation's ledger is opened for reading only, so other columns ask for another generation by themselves.
FORMAT = 5 * 10**10 + SCHEMA_MARK
_POINTER = "CURRENT"
_BUILD = ".build-"
_PROBE_COSINE = 0.99


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was made from; two equal stamps mean the same index."""

    format: int
    documents: str  # SHA-256 over the documents' ids, hashes and how they were read
    chunking: str
    terms: str
    dictionary: str
    embedding: str
    store: str  # "embedded", or the URL of the Chroma server

    @classmethod
    def of(cls, documents: str, max_tokens: int, embedding: str, store: str) -> Stamp:
        return cls(FORMAT, documents, f"{CHUNKING}/{max_tokens}", TERMS, dictionary_version(), embedding, store)

    def differences(self, other: Stamp) -> tuple[str, ...]:
        """Japanese names of what differs, documents left out (they differ after every ingest)."""
        names = {
            "format": "索引の形式",
            "chunking": "チャンク分割",
            "terms": "検索語の作り方",
            "dictionary": "日本語辞書",
            "embedding": "埋め込みモデル",
            "store": "ベクトルの置き場所",
        }
        return tuple(label for field, label in names.items() if getattr(self, field) != getattr(other, field))


@dataclass(slots=True)
class Generation:
    """An open generation: its ledger, its BM25 index and its vectors."""

    name: str
    folder: Path
    stamp: Stamp
    ledger: Ledger
    lexical: LexicalIndex
    vectors: VectorIndex

    def close(self) -> None:
        self.ledger.close()
        self.vectors.close()


def current_name(home: Path) -> str | None:
    """The generation that the pointer names; None when nothing was ever built."""
    try:
        return (home / "index" / _POINTER).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def read_stamp(folder: Path) -> Stamp:
    """Raises IndexBroken when the generation has no readable stamp."""
    try:
        return Stamp(**json.loads((folder / "stamp.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexBroken(f"索引（{folder}）が壊れています。`tenkyo ingest` で作り直してください。") from error


def open_current(home: Path, *, exact: bool = False) -> Generation:
    """Opens the serving generation. Raises IndexMissing, IndexBroken or VectorStoreUnreachable.

    With `exact` the stored vectors are searched one by one and embedded Chroma stays closed.
    """
    name = current_name(home)
    while name is not None:
        try:
            return open_generation(home, name, exact=exact)
        except IndexBroken:
            # an ingest may just have put another in its place
            before, name = name, current_name(home)
            if name == before:
                raise
    raise IndexMissing("まだ索引がありません。`tenkyo ingest` で文書を取り込んでください。")


def open_generation(home: Path, name: str, *, exact: bool = False) -> Generation:
    """Opens a generation and loads what a search needs. Raises IndexBroken or VectorStoreUnreachable."""
    folder = home / "index" / name
    stamp = read_stamp(folder)
    with ExitStack() as opened:
        try:
            ledger = Ledger(folder / "ledger.sqlite3", read_only=True)
            opened.callback(ledger.close)
            chunks = ledger.chunks()
            lexical = LexicalIndex.load(folder / "lexical")
        except (OSError, ValueError, KeyError, TypeError, sqlite3.Error) as error:
            raise _broken(folder, error) from error
        embedded = stamp.store == "embedded"
        vectors: VectorIndex
        if embedded and exact:
            vectors = ExactVectors(folder, chunks)
        else:
            vectors = open_embedded(folder / "chroma") if embedded else open_remote(stamp.store, name)
        opened.callback(vectors.close)
        if not len(chunks) == lexical.size == vectors.count():
            raise _broken(folder, "件数が台帳と合いません")
        vectors.warm()
        opened.pop_all()
    return Generation(name, folder, stamp, ledger, lexical, vectors)


def _broken(folder: Path, reason: object) -> IndexBroken:
    return IndexBroken(f"索引（{folder}）を開けません（{reason}）。`tenkyo ingest` で作り直してください。")


def require_fresh(stamp: Stamp, expected: Stamp) -> None:
    """Raises IndexStale, naming what differs, unless both were made the same way."""
    differences = stamp.differences(expected)
    if differences:
        raise IndexStale(
            f"索引が今の設定と合いません（{'、'.join(differences)}が違います）。`tenkyo ingest` で作り直してください。"
        )


def publish(home: Path, build: Path, name: str) -> None:
    """Gives the finished build its name and makes it the serving generation, atomically."""
    root = home / "index"
    os.rename(build, root / name)
    pointer = root / f"{_POINTER}.tmp"
    pointer.write_text(name, encoding="utf-8")
    with pointer.open("rb") as handle:
        os.fsync(handle.fileno())
    os.replace(pointer, root / _POINTER)


def sweep(home: Path, keep: tuple[str, ...]) -> None:
    """Removes abandoned builds and generations other than `keep`; what cannot be removed now stays for the next time."""
    for folder in _others(home, keep):
        shutil.rmtree(folder, ignore_errors=True)


def superseded(home: Path, keep: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the generations, finished or abandoned, that `sweep` would remove."""
    return tuple(folder.name.removeprefix(_BUILD) for folder in _others(home, keep))


def _others(home: Path, keep: tuple[str, ...]) -> list[Path]:
    root = home / "index"
    entries = sorted(root.iterdir()) if root.is_dir() else []
    return [entry for entry in entries if entry.is_dir() and entry.name not in keep]


def write_stamp(folder: Path, stamp: Stamp) -> None:
    (folder / "stamp.json").write_text(json.dumps(asdict(stamp), ensure_ascii=False, indent=1), encoding="utf-8")


def check(generation: Generation, probes: NDArray[np.float32]) -> None:
    """Raises IndexBroken unless counts agree and, when there are `probes` (vectors of chunks, (n, dim)), one of them is found.

    One is enough: the HNSW graph is approximate, and among hundreds of texts that are nearly equal it may miss a single one.
    """
    chunks = len(generation.ledger.chunks())
    if generation.lexical.size != chunks or generation.vectors.count() != chunks:
        raise IndexBroken("新しい索引の件数が台帳と合いません。`tenkyo ingest` をもう一度実行してください。")
    found = (generation.vectors.rank(probe, 1, None) for probe in probes)
    if len(probes) and not any(ranking and ranking[0][1] >= _PROBE_COSINE for ranking in found):
        raise IndexBroken("新しい索引で確認の検索ができません。`tenkyo ingest` をもう一度実行してください。")
