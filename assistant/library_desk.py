"""Adding and removing documents while the server runs: a separate process builds, the server follows the pointer."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, cast

from assistant.accounts import Accounts, read_accounts
from assistant.problems import PROBLEMS
from corpus.errors import DocumentError, TenkyoError
from corpus.loader import known_endings, loader_for
from index.errors import IngestBusy, StorageError
from index.ledger import Ledger

MAX_UPLOAD_BYTES = 50_000_000
_TIMEOUT_S = 1800
_WAIT_S = 60  # for another ingest to end, before the client is told so
_ERRORS = {kind.__name__: kind for kind in PROBLEMS}
_LOG = logging.getLogger(__name__)


class LibraryDesk:
    """Runs `tenkyo ingest` and `tenkyo remove` in a process of their own, so that the server never holds a writer."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def accounts(self) -> Accounts:
        """What became of every file and page. Files are named without their folders: a path tells of the server."""
        found = read_accounts(self._home)
        return replace(found, failures=tuple((Path(path).name, reason) for path, reason in found.failures))

    def add(self, filename: str, stream: BinaryIO) -> dict[str, Any]:
        """Keeps an uploaded file and indexes it; when anything fails, all is as before.

        Raises DocumentError when it cannot be read or would take the place of a document that was not uploaded.
        """
        name = re.sub(r"[\x00-\x1f/\\:]", "_", Path(filename).name).strip(". ")
        if not name or loader_for(name) is None:
            raise DocumentError(
                f"「{filename}」は対応していない形式です。{known_endings()} のいずれかのファイルにしてください。"
            )
        self._require_free(name)
        folder = self._home / "uploads"
        with _storing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(prefix=".part-", dir=folder) as part:
                return self._replace(folder / name, _received(stream, Path(part) / name), Path(part) / "older")

    def remove(self, document_id: str) -> dict[str, Any]:
        """Takes a document out; an uploaded file is deleted. Raises UnknownDocument."""
        return self._run("remove", document_id)

    def _replace(self, target: Path, fresh: Path, older: Path) -> dict[str, Any]:
        """Indexes `fresh` under the name of `target`; what was there comes back when that fails."""
        if target.exists():
            target.replace(older)
        fresh.replace(target)
        try:
            report = self._run("ingest", "--origin", "upload", str(target))
            if report["failed"]:
                raise DocumentError(report["failed"][0]["reason"])
        except BaseException:
            target.unlink()
            if older.exists():
                older.replace(target)
            raise
        return report

    def _require_free(self, name: str) -> None:
        with self._ledger() as ledger:
            for document in ledger.documents() if ledger else ():
                if document.id == Path(name).stem and document.origin != "upload":
                    raise DocumentError(
                        f"「{name}」と同じ名前の文書（{document.title}）が文書フォルダーから登録されています。ファイル名を変えてください。"
                    )

    @contextmanager
    def _ledger(self) -> Iterator[Ledger | None]:
        path = self._home / "ledger.sqlite3"
        if not path.is_file():
            yield None
            return
        with closing(Ledger(path, read_only=True)) as ledger:
            yield ledger

    def _run(self, *arguments: str) -> dict[str, Any]:
        """What the command reports. Raises the error that it names."""
        try:
            done = subprocess.run(
                [sys.executable, "-m", "assistant.cli", *arguments, "--json", "--wait-s", str(_WAIT_S)],
                capture_output=True,
                text=True,
                timeout=_TIMEOUT_S,
                check=False,
                env=os.environ | {"TENKYO_HOME": str(self._home.resolve()), "PYTHONIOENCODING": "utf-8"},
            )
        except subprocess.TimeoutExpired as error:
            raise IngestBusy(
                "取り込みが時間内に終わりませんでした。`tenkyo doctor` で状態を確かめてください。"
            ) from error
        try:
            report: dict[str, Any] = json.loads(done.stdout)
        except ValueError:
            _LOG.error("tenkyo %s ended with %d: %s", arguments[0], done.returncode, done.stderr)
            raise TenkyoError("取り込みに失敗しました。`tenkyo doctor` で状態を確かめてください。") from None
        if "error" in report:
            raise _ERRORS.get(report["error"]["kind"], TenkyoError)(report["error"]["detail"])
        return report


@contextmanager
def _storing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"{folder} に保存できません（{error.strerror}）。空き容量と権限を確かめてください。索引は前のままです。"
        ) from error


def _received(stream: BinaryIO, path: Path) -> Path:
    """The upload as a file. Raises DocumentError when it is too large."""
    with path.open("wb") as out:
        shutil.copyfileobj(cast(BinaryIO, _Limited(stream, path.name)), out)
    return path


class _Limited:
    """A stream that refuses to give more than MAX_UPLOAD_BYTES."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._read += len(data)
        if self._read > MAX_UPLOAD_BYTES:
            raise DocumentError(
                f"「{self._name}」は大きすぎます。{MAX_UPLOAD_BYTES // 1_000_000}MB以下にしてください。"
            )
        return data
