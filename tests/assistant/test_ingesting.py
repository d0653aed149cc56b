"""`tenkyo ingest` and `remove` as commands use them."""

import threading
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.accounts import preview_lines, read_accounts, report_json, report_lines
from assistant.ingesting import ingest, remove
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
    assert [d.id for d in read_accounts(own.home).documents] == ["kita-cases", "minami-plan"]


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
    assert len(read_accounts(own.home).documents) == 3


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
        read_accounts(own.home)


def test_the_report_names_every_document_page_and_failure(own: Place) -> None:
    (own.documents / "kaputt.txt").write_bytes(b"\0\1\2\3" * 50)
    (own.documents / "bild.bmp").write_bytes(b"BM")
    report = ingest(own.settings, [], quiet=True)
    out = "\n".join(report_lines(report, read_accounts(own.home)))
    assert "変更なし\tkita-cases\t2ページ（索引2・空白0・読めない0）\t地域産業の取組事例集" in out
    assert f"失敗\t{own.documents / 'kaputt.txt'}\t" in out
    assert f"対象外\t{own.documents / 'bild.bmp'}\t" in out
    assert "3文書 10ページ（索引10・空白0・読めない0）" in out
    data = report_json(report)
    assert data["pages"] == {"pages": 10, "indexed": 10, "empty": 0, "failed": 0, "ocr": 0, "poor": 0}
    assert data["failed"][0]["path"].endswith("kaputt.txt")
    assert [d["pages"] for d in data["documents"]] == [2, 7, 1]


def test_progress_is_shown_on_stderr(own: Place, capsys: pytest.CaptureFixture[str]) -> None:
    ingest(own.settings, [])
    out = capsys.readouterr()
    assert out.out == ""
    assert "読み取り" in out.err


def test_a_dry_run_says_what_would_change_and_writes_nothing(own: Place) -> None:
    (own.documents / "kita-cases.txt").rename(own.documents / "kita.txt")
    manifest = own.documents / "manifest.toml"
    manifest.write_text(manifest.read_text().replace("kita-cases.txt", "kita.txt"))
    (own.documents / "neu.txt").write_text(
        "新しい文書である。\f \f崩れた\ue000\ue001\ue002\ue003\ue004頁", encoding="utf-8"
    )
    (own.documents / "kaputt.txt").write_bytes(b"\0\1\2\3" * 50)
    before = {p: p.stat().st_mtime_ns for p in own.home.rglob("*") if p.is_file()}
    report = ingest(own.settings, [], quiet=True, dry_run=True)
    assert {p: p.stat().st_mtime_ns for p in own.home.rglob("*") if p.is_file()} == before
    assert (report.added, report.renamed, report.removed) == (["neu"], [("kita-cases", "kita")], [])
    assert report.unchanged == ["minami-plan", "minami-report"]
    out = "\n".join(preview_lines(report))
    assert "追加\tneu\t3ページ（索引2・空白1・読めない0。うち文字崩れの疑い1）" in out
    assert "改名\tkita-cases → kita" in out
    assert "失敗\t" in out
    assert "変更 2件、変更なし 2件、失敗 1件。何も書き換えていません。" in out


def test_a_dry_run_before_anything_was_indexed_makes_no_folder(own: Place, tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "fresh", own.documents)
    assert len(ingest(settings, [], quiet=True, dry_run=True).added) == 3
    assert not (tmp_path / "fresh").exists()


def test_pages_are_accounted_for_one_by_one(own: Place) -> None:
    (own.documents / "neu.txt").write_text(
        "新しい文書である。\f \f崩れた\ue000\ue001\ue002\ue003\ue004頁", encoding="utf-8"
    )
    ingest(own.settings, [], quiet=True)
    accounts = read_accounts(own.home)
    counts = accounts.counts["neu"]
    assert counts.pages == counts.indexed + counts.empty + counts.failed == 3
    [blank, poor] = accounts.problems["neu"]
    assert (blank.number, blank.state, blank.reason) == (2, "empty", "白紙です。")
    assert (poor.number, poor.is_poor) == (3, True)


def test_a_renamed_file_is_embedded_once_and_found_under_its_new_name(own: Place) -> None:
    (own.documents / "kita-cases.txt").rename(own.documents / "kita.txt")
    manifest = own.documents / "manifest.toml"
    manifest.write_text(manifest.read_text().replace("kita-cases.txt", "kita.txt"))
    report = ingest(own.settings, [], quiet=True)
    assert (report.renamed, report.added, report.removed) == ([("kita-cases", "kita")], [], [])
    assert [d.id for d in read_accounts(own.home).documents] == ["kita", "minami-plan", "minami-report"]


def test_what_failed_in_the_folder_stays_noted_when_another_file_is_added(own: Place, tmp_path: Path) -> None:
    (own.documents / "kaputt.txt").write_bytes(b"\0\1\2\3" * 50)
    ingest(own.settings, [], quiet=True)
    extra = tmp_path / "extra.txt"
    extra.write_text("追加の文書である。\n", encoding="utf-8")
    ingest(own.settings, [extra], quiet=True)
    assert [Path(path).name for path, _ in read_accounts(own.home).failures] == ["kaputt.txt"]
    (own.documents / "kaputt.txt").unlink()
    ingest(own.settings, [], quiet=True)
    assert read_accounts(own.home).failures == ()


def test_pictures_of_a_removed_document_go_with_it(own: Place) -> None:
    rows = {d.id: d.file_sha256 for d in read_accounts(own.home).documents}
    for digest in rows.values():
        (own.home / "pictures" / digest).mkdir(parents=True)
        (own.home / "pictures" / digest / "1-800-1.png").write_bytes(b"x")
    remove(own.settings, "kita-cases")
    assert {p.name for p in (own.home / "pictures").iterdir()} == {rows["minami-plan"], rows["minami-report"]}
