"""`tenkyo ingest` and `remove` as commands use them."""

import threading
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.ingesting import ingest, listed, print_report, remove, report_json
from corpus.errors import FolderError
from index.errors import IndexBroken, IngestBusy

from .invented import Place, make_settings


def test_an_unchanged_folder_is_not_built_again(own: Place) -> None:
    before = (own.home / "index" / "CURRENT").read_text()
    report = ingest(own.settings, [], quiet=True)
    assert report.unchanged == ["kita-cases", "minami-plan", "minami-report"]
    assert not report.built
    assert (own.home / "index" / "CURRENT").read_text() == before


def test_a_file_that_was_taken_from_the_folder_leaves_the_index(own: Place) -> None:
    (own.documents / "minami-report.txt").unlink()
    manifest = own.documents / "manifest.toml"
    manifest.write_text(manifest.read_text().partition('[[document]]\nfile = "minami-report.txt"')[0])
    assert ingest(own.settings, [], quiet=True).removed == ["minami-report"]
    assert [d.id for d in listed(own.settings)[0]] == ["kita-cases", "minami-plan"]


def test_a_named_file_is_added_beside_the_folder_and_can_be_removed(own: Place, tmp_path: Path) -> None:
    extra = tmp_path / "extra.txt"
    extra.write_text("追加の文書である。\n", encoding="utf-8")
    assert ingest(own.settings, [extra], quiet=True).added == ["extra"]
    assert ingest(own.settings, [], quiet=True).removed == []
    assert remove(own.settings, "extra").removed == ["extra"]
    assert extra.exists()
    assert remove(own.settings, "extra").removed == []


def test_a_missing_folder_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="TENKYO_DOCUMENTS"):
        ingest(make_settings(tmp_path / "home", tmp_path / "nirgends"), [], quiet=True)
    assert not (tmp_path / "home").exists()


def test_a_second_ingest_says_that_it_waits_and_gives_up_in_the_end(
    own: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    with FileLock(own.home / "ingest.lock"):
        with pytest.raises(IngestBusy, match="実行中"):
            ingest(own.settings, [], quiet=True, wait_s=0.1)
        with pytest.raises(IngestBusy):
            remove(own.settings, "kita-cases", wait_s=0.1)
    assert "終わるまで待ちます" in capsys.readouterr().err
    assert len(listed(own.settings)[0]) == 3


def test_a_second_ingest_goes_on_when_the_first_has_ended(own: Place) -> None:
    lock = FileLock(own.home / "ingest.lock", thread_local=False)
    lock.acquire()
    timer = threading.Timer(0.5, lock.release)
    timer.start()
    assert ingest(own.settings, [], quiet=True, wait_s=30).unchanged
    timer.join()


def test_a_ledger_that_is_no_ledger_is_told(own: Place) -> None:
    (own.home / "ledger.sqlite3").write_bytes(b"no such thing" * 100)
    with pytest.raises(IndexBroken, match="台帳"):
        listed(own.settings)


def test_the_report_names_every_document_page_and_failure(own: Place, capsys: pytest.CaptureFixture[str]) -> None:
    (own.documents / "kaputt.txt").write_bytes(b"\xff\xfe")
    report = ingest(own.settings, [], quiet=True)
    print_report(report)
    out = capsys.readouterr().out
    assert "変更なし\tkita-cases\t2スライド\t地域産業の取組事例集" in out
    assert f"失敗\t{own.documents / 'kaputt.txt'}\t" in out
    assert "3文書 10ページ" in out
    data = report_json(report)
    assert data["failed"][0]["path"].endswith("kaputt.txt")
    assert [d["pages"] for d in data["documents"]] == [2, 7, 1]


def test_progress_is_shown_on_stderr(own: Place, capsys: pytest.CaptureFixture[str]) -> None:
    ingest(own.settings, [])
    out = capsys.readouterr()
    assert out.out == ""
    assert "読み取り" in out.err
