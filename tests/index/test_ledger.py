import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.chunk import Chunk
from corpus.document import Document, Page
from index.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(tmp_path / "ledger.sqlite3")) as one:
        yield one


def _document(one: str, *texts: str, sha256: str = "0") -> Document:
    pages = tuple(Page(n, f"p{n}", text) for n, text in enumerate(texts, 1))
    return Document(one, one.upper(), "市", "2024", "ページ", "", sha256, pages)


def _put(ledger: Ledger, document: Document) -> None:
    chunks = [Chunk(p.number, 0, len(p.text), ("見出し",)) for p in document.pages]
    ledger.put(document, "folder", Path("/d") / f"{document.id}.txt", "units-1/60", chunks)


def test_put_document_is_read_back(ledger: Ledger) -> None:
    _put(ledger, _document("a", "一", "二"))
    [row] = ledger.documents()
    assert (row.id, row.title, row.origin, row.path, row.pages) == ("a", "A", "folder", "/d/a.txt", 2)
    assert ledger.pages("a") == (Page(1, "p1", "一"), Page(2, "p2", "二"))
    assert ledger.page("a", 2) == Page(2, "p2", "二")
    assert ledger.page("a", 3) is None
    assert ledger.labels("a") == ("p1", "p2")
    assert [(c.id, c.headings) for c in ledger.chunks()] == [("a#1.0", ("見出し",)), ("a#2.0", ("見出し",))]


def test_put_replaces_the_document_of_that_id(ledger: Ledger) -> None:
    _put(ledger, _document("a", "一", "二"))
    _put(ledger, _document("a", "三", sha256="1"))
    assert [(d.sha256, d.pages) for d in ledger.documents()] == [("1", 1)]
    assert [c.id for c in ledger.chunks()] == ["a#1.0"]


def test_document_that_cannot_be_put_leaves_the_one_before(ledger: Ledger) -> None:
    _put(ledger, _document("a", "一"))
    twice = Document("a", "A", "", "", "ページ", "", "1", (Page(1, "i", "二"), Page(2, "i", "三")))
    with pytest.raises(sqlite3.IntegrityError):
        ledger.put(twice, "folder", Path("a.txt"), "units-1/60", [])
    assert ledger.pages("a") == (Page(1, "p1", "一"),)


def test_remove_takes_pages_and_chunks_along(ledger: Ledger) -> None:
    _put(ledger, _document("a", "一"))
    assert ledger.remove("a")
    assert not ledger.remove("a")
    assert ledger.documents() == ledger.pages("a") == ledger.chunks() == ()


def test_removed_text_leaves_the_file(ledger: Ledger, tmp_path: Path) -> None:
    _put(ledger, _document("a", "秘密の文" * 20))
    ledger.remove("a")
    assert "秘密の文".encode() not in (tmp_path / "ledger.sqlite3").read_bytes()


def test_chunks_come_in_reading_order(ledger: Ledger) -> None:
    for one in ("b", "a"):
        _put(ledger, _document(one, *"1234567890", "十一"))
    places = [(c.document_id, c.page_number, c.start) for c in ledger.chunks()]
    assert places == sorted(places)


def test_rechunk_replaces_chunks_and_keeps_pages(ledger: Ledger) -> None:
    _put(ledger, _document("a", "一二"))
    ledger.rechunk("a", "units-1/1", [Chunk(1, 0, 1, ()), Chunk(1, 1, 2, ())])
    assert [c.id for c in ledger.chunks()] == ["a#1.0", "a#1.1"]
    assert ledger.documents()[0].chunking == "units-1/1"


def test_relocate_changes_where_a_document_comes_from(ledger: Ledger) -> None:
    _put(ledger, _document("a", "一"))
    ledger.relocate("a", "upload", Path("/new/a.txt"))
    assert (ledger.documents()[0].origin, ledger.documents()[0].path) == ("upload", "/new/a.txt")


def test_failures_are_those_of_the_last_ingest(ledger: Ledger) -> None:
    ledger.set_failures([("b", "読めません"), ("a", "読めません")], "folder", ["a", "b"])
    ledger.set_failures([("c", "空です")], "folder", ["c"])
    assert ledger.failures() == (("c", "空です"),)


def test_copy_holds_the_same_and_cannot_be_written(ledger: Ledger, tmp_path: Path) -> None:
    _put(ledger, _document("a", "一"))
    ledger.copy_to(tmp_path / "copy.sqlite3")
    with closing(Ledger(tmp_path / "copy.sqlite3", read_only=True)) as copy:
        assert copy.documents() == ledger.documents()
        with pytest.raises(sqlite3.OperationalError):
            copy.remove("a")


def test_ledger_in_a_folder_with_odd_characters_opens_read_only(tmp_path: Path) -> None:
    folder = tmp_path / "資料 #1?100%"
    folder.mkdir()
    Ledger(folder / "ledger.sqlite3").close()
    with closing(Ledger(folder / "ledger.sqlite3", read_only=True)) as ledger:
        assert ledger.documents() == ()
