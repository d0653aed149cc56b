from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import UnknownDocument
from index.library import Library
from index.onnx_embedder import OnnxEmbedder
from index.retriever import HybridRetriever, RetrieverSettings

from .fakes import BigramEmbedder, chroma_server, ingest, opened, retriever, write

DOCUMENTS = {
    "aid": "補助金は平成10年に始まった。\f交付額は2億8,945万2千円である。\f申請は市の窓口で受け付ける。",
    "plan": "1998年度の計画では、工場を誘致する。\f事業費は289,452千円を見込む。\f令和6年4月に見直す。",
    "waste": "ごみの収集は週に2回行う。\f粗大ごみは申込みが要る。",
    "same": "同じ文である。\f同じ文である。\f同じ文である。",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("retriever")
    ingest(root / "home", write(root / "documents", **DOCUMENTS))
    return root / "home"


@pytest.fixture(scope="module")
def search(home: Path) -> Iterator[HybridRetriever]:
    with retriever(home) as one:
        yield one


def _ids(search: HybridRetriever, query: str, k: int = 20) -> list[str]:
    return [p.chunk_id for p in search.search(query, k)]


def test_passage_is_a_slice_of_its_page(search: HybridRetriever, home: Path) -> None:
    passages = search.search("ごみの収集と補助金の申請", 20)
    with opened(home) as generation:
        for p in passages:
            page = generation.ledger.page(p.document.id, p.page_number)
            assert page is not None
            assert (p.text, p.page_label) == (page.text[p.start : p.end], page.label)


def test_same_query_gives_the_same_ranking(search: HybridRetriever, home: Path) -> None:
    with retriever(home) as other:
        for query in ("補助金", "同じ文", "1998年の事業費"):
            assert search.search(query, 10) == search.search(query, 10) == other.search(query, 10)


def test_ties_fall_to_the_smaller_id(search: HybridRetriever) -> None:
    passages = [p for p in search.search("同じ文である", 20) if p.document.id == "same"]
    assert len({p.ranks["lexical"] for p in passages}) == 3
    assert [p.chunk_id for p in passages] == ["same#1.0", "same#2.0", "same#3.0"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("1998年", {"aid#1.0", "plan#1.0"}),
        ("平成10年", {"aid#1.0", "plan#1.0"}),
        ("平成１０年度", {"aid#1.0", "plan#1.0"}),
        ("289,452千円", {"aid#2.0", "plan#2.0"}),
        ("2億8,945万2千円", {"aid#2.0", "plan#2.0"}),
        ("289452000円", {"aid#2.0", "plan#2.0"}),
        ("2024年4月", {"plan#3.0"}),
        ("R6.4", {"plan#3.0"}),
    ],
)
def test_value_finds_its_other_forms(search: HybridRetriever, query: str, wanted: set[str]) -> None:
    found = [one for one, score in search.legs(query, 20)["lexical"] if score > 0]
    assert wanted <= set(found[: len(wanted) + 1])


@pytest.mark.parametrize("query", ["", " ", "　\n\t"])
def test_empty_query_gives_nothing(search: HybridRetriever, query: str) -> None:
    assert search.search(query, 10) == []


def test_no_passage_wanted_gives_nothing(search: HybridRetriever) -> None:
    assert search.search("補助金", 0) == []


def test_query_of_signs_alone_is_answered_by_the_vectors_only(search: HybridRetriever) -> None:
    assert all("lexical" not in p.ranks for p in search.search("？！", 5))


def test_lexical_leg_never_returns_a_text_without_any_term(search: HybridRetriever) -> None:
    assert {one.split("#")[0] for one, _ in search.legs("ごみ", 20)["lexical"]} == {"waste"}
    assert search.legs("量子計算機", 20)["lexical"] == []


def test_k_beyond_the_index_gives_every_chunk_once(search: HybridRetriever) -> None:
    ids = _ids(search, "補助金の申請", 1000)
    assert len(ids) == len(set(ids)) == 11


@pytest.mark.parametrize("fusion", ["scores", "ranks"])
def test_shorter_list_is_the_beginning_of_a_longer_one(home: Path, fusion: str) -> None:
    with retriever(home, settings=RetrieverSettings(fusion=fusion)) as search:  # type: ignore[arg-type]
        ids = _ids(search, "市の補助金の申請", 11)
        assert [_ids(search, "市の補助金の申請", k) for k in (1, 3, 7)] == [ids[:1], ids[:3], ids[:7]]


