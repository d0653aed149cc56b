"""Indexing the documents folder anew while the server runs, step by step: `python -m assistant.reindexing` is the process that does it."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.problems import PROBLEMS
from corpus.errors import TenkyoError
from index.errors import IngestBusy

_WAIT_S = 5.0  # for another ingest to end
_ERRORS = {kind.__name__: kind for kind in PROBLEMS}
_LOG = logging.getLogger(__name__)


class Reindexing:
    """Runs one at a time for this server; the index is swapped only when the new one is whole."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._one = threading.Lock()

    def steps(self) -> Iterator[dict[str, Any]]:
        """`{"step", "done", "total"}` as the work goes on, at last `{"report": …}`. Raises IngestBusy, or what was wrong."""
        if not self._one.acquire(blocking=False):
            raise IngestBusy("いま索引を更新しています。終わってから、もう一度お試しください。")
        try:
            yield from self._steps()
        finally:
            self._one.release()

    def _steps(self) -> Iterator[dict[str, Any]]:
        command = [sys.executable, "-m", "assistant.reindexing"]
        environment = os.environ | {"TENKYO_HOME": str(self._home.resolve()), "PYTHONIOENCODING": "utf-8"}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8", env=environment
        ) as process:
            assert process.stdout is not None
            last: dict[str, Any] = {}
            for line in process.stdout:
                last = json.loads(line)
                if "error" not in last:
                    yield last
        if "error" in last:
            raise _ERRORS.get(last["error"]["kind"], TenkyoError)(last["error"]["detail"])
        if "report" not in last:
            _LOG.error("indexing anew ended with %d", process.returncode)
            raise TenkyoError("索引を更新できませんでした。`tenkyo doctor` で状態を確かめてください。")


def _main() -> None:
    from assistant.ingesting import ingest
    from assistant.settings import load_settings

    def tell(step: str, done: int, total: int) -> None:
        print(json.dumps({"step": step, "done": done, "total": total}, ensure_ascii=False), flush=True)

    try:
        report = ingest(load_settings(), (), progress=tell, wait_s=_WAIT_S)
    except TenkyoError as error:
        kind = next(c.__name__ for c in type(error).__mro__ if c in PROBLEMS)
        print(json.dumps({"error": {"kind": kind, "detail": error.message}}, ensure_ascii=False), flush=True)
        return
    counts = {name: len(getattr(report, name)) for name in ("added", "changed", "removed", "failed", "documents")}
    print(json.dumps({"report": counts | {"built": report.built}}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    _main()
