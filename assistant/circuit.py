"""A circuit breaker: who fails again and again is left alone for a while, then tried once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

FAILURES = 3
REST_S = 30.0
State = Literal["closed", "open", "half-open"]


class Circuit:
    """Closed: every call is allowed. After `failures` in a row it is open, and nothing is allowed for `rest_s`. Then, half open,
    one call is allowed: it closes the circuit or opens it for as long again. `clock` counts seconds and never goes back.
    """

    def __init__(
        self, failures: int = FAILURES, rest_s: float = REST_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = failures
        self._rest_s = rest_s
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._next_try = 0.0

    @property
    def state(self) -> State:
        with self._lock:
            if self._failures < self._limit:
                return "closed"
            return "open" if self._clock() < self._next_try else "half-open"

    def allows(self) -> bool:
        """May the call be made? Who was allowed tells how it went; a probe that never does is followed by another."""
        with self._lock:
            if self._failures < self._limit:
                return True
            now = self._clock()
            if now < self._next_try:
                return False
            self._next_try = now + self._rest_s
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._next_try = self._clock() + self._rest_s
