from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import DocumentError, ManifestError, TenkyoError
from corpus.manifest import MANIFEST, ManifestEntry, known_entries, read_manifest, write_manifest

FULL = """
[[document]]
file = "plan.txt"
title = "産業計画"
publisher = "大空県"
published = "2024-03-29"
locator = "節"
page_labels = ["i", "1", "別表1"]
note = "時期は推定"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("plan.txt", "cases.txt"):
        (tmp_path / name).write_text("本文", encoding="utf-8")
    return tmp_path


def write(folder: Path, text: str, encoding: str = "utf-8") -> None:
    (folder / MANIFEST).write_bytes(text.encode(encoding))


def message(folder: Path) -> str:
    with pytest.raises(ManifestError) as raised:
        read_manifest(folder)
    assert MANIFEST in raised.value.message
    return raised.value.message


def test_a_folder_without_manifest_describes_nothing(folder: Path) -> None:
    assert read_manifest(folder) == {}


def test_every_field_is_read(folder: Path) -> None:
    write(folder, FULL)
    assert read_manifest(folder) == {
        "plan.txt": ManifestEntry(
            file="plan.txt",
            title="産業計画",
            publisher="大空県",
            published="2024-03-29",
            locator="節",
            page_labels=("i", "1", "別表1"),
            note="時期は推定",
        )
    }


def test_every_field_but_the_file_may_be_left_out(folder: Path) -> None:
    write(folder, '[[document]]\nfile = "plan.txt"\n\n[[document]]\nfile = "cases.txt"\n')
    entries = read_manifest(folder)
    assert list(entries) == ["plan.txt", "cases.txt"]
    assert (entries["plan.txt"].title, entries["plan.txt"].locator, entries["plan.txt"].page_labels) == (
        "",
        "",
        None,
    )


def test_an_empty_manifest_describes_nothing(folder: Path) -> None:
    write(folder, "# まだ何もない\n")
    assert read_manifest(folder) == {}


def test_byte_order_mark_and_windows_line_ends_are_read(folder: Path) -> None:
    write(folder, FULL.replace("\n", "\r\n"), "utf-8-sig")
    assert read_manifest(folder)["plan.txt"].title == "産業計画"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[[document]\n", "TOML"),
        ('[[document]]\nfile = "plan.txt"\nfile = "plan.txt"\n', "TOML"),
        ('[[document]]\ntitle = "名"\n', "document.0.file"),
        ('[[document]]\nfile = ""\n', "document.0.file"),
        ('[[document]]\nfile = "plan.txt"\ntitel = "名"\n', "document.0.titel"),
        ('[[document]]\nfile = "plan.txt"\ntitle = 3\n', "document.0.title"),
        ('[[documents]]\nfile = "plan.txt"\n', "documents"),
        ('[[document]]\nfile = "plan.txt"\n\n[[document]]\nfile = "plan.txt"\n', "plan.txt が二度"),
        ('[[document]]\nfile = "lost.txt"\n', "lost.txt が見つかりません"),
        ('[[document]]\nfile = "../plan.txt"\n', "../plan.txt はファイル名ではありません"),
        ('[[document]]\nfile = "plan.txt"\npage_labels = ["1", "2", "1"]\n', "「1」が二度"),
        ('[[document]]\nfile = "plan.txt"\npage_labels = ["1", " "]\n', "空のページ名"),
    ],
)
def test_a_wrong_manifest_says_where_it_is_wrong(folder: Path, text: str, part: str) -> None:
    write(folder, text)
    expected = part.replace("plan.txt が二度", "plan.txt が二度") if "二度" in part and "plan" in part else part
    assert expected in message(folder)


def test_a_manifest_in_another_encoding_is_named(folder: Path) -> None:
    write(folder, FULL, "cp932")
    assert "TOML" in message(folder)


def test_a_manifest_that_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, FULL)

    def denied(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", denied)
    assert "読めません" in message(folder)


def test_manifest_errors_are_document_errors_of_the_house() -> None:
    assert issubclass(ManifestError, DocumentError)
    assert issubclass(DocumentError, TenkyoError)


def test_a_manifest_that_is_written_is_read_back_and_forgets_what_is_gone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    entries = {
        "a.txt": ManifestEntry(file="a.txt", title='「計画」 "改訂" \\ 版\n', page_labels=("i", "別表1")),
        "b.txt": ManifestEntry(file="b.txt", publisher="大空県"),
    }
    write_manifest(tmp_path, entries)
    assert read_manifest(tmp_path) == entries
    (tmp_path / "a.txt").unlink()
    assert known_entries(tmp_path) == {"b.txt": entries["b.txt"]}
    write_manifest(tmp_path, {})
    assert list(tmp_path.iterdir()) == [tmp_path / "b.txt"]
