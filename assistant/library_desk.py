"""Adding and removing documents while the server runs: a separate process builds, the server follows the pointer."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, cast

from assistant.accounts import Accounts, read_accounts
from assistant.problems import PROBLEMS
from assistant.quarantine import Quarantine
from corpus.errors import DocumentError, TenkyoError
from corpus.loader import known_endings, loader_for
from corpus.manifest import MANIFEST, ManifestEntry, known_entries, write_manifest
from index.errors import IngestBusy, StorageError
from index.ledger import Ledger

MAX_UPLOAD_BYTES = 50_000_000
_TIMEOUT_S = 1800
_MAX_NAME = 80  # characters before the ending: in UTF-8 within what file systems take
_DEVICES = frozenset("CON PRN AUX NUL COM1 COM2 COM3 COM4 LPT1 LPT2 LPT3".split())
_WAIT_S = 60  # for another ingest to end, before the client is told so
_ERRORS = {kind.__name__: kind for kind in PROBLEMS}
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UploadAbout:
    """What the uploader says of a document; "" where nothing is said."""

    title: str = ""
    publisher: str = ""
    published: str = ""


class LibraryDesk:
    """Runs `tenkyo ingest` and `tenkyo remove` in a process of their own, so that the server never holds a writer."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._quarantine = Quarantine(home)
        self._one_at_a_time = threading.Lock()

    def accounts(self) -> Accounts:
        """What became of every file and page. Files are named without their folders: a path tells of the server."""
        found = read_accounts(self._home)
        return replace(found, failures=tuple((Path(path).name, reason) for path, reason in found.failures))

    def add(self, filename: str, stream: BinaryIO, about: UploadAbout | None = None) -> dict[str, Any]:
        """Keeps an uploaded file and indexes it; when anything fails, all is as before and the file is in quarantine.

        `about` goes to the manifest of the uploads. Raises DocumentError when it cannot be read, is too large or would take the place
        of a document that was not uploaded.
        """
        name = safe_name(filename)
        if not name:
            raise _unknown_kind(filename)
        self._require_free(name)
        folder = self._home / "uploads"
        with self._one_at_a_time, _storing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(prefix=".part-", dir=folder) as part:
                fresh = _received(stream, Path(part) / name)
                _require_known(name, fresh)
                with described(folder, name, about):
                    return self._replace(folder / name, fresh, Path(part) / "older")

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
            if report["failed"] and not any(report[done] for done in ("added", "changed", "unchanged")):
                raise DocumentError(report["failed"][0]["reason"])
        except BaseException as error:
            if isinstance(error, DocumentError):
                self._quarantine.keep(target, error.message)
            target.unlink(missing_ok=True)
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


def safe_name(filename: str) -> str:
    """The last part of a path of any system, without characters that act or mislead; "" when nothing is left."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    shown = "".join("_" if c in '<>:"|?*' else c for c in last if unicodedata.category(c)[0] != "C")
    stem, dot, ending = shown.strip(". ").rpartition(".")
    stem, ending = (stem, f".{ending.strip()}") if dot else (ending, "")
    name = f"{stem.strip()[:_MAX_NAME]}{ending}"
    return "" if stem.strip().upper() in _DEVICES or name == MANIFEST else name


def _require_known(name: str, path: Path) -> None:
    """Turns away at once what neither its name nor its first bytes make a document. Raises DocumentError."""
    with path.open("rb") as file:
        head = file.read(1024)
    if loader_for(name) is None and not any(sign in head for sign in (b"%PDF-", b"PK\x03\x04")):
        raise _unknown_kind(name)


def _unknown_kind(name: str) -> DocumentError:
    return DocumentError(f"「{name}」は対応していない形式です。{known_endings()} のいずれかのファイルにしてください。")


@contextmanager
def described(folder: Path, name: str, about: UploadAbout | None) -> Iterator[None]:
    """Writes what was said of an upload to the manifest of the uploads; as it was before when the body raises."""
    before = known_entries(folder)
    if about is None or not any((about.title, about.publisher, about.published)):
        yield
        return
    entry = ManifestEntry(file=name, title=about.title, publisher=about.publisher, published=about.published)
    # The manifest may only name files that are there, and this one is about to be.
    write_manifest(folder, {**before, name: entry})
    try:
        yield
    except BaseException:
        write_manifest(folder, before)
        raise


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
