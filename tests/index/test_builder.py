"""Ingest: what is embedded again, what is reported, and that the index before serves whatever happens."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import chromadb.errors
import numpy as np
import pytest

from corpus.document import Document, Page
from corpus.errors import FolderError, ManifestError
from corpus.loaded import NEEDS_OCR
from corpus.loader import load_document
from corpus.source import Source
from index.builder import Builder, IngestPlan, writer_lock
from index.embedding_cache import EmbeddingCache
from index.errors import IndexBroken, IngestBusy, StorageError, VectorStoreUnreachable
from index.generation import current_name, superseded
from index.ledger import Ledger
from index.lexical import LexicalIndex
from index.onnx_embedder import OnnxEmbedder
from index.survey import Read
from index.vectors import ChromaVectors

from .fakes import MAX_TOKENS, BigramEmbedder, chroma_server, ingest, no_model, opened, remove, retriever, write


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return write(
        tmp_path / "documents",
        budget="令和6年度の予算は289,452千円である。\f補助金は市が交付する。",
        waste="ごみの収集は週に2回行う。",
    )


def _cached(home: Path) -> int:
    with closing(sqlite3.connect(home / "embeddings.sqlite3")) as db:
        return int(db.execute("SELECT count(*) FROM vectors").fetchone()[0])


def test_first_ingest_indexes_every_page(home: Path, documents: Path) -> None:
    report = ingest(home, documents)
    assert (report.added, report.failed, report.built, report.chunks) == (["budget", "waste"], [], True, 3)
    with retriever(home) as search:
        first = search.search("補助金は誰が交付しますか", 1)[0]
    assert (first.document.id, first.page_label, first.text) == ("budget", "2", "補助金は市が交付する。")


def test_unchanged_folder_embeds_nothing_and_loads_no_model(home: Path, documents: Path) -> None:
    ingest(home, documents)
    name = current_name(home)
    report = ingest(home, documents, make=no_model, fingerprint=BigramEmbedder().fingerprint)
    assert (report.unchanged, report.built, report.chunks, current_name(home)) == (["budget", "waste"], False, 3, name)


def test_unchanged_folder_embeds_nothing_when_the_model_must_be_loaded_to_know(home: Path, documents: Path) -> None:
    ingest(home, documents)
    embedder = BigramEmbedder()
    assert not ingest(home, documents, embedder=embedder).built
    assert embedder.passages == 0


def test_only_the_changed_text_is_embedded(home: Path, documents: Path) -> None:
    ingest(home, documents)
    write(documents, waste="ごみの収集は週に3回行う。")
    embedder = BigramEmbedder()
    report = ingest(home, documents, embedder=embedder)
    assert (report.changed, report.unchanged, embedder.passages) == (["waste"], ["budget"], 1)
    with retriever(home) as search:
        assert search.search("ごみの収集は週に何回", 1)[0].text == "ごみの収集は週に3回行う。"


def test_added_file_is_found(home: Path, documents: Path) -> None:
    ingest(home, documents)
    write(documents, school="小学校は12校ある。")
    assert ingest(home, documents).added == ["school"]
    with retriever(home) as search:
        assert search.search("小学校は何校", 1)[0].document.id == "school"


def test_file_that_left_the_folder_leaves_ledger_generation_and_cache(home: Path, documents: Path) -> None:
    ingest(home, documents)
    (documents / "waste.txt").unlink()
    assert ingest(home, documents).removed == ["waste"]
    _require_gone(home, "ごみの収集")


def test_removed_document_leaves_ledger_generation_and_cache(home: Path, documents: Path) -> None:
    ingest(home, documents)
    assert remove(home, "waste").removed == ["waste"]
    _require_gone(home, "ごみの収集")
    assert remove(home, "waste").removed == []


def _require_gone(home: Path, text: str) -> None:
    with opened(home) as generation:
        assert [d.id for d in generation.ledger.documents()] == ["budget"]
        assert generation.vectors.count() == generation.lexical.size == 2
    assert _cached(home) == 2
    assert [p for p in home.rglob("*") if p.is_file() and text.encode() in p.read_bytes()] == []


def test_removing_the_last_document_leaves_an_empty_index(home: Path, tmp_path: Path) -> None:
    ingest(home, write(tmp_path / "one", only="ひとつだけの文書です。"))
    remove(home, "only")
    with retriever(home) as search:
        assert search.search("文書", 5) == []


def test_upload_survives_an_ingest_of_the_folder(home: Path, documents: Path, tmp_path: Path) -> None:
    upload = write(tmp_path / "uploads", extra="消防団員は120人である。") / "extra.txt"
    ingest(home, documents)
    ingest(home, upload, origin="upload")
    assert ingest(home, documents).removed == []
    with retriever(home) as search:
        assert search.search("消防団員は何人", 1)[0].document.id == "extra"


def test_bad_file_is_reported_and_the_rest_is_indexed(home: Path, documents: Path) -> None:
    (documents / "broken.txt").write_bytes(b"\0\1\2\3" * 50)
    report = ingest(home, documents)
    assert report.added == ["budget", "waste"]
    [(path, reason)] = report.failed
    assert path.endswith("broken.txt")
    assert reason
    with closing(Ledger(home / "ledger.sqlite3", read_only=True)) as ledger:
        assert ledger.failures() == ((path, reason),)


def test_older_version_of_a_file_that_went_bad_stays(home: Path, documents: Path) -> None:
    ingest(home, documents)
    (documents / "waste.txt").write_bytes(b"\xff\xff")
    report = ingest(home, documents)
    assert len(report.failed) == 1
    assert report.removed == []
    with retriever(home) as search:
        assert search.search("ごみの収集は週に何回", 1)[0].text == "ごみの収集は週に2回行う。"


def test_page_labels_that_do_not_fit_are_reported(home: Path, documents: Path) -> None:
    (documents / "manifest.toml").write_text('[[document]]\nfile = "waste.txt"\npage_labels = ["1", "2"]\n')
    report = ingest(home, documents)
    assert report.added == ["budget"]
    assert "page_labels" in report.failed[0][1]


def test_label_given_twice_stops_the_ingest_with_what_to_do(home: Path, documents: Path) -> None:
    ingest(home, documents)
    (documents / "manifest.toml").write_text('[[document]]\nfile = "budget.txt"\npage_labels = ["i", "i"]\n')
    with pytest.raises(ManifestError, match="二度"):
        ingest(home, documents)
    with retriever(home) as search:
        assert search.search("補助金", 1)


def test_files_that_would_share_an_id_get_their_ending(home: Path, documents: Path) -> None:
    (documents / "waste.md").write_text("粗大ごみは月に1回集める。", encoding="utf-8")
    assert ingest(home, documents).added == ["budget", "waste-md", "waste-txt"]


def test_missing_folder_is_a_folder_error(home: Path, tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="見つかりません"):
        ingest(home, tmp_path / "nowhere")


def test_home_that_is_a_file_is_a_folder_error(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(FolderError, match="TENKYO_HOME"), writer_lock(tmp_path / "home", 0):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; run the tests as another user")
def test_home_without_write_permission_is_a_folder_error(home: Path, documents: Path) -> None:
    home.mkdir()
    home.chmod(0o500)
    with pytest.raises(FolderError, match="TENKYO_HOME"):
        ingest(home, documents)


def test_ledger_that_may_not_be_written_is_a_folder_error(
    home: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(home, documents)
    write(documents, waste="変わりました。")

    def refuse(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(Ledger, "put", refuse)
    with pytest.raises(FolderError, match="TENKYO_HOME"):
        ingest(home, documents)


def test_damaged_ledger_says_what_to_do(home: Path, documents: Path) -> None:
    ingest(home, documents)
    (home / "ledger.sqlite3").write_bytes(b"no database" * 500)
    with pytest.raises(IndexBroken, match="削除"):
        ingest(home, documents)
    with retriever(home) as search:
        assert search.search("補助金", 1)


def test_damaged_cache_is_made_again(home: Path, documents: Path) -> None:
    ingest(home, documents)
    (home / "embeddings.sqlite3").write_bytes(b"no database" * 500)
    write(documents, waste="変わりました。")
    assert ingest(home, documents).built
    assert _cached(home) == 3


@pytest.mark.parametrize("lost", ["ledger.sqlite3", "lexical", "chroma", "stamp.json", "chroma/chroma.sqlite3"])
def test_ingest_of_an_unchanged_folder_repairs_a_broken_generation(home: Path, documents: Path, lost: str) -> None:
    ingest(home, documents)
    path = home / "index" / str(current_name(home)) / lost
    shutil.rmtree(path) if path.is_dir() else path.write_bytes(b"")
    embedder = BigramEmbedder()
    assert ingest(home, documents, embedder=embedder, fingerprint=embedder.fingerprint).built
    assert embedder.passages == 0
    with retriever(home) as search:
        assert search.search("補助金", 1)


def test_other_chunk_size_gives_every_document_other_chunks(home: Path, tmp_path: Path) -> None:
    text = "".join(f"第{n}の事業は市が行い、費用は国が負担する。" for n in range(1, 9))
    folder, upload = write(tmp_path / "d", a=text), write(tmp_path / "u", b=text) / "b.txt"
    ingest(home, folder)
    ingest(home, upload, origin="upload")
    before = _chunks_by_document(home)
    ingest(home, folder, max_tokens=20)
    after = _chunks_by_document(home)
    assert after["a"] == after["b"] > before["a"] == before["b"]


def _chunks_by_document(home: Path) -> dict[str, int]:
    with opened(home) as generation:
        ids = [c.document_id for c in generation.ledger.chunks()]
    return {one: ids.count(one) for one in sorted(set(ids))}


def test_other_model_embeds_everything_again_and_drops_the_old_vectors(home: Path, documents: Path) -> None:
    ingest(home, documents)
    embedder = BigramEmbedder("another")
    assert ingest(home, documents, embedder=embedder).built
    assert (embedder.passages, _cached(home)) == (3, 3)


class _Dies(BigramEmbedder):
    def encode_passages(self, texts):  # type: ignore[no-untyped-def]
        if self.passages >= 64:
            raise KeyboardInterrupt
        return super().encode_passages(texts)


def test_interrupted_ingest_goes_on_where_it_stopped(home: Path, tmp_path: Path) -> None:
    pages = "\f".join(f"第{n}条　市は計画{n}を定める。" for n in range(1, 101))
    folder = write(tmp_path / "d", long=pages)
    with pytest.raises(KeyboardInterrupt):
        ingest(home, folder, embedder=_Dies())
    assert current_name(home) is None
    embedder = BigramEmbedder()
    assert ingest(home, folder, embedder=embedder).chunks == 100
    assert embedder.passages == 100 - 64


@pytest.mark.parametrize(
    ("owner", "method", "error"),
    [
        (Ledger, "put", sqlite3.OperationalError("database or disk is full")),
        (EmbeddingCache, "encode", sqlite3.OperationalError("database or disk is full")),
        (Ledger, "copy_to", sqlite3.OperationalError("database or disk is full")),
        (LexicalIndex, "save", OSError(errno.ENOSPC, "No space left on device")),
        (ChromaVectors, "add", chromadb.errors.InternalError("(code: 13) database or disk is full")),
    ],
)
def test_full_disk_at_any_step_is_one_message_and_the_old_index_serves(
    home: Path, documents: Path, monkeypatch: pytest.MonkeyPatch, owner: type, method: str, error: Exception
) -> None:
    ingest(home, documents)
    name = current_name(home)
    write(documents, waste="変わりました。")

    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(owner, method, fail)
        with pytest.raises(StorageError, match="空き"):
            ingest(home, documents)
    assert current_name(home) == name
    assert superseded(home, (str(name),)) == ()
    with retriever(home) as search:
        assert search.search("補助金", 1)
    assert ingest(home, documents).built


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("mounting a small disk needs root: run the tests as root in a container")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_really_full_disk_is_one_message_and_the_old_index_serves(small_disk: Path, documents: Path) -> None:
    home = small_disk / "home"
    ingest(home, documents)
    pages = "\f".join(f"第{n}条　" + "市は計画を定め、これを公表する。" * 40 for n in range(600))
    write(documents, huge=pages)
    with pytest.raises(StorageError, match="空き"):
        ingest(home, documents)
    with retriever(home) as search:
        assert search.search("補助金は誰が交付しますか", 1)[0].text == "補助金は市が交付する。"
    subprocess.run(["mount", "-o", "remount,size=32m", str(small_disk)], check=True)
    assert ingest(home, documents).chunks > 600


_HOLD = """
import sys, pathlib
from index.builder import writer_lock
with writer_lock(pathlib.Path(sys.argv[1]), 0):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def other_process(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it reads a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.usefixtures("other_process")
def test_second_ingest_says_that_another_runs(home: Path, documents: Path) -> None:
    with pytest.raises(IngestBusy, match="実行中"):
        ingest(home, documents)


def test_second_ingest_waits_for_the_first(home: Path, other_process: subprocess.Popen[str]) -> None:
    waited = []

    def waiting() -> None:
        waited.append(True)
        assert other_process.stdin is not None
        other_process.stdin.write("\n")
        other_process.stdin.flush()

    with writer_lock(home, 20, waiting):
        assert waited == [True]


def test_generation_before_is_kept_for_its_readers_and_the_one_before_it_removed(home: Path, documents: Path) -> None:
    names = []
    for n in range(3):
        write(documents, waste=f"ごみの収集は週に{n}回行う。")
        ingest(home, documents)
        names.append(str(current_name(home)))
    assert sorted(p.name for p in (home / "index").iterdir() if p.is_dir()) == sorted(names[1:])


def test_abandoned_build_is_removed(home: Path, documents: Path) -> None:
    (home / "index" / ".build-20200101T000000-00000000").mkdir(parents=True)
    ingest(home, documents)
    assert superseded(home, (str(current_name(home)),)) == ()


def test_progress_counts_up_to_the_total_of_each_step(home: Path, documents: Path) -> None:
    seen: dict[str, list[tuple[int, int]]] = {}
    plan = IngestPlan(home, 60, "")
    with (
        writer_lock(home, 0),
        closing(Builder(plan, BigramEmbedder, lambda s, d, t: seen.setdefault(s, []).append((d, t)))) as builder,
    ):
        builder.ingest([documents], "folder")
    assert {step: counts[-1] for step, counts in seen.items()} == {
        "読み取り": (2, 2),
        "埋め込み": (3, 3),
        "索引": (3, 3),
    }


def test_built_in_model_finds_by_meaning(home: Path, documents: Path, onnx_embedder: OnnxEmbedder) -> None:
    ingest(home, documents, embedder=onnx_embedder)
    with retriever(home, onnx_embedder) as search:
        assert search.legs("廃棄物を集める頻度", 1)["dense"][0][0].startswith("waste#")


def test_unreachable_chroma_server_is_reported_and_the_ingest_can_be_repeated(home: Path, documents: Path) -> None:
    with pytest.raises(VectorStoreUnreachable, match="TENKYO_CHROMA_URL"):
        ingest(home, documents, chroma_url="http://127.0.0.1:9")
    embedder = BigramEmbedder()
    assert ingest(home, documents, embedder=embedder).built
    assert embedder.passages == 0


_COLLECTIONS = "/api/v2/tenants/default_tenant/databases/default_database/collections"


def _request(url: str, method: str = "GET") -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, method=method)) as response:
        return bytes(response.read())


