from __future__ import annotations

import zipfile
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import archive
from corpus.archive import ArchiveLoader, member_names, read_member
from corpus.errors import DocumentError
from corpus.folder import find_sources
from corpus.loader import load_document

MANY = settings(deadline=None, max_examples=150, database=None, derandomize=True)


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def write(path: Path, members: Mapping[str, bytes]) -> Path:
    path.write_bytes(zipped(members))
    return path


def test_each_readable_member_is_a_document_of_its_own(tmp_path: Path) -> None:
    members = {
        "資料/計画.txt": "計画の本文".encode(),
        "別表.txt": "別表の本文".encode(),
        "photo.raw": b"\0",
        "__MACOSX/x.txt": b"x",
        "資料/.hidden.txt": b"x",
    }
    write(tmp_path / "一式.zip", members)
    sources = find_sources([tmp_path])
    assert [(s.id, s.member, s.name) for s in sources] == [
        ("別表", "別表.txt", "別表.txt"),
        ("計画", "資料/計画.txt", "計画.txt"),
    ]
    assert sources[1].where == f"{tmp_path / '一式.zip'} の 資料/計画.txt"
    document = load_document(sources[1])
    assert (document.id, document.title, document.pages[0].text) == ("計画", "計画", "計画の本文")


def test_members_that_would_share_an_id_get_the_path_before_it(tmp_path: Path) -> None:
    write(tmp_path / "set.zip", {"a/report.txt": b"a", "b/report.txt": b"b", "only.txt": b"c"})
    (tmp_path / "other.txt").write_text("o")
    assert [s.id for s in find_sources([tmp_path])] == ["only", "other", "set-a-report-txt", "set-b-report-txt"]


def test_a_name_of_japanese_windows_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = write(tmp_path / "w.zip", {"XXXX.txt": b"x"})
    path.write_bytes(path.read_bytes().replace(b"XXXX", "予算".encode("cp932")))
    assert member_names(path, "w.zip") == ("予算.txt",)
    assert read_member(path, "予算.txt") == b"x"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("../x.txt", "外のフォルダー"), ("/etc/x.txt", "外のフォルダー"), ("C:/x.txt", "外のフォルダー")],
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        member_names(write(tmp_path / "x.zip", {name: b"x", "a.txt": b"a"}), "x.zip")


def test_a_link_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as made:
        made.writestr(info, "/etc/passwd")
    with pytest.raises(DocumentError, match="リンク"):
        member_names(tmp_path / "x.zip", "x.zip")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write(tmp_path / "x.zip", {"a.txt": b"0" * 20_000_000})
    with pytest.raises(DocumentError, match="比率が異常"):
        member_names(path, "x.zip")


def test_too_much_and_too_many_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "x.zip", {f"{n}.txt": b"abc" for n in range(5)})
    monkeypatch.setattr(archive, "MAX_MEMBERS", 4)
    with pytest.raises(DocumentError, match="5個のファイル"):
        member_names(path, "x.zip")
    monkeypatch.setattr(archive, "MAX_MEMBERS", 5)
    monkeypatch.setattr(archive, "MAX_BYTES", 14)
    with pytest.raises(DocumentError, match="MBになります"):
        member_names(path, "x.zip")


def test_a_locked_zip_says_so(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"abc"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(DocumentError, match="パスワード"):
        member_names(tmp_path / "x.zip", "x.zip")


def test_a_refused_or_empty_zip_is_one_source_that_gives_the_reason(tmp_path: Path) -> None:
    write(tmp_path / "bad.zip", {"../x.txt": b"x"})
    write(tmp_path / "none.zip", {})
    (tmp_path / "cut.zip").write_bytes(zipped({"a.txt": b"abc" * 99})[:60])
    reasons = {}
    for source in find_sources([tmp_path]):
        with pytest.raises(DocumentError) as raised:
            load_document(source)
        reasons[source.id] = raised.value.message
    assert "外のフォルダー" in reasons["bad"]
    assert "読めるファイルが入っていません" in reasons["none"]
    assert "開けません" in reasons["cut"]


def test_a_zip_in_a_zip_is_reported_and_not_opened(tmp_path: Path) -> None:
    write(tmp_path / "outer.zip", {"inner.zip": zipped({"a.txt": b"a"}), "b.txt": b"b"})
    sources = {s.id: s for s in find_sources([tmp_path])}
    assert set(sources) == {"inner", "b"}
    with pytest.raises(DocumentError, match="ZIPの中のZIP"):
        load_document(sources["inner"])


@MANY
@given(st.integers(0, 400), st.integers(0, 255), st.integers(0, 400))
def test_a_damaged_zip_gives_names_and_bytes_or_a_document_error(at: int, value: int, cut: int) -> None:
    data = bytearray(zipped({"計画.txt": "計画の本文".encode() * 9, "b.txt": b"b"}))
    data[at % len(data)] = value
    damaged = bytes(data[: len(data) - cut % 40])
    with suppress(DocumentError):
        assert isinstance(member_names(BytesIO(damaged), "x.zip"), tuple)
    with pytest.raises(DocumentError):
        ArchiveLoader().load(damaged, "x.zip")
