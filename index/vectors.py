"""Vectors in Chroma, embedded in this process or behind a Chroma server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from index.errors import VectorStoreUnreachable

if TYPE_CHECKING:
    from index.ledger import ChunkRow

_COLLECTION = "chunks"
_BATCH = 1000


class VectorIndex(Protocol):
    """Chunks by the cosine of their vectors."""

    def rank(
        self, vector: NDArray[np.float32], depth: int, document_ids: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        """(chunk id, cosine) of the best `depth` chunks, best first; `vector` is (dim,), of unit length."""

    def count(self) -> int: ...

    def close(self) -> None: ...


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


class ChromaVectors:
    """A Chroma collection with cosine distance; ids are chunk ids, metadata names document and page."""

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection

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
        if not depth or not self.count():
            return []
        where = {"document_id": {"$in": sorted(document_ids)}} if document_ids is not None else None
        found = self._collection.query(query_embeddings=[vector], n_results=depth, where=where, include=["distances"])
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return sorted(((i, 1.0 - d) for i, d in pairs), key=lambda p: (-p[1], p[0]))

    def count(self) -> int:
        return int(self._collection.count())

    def close(self) -> None:
        close = getattr(self._client, "close", None)
        if close:
            close()


def create_embedded(folder: Path) -> ChromaVectors:
    """A new collection in a fresh folder; only the builder calls this, nobody writes to the folder afterwards."""
    import chromadb

    client = chromadb.PersistentClient(str(folder), settings=_settings())
    collection = client.create_collection(
        _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
    )
    return ChromaVectors(client, collection)


def open_embedded(folder: Path) -> ChromaVectors:
    import chromadb

    client = chromadb.PersistentClient(str(folder), settings=_settings())
    return ChromaVectors(client, client.get_collection(_COLLECTION, embedding_function=None))


def _http(url: str) -> Any:
    import chromadb

    parts = urlsplit(url)
    try:
        client = chromadb.HttpClient(
            host=parts.hostname or "127.0.0.1",
            port=parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
            settings=_settings(),
        )
        client.heartbeat()
    except Exception as error:  # the client raises ValueError, httpx errors and its own
        raise VectorStoreUnreachable(
            f"Chromaサーバー（{url}）に接続できません。サーバーの起動と TENKYO_CHROMA_URL を確かめてください。"
        ) from error
    return client


def create_remote(url: str, generation: str) -> ChromaVectors:
    """A new collection `tenkyo-<generation>` on a Chroma server. Raises VectorStoreUnreachable."""
    client = _http(url)
    name = f"tenkyo-{generation}"
    collection = client.get_or_create_collection(
        name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    return ChromaVectors(client, collection)


def open_remote(url: str, generation: str) -> ChromaVectors:
    client = _http(url)
    return ChromaVectors(client, client.get_collection(f"tenkyo-{generation}", embedding_function=None))


def drop_remote(url: str, keep: Sequence[str]) -> None:
    """Deletes the collections of other generations than `keep`."""
    client = _http(url)
    for collection in client.list_collections():
        match = re.fullmatch(r"tenkyo-(.+)", collection.name)
        if match and match[1] not in keep:
            client.delete_collection(collection.name)
