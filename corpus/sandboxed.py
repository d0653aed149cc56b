"""The process behind a Sandbox: `python -m corpus.sandboxed MEMORY_BYTES` answers messages on standard input until it closes."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from importlib import import_module
from typing import Any, BinaryIO

from corpus.errors import DocumentError
from corpus.sandbox import Message

try:
    import resource
except ImportError:  # Windows: the time limit holds, the others do not
    resource = None  # type: ignore[assignment]


def _set_limit(kind: str, amount: int) -> None:
    """A limit that the system does not know or does not allow is left out."""
    if resource is not None:
        number = getattr(resource, kind, None)
        if number is not None:
            try:
                resource.setrlimit(number, (amount, resource.getrlimit(number)[1]))
            except (OSError, ValueError):
                return


def _cpu_used_s() -> float:
    times = os.times()
    return times.user + times.system


def _answer(request: dict[str, Any]) -> Message:
    module, _, function = request["work"].partition(":")
    try:
        reply: Message = getattr(import_module(module), function)(request["data"])
    except DocumentError as error:
        return Message({"problem": "known", "message": error.message})
    except MemoryError:
        return Message({"problem": "memory"})
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return Message({"problem": "unknown", "message": said, "trace": traceback.format_exc()})
    return reply


def _serve(requests: BinaryIO, replies: BinaryIO) -> None:
    while True:
        try:
            request = Message.read(requests)
        except EOFError:
            return
        # Ends a process whose parent, who watches the clock, is gone.
        _set_limit("RLIMIT_CPU", int(_cpu_used_s() + request.data["cpu_s"]) + 5)
        _answer(request.data).write(replies)


def main() -> None:
    _set_limit("RLIMIT_AS", int(sys.argv[1]))
    _set_limit("RLIMIT_CORE", 0)
    logging.disable(logging.CRITICAL)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    _serve(sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()
