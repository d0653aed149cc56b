from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import FolderError, ManifestError
from corpus.folder import find_sources
from corpus.manifest import MANIFEST


def make(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text("本文", encoding="utf-8")
    return folder


def describe(folder: Path, *names: str) -> None:
    text = "".join(f'[[document]]\nfile = "{name}"\ntitle = "題名"\n' for name in names)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def test_readable_files_of_a_folder_are_sources_in_the_order_of_their_ids(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.TXT", "計画.txt", "note.xyz", ".hidden.txt")
    make(tmp_path / "deeper", "c.txt")
    describe(tmp_path, "b.txt")
    sources = find_sources([tmp_path])
    assert [s.id for s in sources] == ["a", "b", "計画"]
    assert [s.entry.title if s.entry else None for s in sources] == [None, "題名", None]
    assert sources[1].path == tmp_path / "b.txt"


def test_a_file_alone_finds_the_manifest_beside_it(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    describe(tmp_path, "a.txt")
    (source,) = find_sources([tmp_path / "a.txt"])
    assert source.entry is not None
    assert (source.id, source.entry.title) == ("a", "題名")


def test_a_file_of_an_unknown_kind_is_a_source_when_it_is_named(tmp_path: Path) -> None:
    make(tmp_path, "a.xyz", "b.xyz")
    describe(tmp_path, "a.xyz")
    assert [s.path.name for s in find_sources([tmp_path])] == ["a.xyz"]
    assert [s.path.name for s in find_sources([tmp_path / "b.xyz"])] == ["b.xyz"]


def test_two_files_that_would_share_an_id_get_their_endings(tmp_path: Path) -> None:
    make(tmp_path, "report.txt", "report.xyz", "other.txt")
    describe(tmp_path, "report.xyz")
    assert [s.id for s in find_sources([tmp_path])] == ["other", "report-txt", "report-xyz"]


def test_equal_names_in_two_folders_are_an_error_that_names_both(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", "report.txt"), make(tmp_path / "two", "report.txt")
    with pytest.raises(FolderError) as raised:
        find_sources([one, two])
    assert str(one / "report.txt") in raised.value.message
    assert str(two / "report.txt") in raised.value.message


def test_a_file_that_is_given_twice_is_one_source(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert [s.id for s in find_sources([tmp_path, tmp_path / "a.txt", tmp_path / ".." / tmp_path.name])] == ["a"]


def test_an_empty_folder_has_no_sources(tmp_path: Path) -> None:
    assert find_sources([tmp_path]) == ()
    assert find_sources([]) == ()


def test_a_missing_path_is_an_error_that_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=r"lost.*TENKYO_DOCUMENTS"):
        find_sources([tmp_path / "lost"])


def test_a_folder_that_may_not_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(FolderError, match="開けません"):
        find_sources([tmp_path])


def test_a_wrong_manifest_stops_the_search(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    describe(tmp_path, "lost.txt")
    with pytest.raises(ManifestError):
        find_sources([tmp_path])
