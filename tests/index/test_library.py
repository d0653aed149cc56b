from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import UnknownDocument
from index.ledger import Ledger
from index.library import Library

from .fakes import ingest, write


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    folder = write(tmp_path / "d", guide="はじめに\n補助金は市が交付する。\f本文である。\f別表である。", b="一枚だけ。")
    labels = '[[document]]\nfile = "guide.txt"\ntitle = "手引き"\nlocator = "節"\npage_labels = ["ii", "1", "別表1"]\n'
    (folder / "manifest.toml").write_text(labels, encoding="utf-8")
    ingest(tmp_path / "home", folder)
    with closing(Ledger(tmp_path / "home" / "ledger.sqlite3", read_only=True)) as ledger:
        yield Library(ledger)


def test_page_is_found_by_its_label_with_its_neighbours(library: Library) -> None:
    view = library.view("guide", "1")
    assert (view.page.number, view.page.text, view.previous, view.next) == (2, "本文である。", "ii", "別表1")
    assert view.document.title == "手引き"


def test_ends_have_no_neighbour(library: Library) -> None:
    assert library.view("guide", "ii").previous is None
    assert library.view("guide", "別表1").next is None
    assert (library.view("b", "1").previous, library.view("b", "1").next) == (None, None)


def test_unknown_document_is_named_with_what_to_do(library: Library) -> None:
    with pytest.raises(UnknownDocument, match=r"「nothing」.*tenkyo documents"):
        library.document("nothing")
    with pytest.raises(UnknownDocument, match="nothing"):
        library.require(["guide", "nothing"])
    library.require(None)


def test_unknown_label_is_named_with_the_documents_word_for_a_page(library: Library) -> None:
    with pytest.raises(UnknownDocument, match="「2」という節"):
        library.view("guide", "2")
    with pytest.raises(UnknownDocument):
        library.page("guide", 9)


def test_units_are_slices_of_their_page(library: Library) -> None:
    text = library.page("guide", 1).text
    assert [text[u.start : u.end] for u in library.units("guide", 1)] == ["はじめに", "補助金は市が交付する。"]


def test_rows_number_the_chunks(library: Library) -> None:
    assert [library.rows[c.id] for c in library.chunks] == list(range(len(library.chunks)))


def test_threads_may_read_at_once(library: Library) -> None:
    def read(n: int) -> str:
        library.page.cache_clear()
        return library.page("guide", n % 3 + 1).text

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(read, range(300))) == {library.page("guide", n).text for n in (1, 2, 3)}
