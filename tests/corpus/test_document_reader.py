"""A document that was read apart is the same document, and what goes wrong there is a reason here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus import document_reader
from corpus.document_reader import DocumentReader
from corpus.errors import DocumentError
from corpus.loader import load_document
from corpus.manifest import ManifestEntry
from corpus.sandbox import Sandbox, SandboxFailed
from corpus.source import Source


@pytest.fixture(scope="module")
def read() -> Iterator[DocumentReader]:
    with Sandbox() as sandbox:
        yield DocumentReader(sandbox)


def test_a_document_comes_back_as_it_was_read(read: DocumentReader, tmp_path: Path) -> None:
    text, pdf = tmp_path / "plan.txt", tmp_path / "plan.pdf"
    text.write_text("一頁目\f \f三頁目", encoding="utf-8")
    canvas = Canvas(str(pdf))
    canvas.drawString(100, 700, "The harbour wall is 1,870 metres long.")
    canvas.showPage()
    canvas.save()
    entry = ManifestEntry(file="plan.txt", title="計画", page_labels=("i", "ii", "別表1"), locator="節")
    for source in (Source("plan", text, entry), Source("plan-pdf", pdf, None)):
        apart, here = read(source), load_document(source)
        assert apart == here
        for one, other in zip(apart.pages, here.pages, strict=True):
            assert (one.geometry is None) == (other.geometry is None)
            if one.geometry and other.geometry:
                assert one.geometry.to_bytes() == other.geometry.to_bytes()
    assert read(Source("plan-pdf", pdf, None)).pages[0].geometry is not None


def test_what_is_wrong_with_a_file_is_told_in_the_same_words(read: DocumentReader, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing else")
    source = Source("broken", path, None)
    with pytest.raises(DocumentError) as here:
        load_document(source)
    with pytest.raises(DocumentError) as apart:
        read(source)
    assert apart.value.message == here.value.message
    with pytest.raises(DocumentError, match="読めません"):
        read(Source("lost", tmp_path / "lost.txt", None))


def test_a_file_that_takes_too_long_or_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("一頁目", encoding="utf-8")
    with Sandbox() as sandbox:
        with pytest.raises(SandboxFailed, match="終わらない"):
            DocumentReader(sandbox, timeout_s=0.01)(Source("plan", path, None))
        monkeypatch.setattr(document_reader, "MAX_FILE_BYTES", 2)
        with pytest.raises(DocumentError, match="大きすぎます"):
            DocumentReader(sandbox)(Source("plan", path, None))


def test_a_document_with_too_many_pages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("頁\f" * 4 + "頁", encoding="utf-8")
    with Sandbox() as sandbox:
        assert len(DocumentReader(sandbox, max_pages=5)(Source("plan", path, None)).pages) == 5
        with pytest.raises(DocumentError, match="5ページあります。4ページまで"):
            DocumentReader(sandbox, max_pages=4)(Source("plan", path, None))


def test_reading_loads_no_model_and_no_database(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("一頁目", encoding="utf-8")
    with Sandbox() as sandbox:
        DocumentReader(sandbox)(Source("plan", path, None))
        loaded = set(sandbox.call("tests.corpus.hostile_work:modules", {}, "", 20).data["names"])
    assert not loaded & {"chromadb", "torch", "onnxruntime", "fastapi", "gradio", "langchain_core", "sudachipy"}
