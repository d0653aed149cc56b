"""What the index tests share: an embedder without a model, small folders of documents, a real Chroma server."""

import hashlib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.builder import Builder, IngestPlan, writer_lock
from index.embedder import Embedder
from index.generation import Generation, open_current
from index.library import Library
from index.retriever import HybridRetriever, RetrieverSettings
from index.survey import IngestReport

MAX_TOKENS = 60


class BigramEmbedder:
    """Unit vectors of hashed character bigrams: texts that share wording are near. `passages` counts what was embedded."""

    dim = 64

    def __init__(self, name: str = "bigrams", seconds_a_text: float = 0.0) -> None:
        self.fingerprint = name
        self.passages = 0
        self._seconds_a_text = seconds_a_text

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self._vector(t) for t in texts], np.float32).reshape(len(texts), self.dim)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.passages += len(texts)
        time.sleep(self._seconds_a_text * len(texts))
        return self.encode_queries(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dim, 1e-3, np.float32)
        for i in range(len(text) - 1):
            vector[hashlib.sha256(text[i : i + 2].encode()).digest()[0] % self.dim] += 1
        return vector / np.float32(np.linalg.norm(vector))


class NoModel(AssertionError):
    """A test that needs no model loaded one."""


def no_model() -> Embedder:
    raise NoModel


def write(folder: Path, **texts: str) -> Path:
    """Writes `name.txt` for every keyword; pages are separated by form feeds."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def ingest(
    home: Path,
    *paths: Path,
    embedder: Embedder | None = None,
    make: Callable[[], Embedder] | None = None,
    origin: str = "folder",
    fingerprint: str | None = None,
    max_tokens: int = MAX_TOKENS,
    chroma_url: str = "",
) -> IngestReport:
    """One whole ingest, as the command line does it."""
    one = embedder or BigramEmbedder()
    with (
        writer_lock(home, 0),
        closing(Builder(IngestPlan(home, max_tokens, chroma_url), make or (lambda: one))) as builder,
    ):
        return builder.ingest(paths, origin, fingerprint=fingerprint)


def remove(home: Path, document_id: str, *, chroma_url: str = "") -> IngestReport:
    with (
        writer_lock(home, 0),
        closing(Builder(IngestPlan(home, MAX_TOKENS, chroma_url), BigramEmbedder)) as builder,
    ):
        return builder.remove(document_id)


@contextmanager
def opened(home: Path) -> Iterator[Generation]:
    generation = open_current(home)
    try:
        yield generation
    finally:
        generation.close()


@contextmanager
def retriever(
    home: Path, embedder: Embedder | None = None, settings: RetrieverSettings | None = None
) -> Iterator[HybridRetriever]:
    with opened(home) as generation:
        yield HybridRetriever(generation, Library(generation.ledger), embedder or BigramEmbedder(), settings=settings)


@contextmanager
def chroma_server(folder: Path, port: int = 0) -> Iterator[str]:
    """A `chroma run` of its own on a port of the loopback (0: a free one); its URL."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder), "--port", str(port)]
    server = subprocess.Popen([*command, "--host", "127.0.0.1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while True:
            with closing(socket.socket()) as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("chroma run did not start")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()