def test_chroma_server_holds_the_collections_of_this_home_only(home: Path, documents: Path, tmp_path: Path) -> None:
    with chroma_server(tmp_path / "server") as url:
        ingest(tmp_path / "neighbour", documents, chroma_url=url)
        for n in range(3):
            write(documents, waste=f"ごみの収集は週に{n}回行う。")
            ingest(home, documents, chroma_url=url)
        with retriever(tmp_path / "neighbour") as search:
            assert search.search("補助金", 1)
        remove(home, "waste", chroma_url=url)
        wanted = {f"tenkyo-{current_name(one)}" for one in (home, tmp_path / "neighbour")}
        assert {c["name"] for c in json.loads(_request(f"{url}{_COLLECTIONS}"))} == wanted


def test_vectors_lost_by_the_chroma_server_are_made_again(home: Path, documents: Path, tmp_path: Path) -> None:
    with chroma_server(tmp_path / "server") as url:
        ingest(home, documents, chroma_url=url)
        _request(f"{url}{_COLLECTIONS}/tenkyo-{current_name(home)}", "DELETE")
        with pytest.raises(IndexBroken, match="tenkyo ingest"), opened(home):
            pass
        assert ingest(home, documents, chroma_url=url, fingerprint=BigramEmbedder().fingerprint).built
        with retriever(home) as search:
            assert search.search("補助金", 1)


