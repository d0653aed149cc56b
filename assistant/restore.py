"""`tenkyo restore`: a backup is checked to the last byte, put in place, and the index is built again from it."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from contextlib import closing
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from assistant.backup import DERIVED, FORMAT, MANIFEST
from assistant.problems import BackupError
from index.builder import writer_lock
from index.ledger import Ledger

_BLOCK = 1 << 20


def put_back(source: Path, home: Path, *, force: bool, wait_s: float) -> int:
    """Restores the files of a backup and takes the index away, which the caller builds again; how many files.

    Nothing under `home` is touched before all of the backup is found to be sound. Raises BackupError: the file is no backup or
    is damaged, or `home` holds a state already and `force` is not given. With it, what is not in the backup is removed.
    """
    kept = _state(home)
    if kept and not force:
        raise BackupError(
            f"{home} には、すでに {'、'.join(p.name for p in kept[:3])} などがあります。"
            "空のフォルダーを TENKYO_HOME にするか、置き換えてよければ --force を付けてください。"
        )
    try:
        home.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".restore-", dir=home) as folder:
            names = _extracted(source, Path(folder) / "new")
            with writer_lock(home, wait_s):
                _swap(home, Path(folder))
                _relocate(home)
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        raise BackupError(f"{source} から戻せません（{error}）。ファイルと空き容量を確かめてください。") from error
    return len(names)


def _state(home: Path) -> list[Path]:
    """What of `home` is state: not the models, not locks."""
    entries = sorted(home.iterdir()) if home.is_dir() else []
    found = [p for p in entries if p.name != "models" and not p.name.startswith(".") and p.suffix != ".lock"]
    return [p for p in found if not p.is_dir() or any(p.iterdir())]


def _extracted(source: Path, folder: Path) -> list[str]:
    with zipfile.ZipFile(source) as archive:
        files = _manifest(archive)
        listed = {i.filename for i in archive.infolist()} - {MANIFEST}
        if listed != set(files) or len(archive.infolist()) != len(files) + 1:
            raise BackupError("バックアップの中身が一覧と合いません。別のバックアップを使ってください。")
        needed, free = sum(f["size"] for f in files.values()), shutil.disk_usage(folder.parent).free
        if needed > free:
            raise BackupError(f"空きが足りません（{needed // 10**6}MB 要るところ、{free // 10**6}MB）。")
        for name, facts in sorted(files.items()):
            _extract(archive, archive.getinfo(name), folder / name, facts)
    return sorted(files)


def _manifest(archive: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    try:
        facts = json.loads(archive.read(MANIFEST))
        files: dict[str, dict[str, Any]] = facts["files"]
        known = facts["format"] == FORMAT and all(isinstance(f["size"], int) and f["sha256"] for f in files.values())
    except (KeyError, ValueError, TypeError, AttributeError):
        known = False
    if not known:
        raise BackupError("tenkyo のバックアップではありません。`tenkyo backup` で作ったファイルを指定してください。")
    return files


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, facts: dict[str, Any]) -> None:
    name = PurePosixPath(entry.filename)
    odd = name.is_absolute() or ".." in name.parts or "\\" in entry.filename or name.parts[0] in DERIVED
    if odd or entry.filename != str(name) or stat.S_ISLNK(entry.external_attr >> 16):
        raise BackupError(f"バックアップに「{entry.filename[:80]}」という名前は使えません。戻すのをやめました。")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with archive.open(entry) as stream, target.open("wb") as out:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > facts["size"]:
                break
            digest.update(block)
            out.write(block)
    if (size, digest.hexdigest()) != (facts["size"], facts["sha256"]):
        raise BackupError(f"バックアップの「{entry.filename}」が壊れています。別のバックアップを使ってください。")
    target.chmod(0o600)


def _swap(home: Path, folder: Path) -> None:
    """Moves the old state into `folder`, which is thrown away, and the new one into its place."""
    (folder / "old").mkdir()
    for path in _state(home):
        path.rename(folder / "old" / path.name)
    for path in sorted((folder / "new").iterdir()):
        path.rename(home / path.name)


def _relocate(home: Path) -> None:
    """Uploaded files lie under this home now, whatever it was called where the backup was made."""
    with closing(Ledger(home / "ledger.sqlite3")) as ledger:
        for document in ledger.documents():
            if document.origin == "upload":
                ledger.relocate(document.id, "upload", (home / "uploads" / Path(document.path).name).resolve())
