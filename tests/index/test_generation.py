import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexBroken, IndexMissing, IndexStale, VectorStoreUnreachable
from index.generation import (
    Stamp,
    check,
    current_name,
    open_current,
    open_generation,
    publish,
    read_stamp,
    require_fresh,
    superseded,
    sweep,
    write_stamp,
)
from index.ledger import SCHEMA_MARK
from index.library import Library
from index.retriever import HybridRetriever

from .fakes import MAX_TOKENS, BigramEmbedder, ingest, opened, remove, write


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = write(tmp_path / "documents", a="補助金は市が交付する。\f予算は10億円である。", b="ごみは週に2回集める。")
    ingest(tmp_path / "home", folder)
    return tmp_path / "home"


def _generation(home: Path) -> Path:
    return home / "index" / str(current_name(home))


def _search(home: Path, query: str) -> str:
    with opened(home) as generation:
        return HybridRetriever(generation, Library(generation.ledger), BigramEmbedder()).search(query, 1)[0].text


def test_home_without_an_index_says_what_to_run(tmp_path: Path) -> None:
    assert current_name(tmp_path) is None
    with pytest.raises(IndexMissing, match="tenkyo ingest"):
        open_current(tmp_path)


def test_empty_pointer_is_no_index(home: Path) -> None:
    (home / "index" / "CURRENT").write_text("")
    with pytest.raises(IndexMissing):
        open_current(home)


@pytest.mark.parametrize(
    "lost",
    [
        "ledger.sqlite3",
        "stamp.json",
        "lexical",
        "lexical/terms.json",
        "lexical/bm25/params.index.json",
        "chroma",
        "chroma/chroma.sqlite3",
    ],
)
@pytest.mark.parametrize("how", ["gone", "empty", "garbage"])
def test_broken_generation_says_what_to_run(home: Path, lost: str, how: str) -> None:
    path = _generation(home) / lost
    if path.is_dir():
        shutil.rmtree(path)
    elif how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"" if how == "empty" else b"garbage" * 1000)
    with pytest.raises(IndexBroken, match="tenkyo ingest"):
        open_current(home)


def test_pointer_to_a_generation_that_is_gone_says_what_to_run(home: Path) -> None:
    shutil.rmtree(_generation(home))
    with pytest.raises(IndexBroken, match="tenkyo ingest"):
        open_current(home)


def test_generation_whose_counts_disagree_is_broken(home: Path) -> None:
    name = str(current_name(home))
    other = home.parent / "other"
    ingest(other, write(home.parent / "more", c="公園は3か所ある。"))
    shutil.rmtree(_generation(home) / "lexical")
    shutil.copytree(_generation(other) / "lexical", _generation(home) / "lexical")
    with pytest.raises(IndexBroken, match="件数"):
        open_generation(home, name)


def test_check_refuses_vectors_that_are_not_found(home: Path) -> None:
    with opened(home) as generation:
        check(generation, np.zeros((0, BigramEmbedder.dim), np.float32))
        own = BigramEmbedder().encode_passages(["a\n補助金は市が交付する。"])
        check(generation, own)
        with pytest.raises(IndexBroken, match="確認の検索"):
            check(generation, -own)


STAMP = Stamp.of("documents", MAX_TOKENS, "model", "embedded")


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (Stamp.of("documents", MAX_TOKENS + 1, "model", "embedded"), "チャンク分割"),
        (Stamp.of("documents", MAX_TOKENS, "other", "embedded"), "埋め込みモデル"),
        (Stamp.of("documents", MAX_TOKENS, "model", "http://127.0.0.1:8001"), "ベクトルの置き場所"),
        (replace(STAMP, terms="terms-0"), "検索語の作り方"),
        (replace(STAMP, dictionary="sudachidict-core 1"), "日本語辞書"),
        (replace(STAMP, format=0), "索引の形式"),
    ],
)
def test_index_of_other_settings_is_refused_with_what_to_run(other: Stamp, named: str) -> None:
    with pytest.raises(IndexStale, match=f"{named}.*tenkyo ingest"):
        require_fresh(STAMP, other)


def test_other_documents_do_not_make_an_index_stale() -> None:
    require_fresh(STAMP, replace(STAMP, documents="more"))


def test_stamp_is_read_back(tmp_path: Path) -> None:
    write_stamp(tmp_path, STAMP)
    assert read_stamp(tmp_path) == STAMP


def test_stamp_with_unknown_fields_is_broken(tmp_path: Path) -> None:
    (tmp_path / "stamp.json").write_text('{"format": 1, "future": 2}')
    with pytest.raises(IndexBroken, match="tenkyo ingest"):
        read_stamp(tmp_path)


def test_reader_keeps_the_old_generation_until_it_opens_the_new_one(home: Path) -> None:
    with opened(home) as generation:
        old = HybridRetriever(generation, Library(generation.ledger), BigramEmbedder())
        ingest(home, write(home.parent / "documents", b="ごみは週に5回集める。"))
        assert old.search("ごみは週に何回", 1)[0].text == "ごみは週に2回集める。"
    assert _search(home, "ごみは週に何回") == "ごみは週に5回集める。"


def test_reader_keeps_answering_when_its_generation_is_removed(home: Path) -> None:
    with opened(home) as generation:
        old = HybridRetriever(generation, Library(generation.ledger), BigramEmbedder())
        remove(home, "b")
        assert not generation.folder.exists()
        assert old.search("ごみは週に何回", 1)[0].text == "ごみは週に2回集める。"
        assert old.search("補助金", 1, ["a"])[0].text == "補助金は市が交付する。"


def test_reader_that_loses_the_race_with_a_swap_opens_the_new_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = str(current_name(home))
    names = iter(["20200101T000000-00000000", newest])
    monkeypatch.setattr("index.generation.current_name", lambda _: next(names))
    generation = open_current(home)
    generation.close()
    assert generation.name == newest


def test_publish_swaps_the_pointer_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build = tmp_path / "index" / f".build-{name}"
        build.mkdir(parents=True)
        publish(tmp_path, build, name)
        assert current_name(tmp_path) == name
        assert not build.exists()
    assert sorted(p.name for p in (tmp_path / "index").iterdir()) == ["CURRENT", "one", "two"]


def test_sweep_removes_all_but_what_is_kept(tmp_path: Path) -> None:
    for name in ("one", "two", ".build-three"):
        (tmp_path / "index" / name).mkdir(parents=True)
    (tmp_path / "index" / "CURRENT").write_text("two")
    assert superseded(tmp_path, ("two",)) == ("three", "one")
    sweep(tmp_path, ("two",))
    assert sorted(p.name for p in (tmp_path / "index").iterdir()) == ["CURRENT", "two"]
    assert superseded(tmp_path / "nowhere", ()) == ()


def test_generation_on_a_server_that_is_away_is_not_called_broken(home: Path) -> None:
    folder = _generation(home)
    write_stamp(folder, replace(read_stamp(folder), store="http://127.0.0.1:9"))
    with pytest.raises(VectorStoreUnreachable, match="TENKYO_CHROMA_URL"):
        open_current(home)


def test_a_generation_whose_ledger_has_other_columns_is_stale() -> None:
    stamp = Stamp.of("", MAX_TOKENS, "e5", "embedded")
    assert stamp.format % 10**10 == SCHEMA_MARK
    with pytest.raises(IndexStale, match="索引の形式"):
        require_fresh(replace(stamp, format=stamp.format - 1), stamp)
