"""Records that wait on disk, a line of JSON each: from commands that end at once, and while the database cannot be written."""

from __future__ import annotations

import errno
import json
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.audit_record import Record, record_from_json, record_json

_LOG = logging.getLogger(__name__)
_BATCH = 200
_LOCK_S = 5.0


class Spool:
    """A file that any process may append to, and that one process at a time takes over and empties."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting = folder / "waiting.jsonl"
        self._taken = folder / "taken.jsonl"

    def append(self, records: Sequence[Record]) -> None:
        """Adds the records, all or none. Raises OSError (a full disk)."""
        lines = "".join(json.dumps(record_json(r), ensure_ascii=False) + "\n" for r in records).encode()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._lock("append"):
            file = os.open(self._waiting, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                size = os.fstat(file).st_size
                if os.write(file, lines) != len(lines):
                    os.ftruncate(file, size)  # the next line must not begin in the middle of this one
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._waiting))
            finally:
                os.close(file)

    def is_empty(self) -> bool:
        return not self._waiting.exists() and not self._taken.exists()

    def drain(self, write: Callable[[Sequence[Record]], None]) -> int:
        """Gives every record to `write` and forgets it; how many there were, 0 while another process drains.

        What `write` raises ends it and nothing is lost: `write` may be given a record again that it has taken before.
        """
        if self.is_empty():
            return 0
        try:
            with self._lock("drain", 0):
                count = self._give(write)
                if self._waiting.exists():
                    with self._lock("append"):
                        self._waiting.replace(self._taken)
                    count += self._give(write)
                return count
        except Timeout:
            return 0

    def _give(self, write: Callable[[Sequence[Record]], None]) -> int:
        if not self._taken.exists():
            return 0
        records = _read(self._taken)
        for i in range(0, len(records), _BATCH):
            write(records[i : i + _BATCH])
        self._taken.unlink()
        return len(records)

    def _lock(self, name: str, timeout_s: float = _LOCK_S) -> FileLock:
        return FileLock(self._folder / f"{name}.lock", timeout=timeout_s)


def _read(path: Path) -> list[Record]:
    records = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        try:
            if line:
                records.append(record_from_json(json.loads(line)))
        except (ValueError, TypeError, KeyError):
            _LOG.error("%s holds a line that is no audit record", path.name)
    return records