def test_vectors_are_those_of_the_chunks(home: Path, documents: Path) -> None:
    ingest(home, documents)
    embedder = BigramEmbedder()
    with opened(home) as generation:
        vector = embedder.encode_passages(["waste\nごみの収集は週に2回行う。"])[0]
        [(chunk_id, cosine)] = generation.vectors.rank(vector, 1, None)
    assert chunk_id == "waste#1.0"
    assert np.isclose(cosine, 1, atol=1e-5)


def _builder(home: Path, read: Read, *, ocr: bool = False) -> Builder:
    return Builder(IngestPlan(home, MAX_TOKENS, ""), BigramEmbedder, read=read, ocr=ocr)


def test_what_was_read_before_a_kill_is_not_read_again(home: Path, documents: Path) -> None:
    seen: list[str] = []

    def killed(source: Source) -> Document:
        if source.id == "waste":
            raise KeyboardInterrupt
        seen.append(source.id)
        return load_document(source)

    with pytest.raises(KeyboardInterrupt), writer_lock(home, 0), closing(_builder(home, killed)) as builder:
        builder.ingest([documents], "folder")
    assert seen == ["budget"]
    report = ingest(home, documents)
    assert (report.unchanged, report.added, report.built) == (["budget"], ["waste"], True)


def test_pages_that_waited_for_ocr_are_read_once_it_is_there(home: Path, documents: Path) -> None:
    def scanned(source: Source) -> Document:
        page = Page(1, "1", "", problem=f"画像だけのページです。{NEEDS_OCR}")
        return replace(load_document(source), pages=(page,))

    with writer_lock(home, 0):
        for read, ocr, changed in (
            (scanned, False, []),
            (scanned, False, []),
            (load_document, True, ["budget", "waste"]),
        ):
            with closing(_builder(home, read, ocr=ocr)) as builder:
                report = builder.ingest([documents], "folder")
                assert report.changed == changed
    assert {d: c.indexed for d, c in report.accounts.items()} == {"budget": 2, "waste": 1}
    with retriever(home) as search:
        assert search.search("ごみの収集", 1)


def test_everything_is_read_anew_when_the_loaders_read_otherwise(
    home: Path, documents: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    upload = write(tmp_path / "uploads", extra="消防団員は120人である。") / "extra.txt"
    ingest(home, documents)
    ingest(home, upload, origin="upload")
    before = current_name(home)
    monkeypatch.setattr("index.survey.READING", "of tomorrow")
    monkeypatch.setattr("index.builder.READING", "of tomorrow")
    embedder = BigramEmbedder()
    report = ingest(home, documents, embedder=embedder)
    assert sorted(report.changed) == ["budget", "extra", "waste"]
    assert (embedder.passages, report.built) == (0, True)
    assert current_name(home) != before
    assert ingest(home, documents).changed == []


def test_an_upload_never_takes_the_place_of_a_document_of_the_folder(
    home: Path, documents: Path, tmp_path: Path
) -> None:
    ingest(home, documents)
    other = write(tmp_path / "uploads", waste="別の文書である。") / "waste.txt"
    report = ingest(home, other, origin="upload")
    assert "ファイル名を変えて" in report.failed[0][1]
    with retriever(home) as search:
        assert search.search("ごみの収集", 1)
