"""What a hostile file may do to the process that reads it. Run by test_sandbox in a Sandbox."""

import os
import signal
import sys
import time
from typing import Any

from corpus.errors import DocumentError
from corpus.sandbox import Message


def echo(data: dict[str, Any]) -> Message:
    print("a library that prints")
    return Message({"pid": os.getpid(), **data}, [b"\0\xff" * 5, b""])


def environment(data: dict[str, Any]) -> Message:
    return Message({"names": sorted(os.environ), **data})


def modules(data: dict[str, Any]) -> Message:
    return Message({"names": sorted(sys.modules), **data})


def hang(data: dict[str, Any]) -> Message:
    time.sleep(60)
    return Message(data)


def crash(data: dict[str, Any]) -> Message:
    os.kill(os.getpid(), signal.SIGSEGV)
    return Message(data)


def leave(data: dict[str, Any]) -> Message:
    os._exit(int(data["code"]))


def eat(data: dict[str, Any]) -> Message:
    return Message({"size": len(bytes(int(data["bytes"])))})


def refuse(data: dict[str, Any]) -> Message:
    raise DocumentError(f"{data['name']} は読めません。")


def stumble(data: dict[str, Any]) -> Message:
    raise KeyError("a\nlong  story", *data)


def second_time_only(data: dict[str, Any]) -> Message:
    """Dies in a process that has worked before."""
    if echo.__dict__.get("called"):
        os.kill(os.getpid(), signal.SIGSEGV)
    echo.__dict__["called"] = True
    return Message({"pid": os.getpid(), **data})
