"""Vectors in Chroma, embedded in this process or behind a Chroma server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from corpus.errors import TenkyoError
from index.errors import IndexBroken, VectorStoreUnreachable

if TYPE_CHECKING:
    from index.ledger import ChunkRow

_COLLECTION = "chunks"
_BATCH = 1000
_CONNECT_TIMEOUT_S = 5.0  # for a server to say that it is there
_QUERY_TIMEOUT_S = 10.0
_WRITE_TIMEOUT_S = 300.0  # a batch makes the server build its graph
# Chroma builds the graph anew when it opens a small collection, each time another one, and a narrow search then misses other
# chunks each time, the best one included. So wide a search reads every chunk of a collection of up to 2,000 and ranks the same always.
# With 32 neighbours pruning left a chunk that no link led to in 16 of 40 graphs of 1,200 vectors, with 64 in none of 190.
_CONFIGURATION = {"hnsw": {"space": "cosine", "ef_search": 2000, "ef_construction": 400, "max_neighbors": 64}}


class VectorIndex(Protocol):
    """Chunks by the cosine of their vectors."""

    def rank(
        self, vector: NDArray[np.float32], depth: int, document_ids: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        """(chunk id, cosine) of the best `depth` chunks, best first; `vector` is (dim,), of unit length."""

    def count(self) -> int:
        """How many chunks there are."""

    def warm(self) -> None:
        """Loads everything that a query needs. Raises IndexBroken or VectorStoreUnreachable when a query would not work."""

    def close(self) -> None:
        """Ends the use of the files or of the server."""


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


class ChromaVectors:
    """A Chroma collection with cosine distance; ids are chunk ids, metadata names document and page. `url` is "" when embedded."""

    def __init__(self, client: Any, collection: Any, url: str = "") -> None:
        self._client = client
        self._collection = collection
        self._url = url

    def add(self, chunks: Sequence[ChunkRow], vectors: NDArray[np.float32]) -> None:
        """Stores `vectors` (n_chunks, dim) under the chunks' ids."""
        for i in range(0, len(chunks), _BATCH):
            part = chunks[i : i + _BATCH]
            self._collection.upsert(
                ids=[c.id for c in part],
                embeddings=vectors[i : i + _BATCH],
                metadatas=[{"document_id": c.document_id, "page": c.page_number} for c in part],
            )

    def rank(
        self, vector: NDArray[np.float32], depth: int, document_ids: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        if depth <= 0 or (document_ids is not None and not document_ids) or not self.count():
            return []
        where = {"document_id": {"$in": sorted(document_ids)}} if document_ids is not None else None
        with _told(self._url):
            found = self._collection.query(
                query_embeddings=[vector], n_results=depth, where=where, include=["distances"]
            )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return sorted(((i, 1.0 - d) for i, d in pairs), key=lambda p: (-p[1], p[0]))

    def count(self) -> int:
        with _told(self._url):
            return int(self._collection.count())

    def warm(self) -> None:
        # A query, because Chroma reads the HNSW graph at the first one; after it the files may vanish under an open client.
        with _told(self._url):
            first = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
        if len(first):
            self.rank(np.asarray(first[0], np.float32), 1, None)

    def close(self) -> None:
        _close(self._client)


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Chroma's errors in our words; it raises its own, httpx's, ValueError and RuntimeError."""
    try:
        yield
    except TenkyoError:
        raise
    except Exception as error:
        if url and not _answers(url):
            raise _unreachable(url) from error
        where = f"Chromaサーバー（{url}）の索引" if url else "ベクトルの索引"
        raise IndexBroken(f"{where}を検索できません（{error}）。`tenkyo ingest` で作り直してください。") from error


def _answers(url: str) -> bool:
    try:
        _close(_http(url))
    except VectorStoreUnreachable:
        return False
    return True


def _unreachable(url: str) -> VectorStoreUnreachable:
    return VectorStoreUnreachable(
        f"Chromaサーバー（{url}）に接続できません。サーバーの起動と TENKYO_CHROMA_URL を確かめてください。"
    )


def create_embedded(folder: Path) -> ChromaVectors:
    """A new collection in a fresh folder; only the builder calls this, nobody writes to the folder afterwards."""
    import chromadb

    client = chromadb.PersistentClient(str(folder), settings=_settings())
    collection = client.create_collection(_COLLECTION, embedding_function=None, configuration=_CONFIGURATION)
    return ChromaVectors(client, collection)


def open_embedded(folder: Path) -> ChromaVectors:
    """The collection of a generation. Raises IndexBroken when there is none."""
    import chromadb

    if not (folder / "chroma.sqlite3").is_file():  # Chroma would make an empty one
        raise IndexBroken(f"ベクトルの索引（{folder}）がありません。`tenkyo ingest` で作り直してください。")
    with _told(""):
        client = chromadb.PersistentClient(str(folder), settings=_settings())
        try:
            return ChromaVectors(client, client.get_collection(_COLLECTION, embedding_function=None))
        except Exception:
            _close(client)
            raise


def _close(client: Any) -> None:
    client.close()
    for one in (client, getattr(client, "_admin_client", None)):
        session = getattr(getattr(one, "_server", None), "_session", None)
        if session is not None:  # Chroma 1.5.9 leaves the connections of its HTTP clients open
            session.close()


def _http(url: str, timeout_s: float | None = None) -> Any:
    import chromadb
    import httpx

    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port or (443 if parts.scheme == "https" else 8000)
    try:
        # Chroma's own client waits without end for an address or a server that does not answer
        httpx.get(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=_CONNECT_TIMEOUT_S)
        client = chromadb.HttpClient(host=host, port=port, ssl=parts.scheme == "https", settings=_settings())
        client._server._session.timeout = httpx.Timeout(timeout_s or _QUERY_TIMEOUT_S, connect=_CONNECT_TIMEOUT_S)
        return client
    except Exception as error:  # the client raises ValueError, httpx errors and its own
        raise _unreachable(url) from error


def create_remote(url: str, generation: str) -> ChromaVectors:
    """A new collection `tenkyo-<generation>` on a Chroma server. Raises VectorStoreUnreachable."""
    client = _http(url, _WRITE_TIMEOUT_S)
    with _told(url):
        collection = client.create_collection(
            _remote_name(generation), embedding_function=None, configuration=_CONFIGURATION
        )
    return ChromaVectors(client, collection, url)


def open_remote(url: str, generation: str) -> ChromaVectors:
    """Raises VectorStoreUnreachable, or IndexBroken when the server has no such collection."""
    client = _http(url)
    try:
        with _told(url):
            return ChromaVectors(client, client.get_collection(_remote_name(generation), embedding_function=None), url)
    except TenkyoError:
        _close(client)
        raise


def drop_remote(url: str, generations: Sequence[str]) -> None:
    """Deletes the collections of these generations; others on the server may belong to another TENKYO_HOME."""
    client = _http(url, _WRITE_TIMEOUT_S)
    try:
        with _told(url):
            names = {_remote_name(one) for one in generations}
            for name in sorted(names & {c.name for c in client.list_collections()}):
                client.delete_collection(name)
    finally:
        _close(client)


def _remote_name(generation: str) -> str:
    return f"tenkyo-{generation}"
