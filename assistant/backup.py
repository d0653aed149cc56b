"""`tenkyo backup`: everything under TENKYO_HOME that cannot be made again, in one ZIP with checksums."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.problems import BackupError
from index.builder import writer_lock

FORMAT = 1
MANIFEST = "backup.json"
DERIVED = frozenset({"index", "models", "pictures"})  # made again from the ledger and from the installed packages
_SIDE_FILES = ("-wal", "-shm", "-journal", ".lock", ".tmp")
_SQLITE = b"SQLite format 3\0"


def back_up(home: Path, target: Path, wait_s: float) -> dict[str, int]:
    """Writes the backup; sizes in bytes by path. A server may run, an ingest is waited for.

    SQLite files are copied as one moment holds them. Raises BackupError, or IngestBusy after `wait_s`.
    """
    if not (home / "ledger.sqlite3").is_file():
        raise BackupError(
            f"{home} に保存するものがありません。TENKYO_HOME を確かめ、`tenkyo ingest` を実行してください。"
        )
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with writer_lock(home, wait_s), TemporaryDirectory(prefix=".tenkyo-", dir=target.parent) as folder:
            sizes = _write(home, part, Path(folder))
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            part.unlink()
        raise BackupError(
            f"{target} に保存できません（{error}）。空き容量と権限を確かめて、もう一度実行してください。"
        ) from error
    return sizes


def _write(home: Path, part: Path, folder: Path) -> dict[str, int]:
    """The archive is for its owner only: it holds questions, users and documents."""
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    files, sizes = {}, {}
    with os.fdopen(handle, "w+b") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in _kept(home):
            name = path.relative_to(home).as_posix()
            copy = _moment(path, folder / "copy.sqlite3")
            archive.write(copy, name)
            with copy.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            sizes[name] = copy.stat().st_size
            files[name] = {"size": sizes[name], "sha256": digest}
            (folder / "copy.sqlite3").unlink(missing_ok=True)
        facts = {"format": FORMAT, "made": datetime.now(UTC).isoformat(timespec="seconds"), "files": files}
        archive.writestr(MANIFEST, json.dumps(facts, ensure_ascii=False, indent=1))
    return sizes


def _kept(home: Path) -> Iterator[Path]:
    for path in sorted(home.rglob("*")):
        parts = path.relative_to(home).parts
        hidden = any(p.startswith(".") for p in parts)
        if not hidden and parts[0] not in DERIVED and path.is_file() and not path.name.endswith(_SIDE_FILES):
            yield path


def _moment(path: Path, copy: Path) -> Path:
    """The file itself, or for a database a copy in which no change is half done."""
    with path.open("rb") as stream:
        if stream.read(len(_SQLITE)) != _SQLITE:
            return path
    with closing(sqlite3.connect(path, timeout=30)) as database:
        database.execute("VACUUM INTO ?", (str(copy),))
    return copy
