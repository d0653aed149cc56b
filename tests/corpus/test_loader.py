from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.document import Document, Page
from corpus.errors import DocumentError, ManifestError
from corpus.late_loader import LATE, LateLoader
from corpus.loaded import Loaded, LoadedPage
from corpus.loader import LOADERS, Loader, choose_loader, content_hash, known_endings, load_document, loader_for
from corpus.manifest import ManifestEntry
from corpus.source import Source

ENTRY = ManifestEntry(
    file="plan.txt", title="産業計画", publisher="大空県", published="2024", locator="節", note="推定"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text("一頁目\f二頁目", encoding="utf-8")
    return path


def read(document_id: str, path: Path, entry: ManifestEntry | None) -> Document:
    return load_document(Source(document_id, path, entry))


@pytest.mark.parametrize("late", LATE)
def test_a_loader_that_comes_late_is_the_one_it_stands_for(late: LateLoader) -> None:
    assert late.endings == late.loader().endings
    for data in (b"%PDF-1.7", b"", b"PK\x03\x04"):
        assert late.recognises(data) == late.loader().recognises(data)


def test_nothing_heavy_is_loaded_before_a_file_needs_it() -> None:
    code = "import sys, assistant.compose; print([m for m in ('docx', 'pptx', 'openpyxl', 'pypdfium2', 'PIL') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("loader", LOADERS)
def test_every_loader_keeps_the_protocol(loader: Loader) -> None:
    assert loader.endings
    assert all(ending == ending.lower() and ending.startswith(".") for ending in loader.endings)
    with pytest.raises(DocumentError) as raised:
        loader.load(b"\xff\xfe\x00", "broken")
    assert "broken" in raised.value.message


def test_no_two_loaders_claim_one_ending() -> None:
    endings = [ending for loader in LOADERS for ending in loader.endings]
    assert len(endings) == len(set(endings))


def test_the_ending_chooses_the_loader_in_either_case() -> None:
    assert loader_for("plan.TXT") is loader_for("計画.v2.txt") is LOADERS[0]
    assert loader_for("plan.xyz") is None
    assert loader_for("txt") is None
    assert loader_for(".txt") is None


class _Signed:
    """A kind with a signature, to be chosen by it."""

    endings = (".sgn",)

    def recognises(self, data: bytes) -> bool:
        return data.startswith(b"SGN")

    def load(self, data: bytes, name: str) -> Loaded:
        if not self.recognises(data):
            raise DocumentError(f"{name} は署名がありません。")
        return Loaded((LoadedPage(data.decode()),))


def test_the_content_chooses_the_loader_before_the_ending() -> None:
    text, signed = LOADERS[0], _Signed()
    loaders = (text, signed)
    assert choose_loader("plan.txt", b"SGN 1", loaders) is signed
    assert choose_loader("plan.sgn", b"SGN 1", loaders) is signed
    assert choose_loader("plan.xyz", b"SGN 1", loaders) is signed
    assert choose_loader("plan.txt", b"plain", loaders) is text
    with pytest.raises(DocumentError, match="署名"):
        choose_loader("plan.sgn", b"plain", loaders).load(b"plain", "plan.sgn")


def test_a_file_of_unknown_content_and_ending_names_what_can_be_read() -> None:
    with pytest.raises(DocumentError) as raised:
        choose_loader("plan.xyz", b"plain")
    assert "plan.xyz" in raised.value.message
    assert known_endings() in raised.value.message


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("data", [b"", b"\0", b"\xff" * 40, "計画".encode()])
def test_no_loader_recognises_plain_text_or_noise(loader: Loader, data: bytes) -> None:
    assert not loader.recognises(data)


def test_a_file_without_manifest_is_named_after_itself_and_counts_its_pages(path: Path) -> None:
    document = read("plan", path, None)
    assert (document.id, document.title, document.locator) == ("plan", "plan", "ページ")
    assert document.pages == (Page(1, "1", "一頁目"), Page(2, "2", "二頁目"))


def test_the_manifest_describes_the_document_and_labels_its_pages(path: Path) -> None:
    document = read("plan", path, ENTRY.model_copy(update={"page_labels": ("ii", "別表1")}))
    assert (document.title, document.publisher, document.published) == ("産業計画", "大空県", "2024")
    assert (document.locator, document.note) == ("節", "推定")
    assert [(p.number, p.label) for p in document.pages] == [(1, "ii"), (2, "別表1")]


@pytest.mark.parametrize("labels", [("1",), ("1", "2", "3"), ()])
def test_labels_that_do_not_fit_the_pages_are_an_error(path: Path, labels: tuple[str, ...]) -> None:
    with pytest.raises(ManifestError, match=rf"2ページですが.*{len(labels)}個"):
        read("plan", path, ENTRY.model_copy(update={"page_labels": labels}))


def test_a_blank_page_stays_a_page(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("一\f \f三", encoding="utf-8")
    assert [p.text for p in read("plan", path, None).pages] == ["一", " ", "三"]


@pytest.mark.parametrize("data", [b"", b"\n \f\n", "\ufeff".encode()])
def test_a_file_without_text_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=r"empty\.txt に文字がありません"):
        read("empty", path, None)


def test_an_unknown_kind_of_file_names_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "plan.xyz"
    path.write_bytes(b"x")
    with pytest.raises(DocumentError, match=r"plan\.xyz は対応していない形式です。.*\.txt"):
        read("plan", path, None)


def test_a_file_that_cannot_be_read_is_an_error_with_its_path(tmp_path: Path) -> None:
    for path in (tmp_path / "lost.txt", tmp_path / "folder.txt"):
        if path.name == "folder.txt":
            path.mkdir()
        with pytest.raises(DocumentError) as raised:
            read("lost", path, None)
        assert str(path) in raised.value.message


def test_the_hash_changes_with_the_file_and_with_its_description(path: Path) -> None:
    first = read("plan", path, ENTRY).sha256
    assert read("plan", path, ENTRY).sha256 == first == content_hash(path.read_bytes(), ENTRY)
    assert read("plan", path, None).sha256 != first
    assert read("plan", path, ENTRY.model_copy(update={"note": ""})).sha256 != first
    path.write_text("一頁目\f三頁目", encoding="utf-8")
    assert read("plan", path, ENTRY).sha256 != first
