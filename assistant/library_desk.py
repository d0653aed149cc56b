"""Adding and removing documents while the server runs: a separate process builds, the server follows the pointer."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import DocumentError, TenkyoError
from corpus.loader import loader_for
from index.errors import IngestBusy, UnknownDocument
from index.ledger import Ledger

MAX_UPLOAD_BYTES = 50_000_000
_TIMEOUT_S = 1800


class LibraryDesk:
    """Runs `tenkyo ingest` and `tenkyo remove` in a process of their own, so that the server never holds a writer."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def failures(self) -> list[dict[str, str]]:
        """Files that could not be read at the last ingest."""
        path = self._home / "ledger.sqlite3"
        if not path.is_file():
            return []
        ledger = Ledger(path, read_only=True)
        try:
            return [{"path": Path(p).name, "reason": reason} for p, reason in ledger.failures()]
        finally:
            ledger.close()

    def add(self, filename: str, stream: BinaryIO) -> dict[str, Any]:
        """Keeps an uploaded file and indexes it. Raises DocumentError when it cannot be read; then nothing is kept."""
        name = re.sub(r"[\x00-\x1f/\\:]", "_", Path(filename).name).strip(". ")
        if not name or loader_for(name) is None:
            raise DocumentError(f"「{filename}」は対応していない形式です。テキスト（.txt）のファイルにしてください。")
        folder = self._home / "uploads"
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / name
        part = folder / f".{name}.part"
        with part.open("wb") as out:
            shutil.copyfileobj(_limited(stream, name), out)
        older = target.read_bytes() if target.exists() else None
        part.replace(target)
        report = self._run("ingest", "--origin", "upload", str(target))
        if report["failed"]:
            target.unlink(missing_ok=True)
            if older is not None:
                target.write_bytes(older)
            raise DocumentError(report["failed"][0]["reason"])
        return report

    def remove(self, document_id: str) -> dict[str, Any]:
        """Takes a document out; an uploaded file is deleted. Raises UnknownDocument."""
        report = self._run("remove", document_id)
        if not report["removed"]:
            raise UnknownDocument(f"文書「{document_id}」は登録されていません。一覧を確かめてください。")
        return report

    def _run(self, *arguments: str) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "assistant.cli", *arguments, "--json"],
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
        try:
            report: dict[str, Any] = json.loads(done.stdout)
        except ValueError:
            message = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "取り込みに失敗しました。"
            kind = IngestBusy if "実行中" in message else TenkyoError
            raise kind(message.removeprefix("エラー: ")) from None
        return report


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


def _limited(stream: BinaryIO, name: str) -> Any:
    return _Limited(stream, name)