def test_only_wanted_documents_are_found(search: HybridRetriever) -> None:
    found = {p.document.id for p in search.search("補助金の申請は市の窓口", 20, ["waste", "plan"])}
    assert found == {"waste", "plan"}


def test_no_wanted_document_gives_nothing(search: HybridRetriever) -> None:
    assert search.search("補助金", 5, []) == []


def test_unknown_document_is_refused(search: HybridRetriever) -> None:
    with pytest.raises(UnknownDocument, match="nothing"):
        search.search("補助金", 5, ["waste", "nothing"])


def test_ranks_are_those_of_the_legs(search: HybridRetriever) -> None:
    legs = search.legs("粗大ごみの申込み", 100)
    for p in search.search("粗大ごみの申込み", 20):
        for leg, rank in p.ranks.items():
            assert legs[leg][rank - 1][0] == p.chunk_id


def test_scores_fall(search: HybridRetriever) -> None:
    scores = [p.score for p in search.search("粗大ごみの申込み", 20)]
    assert scores == sorted(scores, reverse=True)


def test_server_ranks_like_the_embedded_store(home: Path, tmp_path: Path) -> None:
    with chroma_server(tmp_path / "server") as url:
        ingest(tmp_path / "home", write(tmp_path / "documents", **DOCUMENTS), chroma_url=url)
        with retriever(tmp_path / "home") as remote, retriever(home) as embedded:
            for query in ("補助金", "1998年の計画", "ごみは何回", "同じ文"):
                ours = [(p.chunk_id, p.ranks, pytest.approx(p.score, abs=1e-5)) for p in embedded.search(query, 11)]
                assert [(p.chunk_id, p.ranks, p.score) for p in remote.search(query, 11)] == ours


class _Shortest:
    """Prefers short texts: any order that the legs would not give."""

    def __init__(self) -> None:
        self.seen: list[Sequence[str]] = []

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        del query
        self.seen.append(texts)
        return np.array([-len(t) for t in texts], np.float32)


def test_reranker_decides_the_order_among_the_candidates(home: Path) -> None:
    reranker = _Shortest()
    with opened(home) as generation:
        settings = RetrieverSettings(rerank_depth=4)
        search = HybridRetriever(generation, Library(generation.ledger), BigramEmbedder(), reranker, settings)
        found = search.search("補助金の申請は市の窓口", 3)
    assert len(reranker.seen[0]) == 4
    lengths = [len(f"{p.document.title}\n{p.text}") for p in found]
    assert lengths == sorted(len(t) for t in reranker.seen[0])[:3]
    assert [p.ranks["rerank"] for p in found] == [1, 2, 3]


def test_built_in_model_finds_what_shares_no_word(tmp_path: Path, onnx_embedder: OnnxEmbedder) -> None:
    ingest(tmp_path / "home", write(tmp_path / "documents", **DOCUMENTS), embedder=onnx_embedder)
    with retriever(tmp_path / "home", onnx_embedder) as search:
        assert search.search("廃棄物を集める頻度", 1)[0].document.id == "waste"
        assert search.search("Where do I apply for the subsidy?", 1)[0].document.id == "aid"


def test_a_leg_that_is_off_finds_nothing_and_the_other_one_ranks_alone(home: Path) -> None:
    with retriever(home, settings=RetrieverSettings(dense=False)) as lame, retriever(home) as whole:
        assert lame.legs("補助金の交付額", 9)["dense"] == []
        lexical = [one for one, _ in whole.legs("補助金の交付額", 100)["lexical"]]
        assert _ids(lame, "補助金の交付額") == lexical


def test_without_canonical_years_an_era_does_not_find_the_western_year(home: Path) -> None:
    with retriever(home, settings=RetrieverSettings(dense=False, canonical_years=False)) as lame:
        assert _ids(lame, "平成10年度") != _ids(lame, "1998年度")
    with retriever(home, settings=RetrieverSettings(dense=False)) as whole:
        assert {i.split("#")[0] for i in _ids(whole, "1998年度")} >= {"aid", "plan"}
