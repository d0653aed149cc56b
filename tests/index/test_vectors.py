"""One contract, two homes: Chroma in this process and behind a real `chroma run`."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import IndexBroken, VectorStoreUnreachable
from index.ledger import ChunkRow
from index.vectors import (
    ChromaVectors,
    create_embedded,
    create_remote,
    drop_remote,
    open_embedded,
    open_remote,
)

from .fakes import chroma_server

N, DIM = 300, 16


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.fixture(scope="module")
def chunks() -> list[ChunkRow]:
    return [ChunkRow(f"d{n % 3}#{n}.0", f"d{n % 3}", n, 0, 9, ()) for n in range(N)]


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    found = np.random.default_rng(0).normal(size=(N, DIM)).astype(np.float32)
    found[1] = found[0]
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def embedded(
    tmp_path_factory: pytest.TempPathFactory, chunks: list[ChunkRow], vectors: NDArray[np.float32]
) -> Iterator[ChromaVectors]:
    folder = tmp_path_factory.mktemp("embedded") / "chroma"
    with closing(create_embedded(folder)) as store:
        store.add(chunks, vectors)
    with closing(open_embedded(folder)) as store:
        yield store


@pytest.fixture(scope="module")
def remote(server: str, chunks: list[ChunkRow], vectors: NDArray[np.float32]) -> Iterator[ChromaVectors]:
    with closing(create_remote(server, "contract")) as store:
        store.add(chunks, vectors)
    with closing(open_remote(server, "contract")) as store:
        yield store


@pytest.fixture(params=["embedded", "remote"])
def store(request: pytest.FixtureRequest) -> ChromaVectors:
    found: ChromaVectors = request.getfixturevalue(request.param)
    return found


def _exact(
    chunks: list[ChunkRow], vectors: NDArray[np.float32], query: NDArray[np.float32], wanted: Callable[[ChunkRow], bool]
) -> list[str]:
    rows = [n for n in range(N) if wanted(chunks[n])]
    return [chunks[n].id for n in sorted(rows, key=lambda n: (-round(float(vectors[n] @ query), 5), chunks[n].id))]


def test_ranking_is_that_of_the_cosine_with_ties_by_id(
    store: ChromaVectors, chunks: list[ChunkRow], vectors: NDArray[np.float32]
) -> None:
    found = store.rank(vectors[0], 20, None)
    assert [one for one, _ in found] == _exact(chunks, vectors, vectors[0], lambda _: True)[:20]
    assert [score for _, score in found[:2]] == pytest.approx([1, 1], abs=1e-5)


def test_only_chunks_of_the_wanted_documents_are_found(
    store: ChromaVectors, chunks: list[ChunkRow], vectors: NDArray[np.float32]
) -> None:
    found = [one for one, _ in store.rank(vectors[5], 30, ["d2", "d1"])]
    assert found == _exact(chunks, vectors, vectors[5], lambda c: c.document_id != "d0")[:30]


def test_no_wanted_document_gives_nothing(store: ChromaVectors, vectors: NDArray[np.float32]) -> None:
    assert store.rank(vectors[0], 10, []) == []


def test_depth_beyond_the_end_gives_all(store: ChromaVectors, vectors: NDArray[np.float32]) -> None:
    assert len(store.rank(vectors[0], 10 * N, None)) == N
    assert store.rank(vectors[0], 0, None) == []


def test_count_is_the_number_of_chunks(store: ChromaVectors) -> None:
    assert store.count() == N
    store.warm()


def test_both_homes_rank_alike(embedded: ChromaVectors, remote: ChromaVectors, vectors: NDArray[np.float32]) -> None:
    for query in vectors[:20]:
        assert [i for i, _ in embedded.rank(query, 10, None)] == [i for i, _ in remote.rank(query, 10, None)]


def test_empty_store_finds_nothing(tmp_path: Path) -> None:
    with closing(create_embedded(tmp_path / "chroma")) as store:
        store.warm()
        assert store.rank(np.ones(DIM, np.float32), 5, None) == []


def test_warm_store_answers_after_its_files_are_gone(
    tmp_path: Path, chunks: list[ChunkRow], vectors: NDArray[np.float32]
) -> None:
    with closing(create_embedded(tmp_path / "chroma")) as store:
        store.add(chunks, vectors)
    with closing(open_embedded(tmp_path / "chroma")) as store:
        store.warm()
        (tmp_path / "chroma").rename(tmp_path / "gone")
        for path in sorted((tmp_path / "gone").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        assert len(store.rank(vectors[0], 10, ["d1"])) == 10


def test_missing_folder_is_a_broken_index_and_stays_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexBroken, match="tenkyo ingest"):
        open_embedded(tmp_path / "chroma")
    assert not (tmp_path / "chroma").exists()


def test_missing_collection_is_a_broken_index(server: str) -> None:
    with pytest.raises(IndexBroken, match="tenkyo ingest"):
        open_remote(server, "never-built")


def test_dropping_leaves_the_collections_of_others(server: str) -> None:
    for name in ("mine-1", "mine-2", "theirs"):
        create_remote(server, name).close()
    drop_remote(server, ["mine-1", "mine-2", "never-built"])
    open_remote(server, "theirs").close()
    for name in ("mine-1", "mine-2"):
        with pytest.raises(IndexBroken):
            open_remote(server, name)


def test_server_that_is_not_there_is_told() -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        with pytest.raises(VectorStoreUnreachable, match="TENKYO_CHROMA_URL"):
            open_remote(url, "any")


def test_server_that_goes_away_is_told(tmp_path: Path, chunks: list[ChunkRow], vectors: NDArray[np.float32]) -> None:
    with chroma_server(tmp_path) as url:
        store = create_remote(url, "short")
        store.add(chunks[:3], vectors[:3])
    with closing(store), pytest.raises(VectorStoreUnreachable, match="TENKYO_CHROMA_URL"):
        store.rank(vectors[0], 1, None)


def test_every_opening_ranks_like_an_exact_search(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(1200, 384)) + 2.0 * random.normal(size=(1, 384))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    chunks = [ChunkRow(f"d#{n:04d}", "d", 1, n, n + 1, ()) for n in range(len(vectors))]
    with closing(create_embedded(tmp_path / "chroma")) as store:
        store.add(chunks, vectors)
    exact = [{f"d#{i:04d}" for i in np.argsort(-vectors @ query)[:100]} for query in vectors[:20]]
    found = []
    for _ in range(3):
        with closing(open_embedded(tmp_path / "chroma")) as store:
            assert len(store.rank(vectors[0], len(chunks), None)) == len(chunks)  # links lead to every chunk
            found.append([[i for i, _ in store.rank(query, 100, None)] for query in vectors[:20]])
    assert found[0] == found[1] == found[2]
    assert [set(ranking) for ranking in found[0]] == exact
