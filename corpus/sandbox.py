"""Work on untrusted files in a process of its own, with limits of time and memory: a hostile file can only take that process down."""

from __future__ import annotations

import json
import logging
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from corpus.errors import DocumentError

MEMORY_BYTES = 2_000_000_000
_ROOT = Path(__file__).resolve().parent.parent
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "TESSDATA_PREFIX")
_HEAD = struct.Struct(">I")
_LOG = logging.getLogger(__name__)


class SandboxFailed(DocumentError):
    """The work was stopped (time, memory) or its process died."""


@dataclass(frozen=True, slots=True)
class Message:
    """What goes to the process and comes back: JSON and blocks of bytes. Nothing in it is ever executed or unpickled."""

    data: dict[str, Any]
    blobs: Sequence[bytes] = ()

    def write(self, stream: IO[bytes]) -> None:
        head = json.dumps({"data": self.data, "blobs": [len(b) for b in self.blobs]}).encode()
        stream.write(_HEAD.pack(len(head)) + head)
        for blob in self.blobs:
            stream.write(blob)
        stream.flush()

    @classmethod
    def read(cls, stream: IO[bytes]) -> Message:
        """Raises EOFError when the other side is gone."""
        head = json.loads(_exactly(stream, _HEAD.unpack(_exactly(stream, _HEAD.size))[0]))
        return cls(head["data"], [_exactly(stream, size) for size in head["blobs"]])


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


class Sandbox:
    """One process, started at the first call and again after it died; calls wait for each other. Close it at the end.

    The process knows no setting and no key of its parent; `memory_bytes` is held where the system can (not on Windows and macOS).
    """

    def __init__(self, memory_bytes: int = MEMORY_BYTES) -> None:
        self._memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._calls = 0  # that this process has answered

    def call(self, work: str, data: dict[str, Any], subject: str, timeout_s: float) -> Message:
        """What `module:function` returns for a Message of `data`. `subject` names the file in messages.

        Raises DocumentError as the function does, SandboxFailed when it ran out of time or memory or took the process down.
        Only a fresh process may say that a file is at fault: one that has worked before may have been damaged by another file.
        """
        with self._lock:
            while True:
                fresh = self._calls == 0
                try:
                    return self._once(work, data, subject, timeout_s)
                except _Died as error:
                    if fresh or error.late:
                        raise SandboxFailed(error.message) from None

    def _once(self, work: str, data: dict[str, Any], subject: str, timeout_s: float) -> Message:
        process = self._started()
        assert process.stdin is not None  # pipes, both
        assert process.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(timeout_s, end)
        timer.daemon = True
        timer.start()
        try:
            Message({"work": work, "cpu_s": timeout_s, "data": data}).write(process.stdin)
            reply = Message.read(process.stdout)
        except (OSError, EOFError):
            raise self._died(subject, timeout_s, late.is_set()) from None
        except BaseException:
            self._stop()
            raise
        finally:
            timer.cancel()
        self._calls += 1
        problem = reply.data.get("problem")
        if problem == "memory":
            self._stop()
            raise _Died(self._too_big(subject))
        if problem == "known":
            raise DocumentError(reply.data["message"])
        if problem == "unknown":
            _LOG.warning("%s: %s", subject, reply.data["trace"])
            raise DocumentError(
                f"{subject} を読み取れません（{reply.data['message']}）。ファイルが壊れていないか確かめ、保存し直してください。"
            )
        return reply

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            environment = {k: v for k, v in os.environ.items() if k in _KEPT}
            path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
            environment |= {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
            environment |= dict.fromkeys(("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS"), "1")
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "corpus.sandboxed", str(self._memory_bytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        return self._process

    def _died(self, subject: str, timeout_s: float, late: bool) -> _Died:
        assert self._process is not None
        self._process.kill()  # its pipe is closed: it has no more to say
        code = self._process.wait()
        self._stop()
        if late or code == -getattr(signal, "SIGXCPU", 0):
            return _Died(
                f"{subject} の処理が{timeout_s:.0f}秒で終わらないので、やめました。ファイルを分けるか、保存し直してください。",
                late=True,
            )
        if code == -signal.SIGABRT:  # C++ gives up so when it gets no memory
            return _Died(self._too_big(subject))
        how = signal.Signals(-code).name if code < 0 else f"終了コード{code}"
        return _Died(
            f"{subject} の処理中にプロセスが止まりました（{how}）。ファイルが壊れています。保存し直してください。"
        )

    def _too_big(self, subject: str) -> str:
        limit = f"{self._memory_bytes // 1_000_000:,}MB"
        return f"{subject} の処理に、許されたメモリー（{limit}）より多くが要ります。ファイルを分けるか、保存し直してください。"

    def _stop(self) -> None:
        process, self._process, self._calls = self._process, None, 0
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):  # what could not be sent any more
                        stream.close()

    def close(self) -> None:
        with self._lock:
            self._stop()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Died(Exception):
    def __init__(self, message: str, *, late: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.late = late
