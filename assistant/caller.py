"""Who asks: the door, the name of the key and the request's id, carried beside the call so that no door passes them on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Caller:
    """`door` is ask, openai, gennai, mcp, page or command; `key_name` is "" where no key is needed.

    `traceparent` is the W3C trace context that the request brought along, "" when it brought none.
    """

    door: str = "command"
    key_name: str = ""
    request_id: str = ""
    traceparent: str = ""


_UNKNOWN = Caller()
_CALLER: ContextVar[Caller] = ContextVar("tenkyo_caller", default=_UNKNOWN)


def caller() -> Caller:
    """Who asks in this context."""
    return _CALLER.get()


def calls(now: Caller) -> None:
    """Says who asks from here on, to the end of this context (a request)."""
    _CALLER.set(now)


def calls_with_key(name: str) -> None:
    """Says under which key the caller came in."""
    _CALLER.set(replace(_CALLER.get(), key_name=name))


@contextmanager
def calling(door: str, key_name: str = "") -> Iterator[None]:
    """Inside, `door` asks; for doors whose handlers run outside of their request's context (the page)."""
    token = _CALLER.set(replace(_CALLER.get(), door=door, key_name=key_name or _CALLER.get().key_name))
    try:
        yield
    finally:
        _CALLER.reset(token)
