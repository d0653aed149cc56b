"""`manifest.toml` beside the documents: titles, publishers, dates and page labels."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import ManifestError

MANIFEST = "manifest.toml"


class ManifestEntry(BaseModel):
    """What the manifest says of one file; every field but `file` may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = Field(min_length=1)
    title: str = ""
    publisher: str = ""
    published: str = ""
    locator: str = ""
    page_labels: tuple[str, ...] | None = None
    note: str = ""


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    document: list[ManifestEntry] = []


def read_manifest(folder: Path) -> dict[str, ManifestEntry]:
    """Entries by file name; empty when the folder has no manifest.

    Raises ManifestError when it cannot be read, is no TOML, has unknown or wrong fields, names a file twice, one in another folder
    or one that is not there, or gives a page no label or two pages one.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        manifest = _Manifest.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise ManifestError(f"{path} を読めません（{error.strerror}）。権限を確かめてください。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path} をTOMLとして読めません（{error}）。書式を直してください。") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ManifestError(
            f"{path} の {where} が正しくありません（{first['msg']}）。項目名と値を直してください。"
        ) from error
    entries: dict[str, ManifestEntry] = {}
    for entry in manifest.document:
        if entry.file in entries:
            raise ManifestError(f"{path} に {entry.file} が二度書かれています。片方を消してください。")
        if Path(entry.file).name != entry.file:
            raise ManifestError(
                f"{path} の {entry.file} はファイル名ではありません。manifest.toml と同じフォルダーのファイル名だけを書いてください。"
            )
        if not (folder / entry.file).is_file():
            raise ManifestError(
                f"{path} にある {entry.file} が見つかりません。ファイルを置くか、項目を消してください。"
            )
        if entry.page_labels is not None and not all(label.strip() for label in entry.page_labels):
            raise ManifestError(f"{path} の {entry.file} に空のページ名があります。page_labels を直してください。")
        if entry.page_labels is not None and len(set(entry.page_labels)) != len(entry.page_labels):
            twice = next(label for label in entry.page_labels if entry.page_labels.count(label) > 1)
            raise ManifestError(
                f"{path} の {entry.file} にページ名「{twice}」が二度あります。page_labels を直してください。"
            )
        entries[entry.file] = entry
    return entries


def known_entries(folder: Path) -> dict[str, ManifestEntry]:
    """The entries whose file is there. Raises ManifestError like `read_manifest`, but not for a file that is missing."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        manifest = _Manifest.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError) as error:
        raise ManifestError(f"{path} を読めません（{error}）。書式を直してください。") from error
    return {entry.file: entry for entry in manifest.document if (folder / entry.file).is_file()}


def write_manifest(folder: Path, entries: Mapping[str, ManifestEntry]) -> None:
    """The manifest of a folder that tenkyo keeps itself, in one step; none when nothing is to be said. Raises OSError."""
    path = folder / MANIFEST
    if not entries:
        path.unlink(missing_ok=True)
        return
    blocks = []
    for _, entry in sorted(entries.items()):
        fields = entry.model_dump(exclude_defaults=True) | {"file": entry.file}
        # JSON's strings and arrays of strings are TOML's too.
        lines = [f"{name} = {json.dumps(value)}" for name, value in fields.items()]
        blocks.append("\n".join(["[[document]]", *lines, ""]))
    part = path.with_suffix(".part")
    part.write_text("\n".join(blocks), encoding="utf-8")
    part.replace(path)
