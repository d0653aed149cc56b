"""A thing that is replaced while others use it: the old one is closed when the last of its users is done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class _Lent(Generic[T]):
    def __init__(self, thing: T) -> None:
        self.thing = thing
        self.users = 0
        self.replaced = False


class Lease(Generic[T]):
    """Lends the newest thing. Threads may share it; `close` is called once for each thing, by whoever lets go of it last."""

    def __init__(self, first: T, close: Callable[[T], None]) -> None:
        self._close = close
        self._lock = threading.Lock()
        self._newest = _Lent(first)

    @property
    def newest(self) -> T:
        """What the next user is lent."""
        return self._newest.thing

    @contextmanager
    def lent(self) -> Iterator[T]:
        """The newest thing, open until the end of the block whatever is put in its place meanwhile."""
        with self._lock:
            mine = self._newest
            mine.users += 1
        try:
            yield mine.thing
        finally:
            with self._lock:
                mine.users -= 1
                last = mine.replaced and not mine.users
            if last:
                self._close(mine.thing)

    def replace(self, fresh: T) -> None:
        with self._lock:
            old, self._newest = self._newest, _Lent(fresh)
            old.replaced = True
            unused = not old.users
        if unused:
            self._close(old.thing)

    def close(self) -> None:
        """Closes the newest thing now."""
        self._close(self._newest.thing)
