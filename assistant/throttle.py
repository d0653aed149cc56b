"""How much one caller may ask: requests in a time, requests at once, and guesses at keys."""

from __future__ import annotations

import math
import time
from collections import Counter

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from assistant.problems import TooManyRequests


class Throttle:
    """Counts by caller, the name of a key or an address, in this process.

    `rate` and `guesses` are written as `600/minute` (second, minute, hour, day); empty, or 0 at once, is no limit.
    """

    def __init__(self, rate: str = "", concurrent: int = 0, guesses: str = "") -> None:
        self._counted = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._rate = parse(rate) if rate else None
        self._guesses = parse(guesses) if guesses else None
        self._concurrent = concurrent
        self._running: Counter[str] = Counter()

    def enter(self, caller: str) -> None:
        """One more request of the caller; `leave` ends it. Raises TooManyRequests."""
        if self._concurrent and self._running[caller] >= self._concurrent:
            raise TooManyRequests(
                f"同時に受け付けるのは{self._concurrent:,}件までです。前の答えを待ってから、もう一度送ってください。", 1
            )
        if self._rate and not self._counted.hit(self._rate, "rate", caller):
            wait = self._wait_s(self._rate, "rate", caller)
            raise TooManyRequests(
                f"リクエストが多すぎます（{_spoken(self._rate)}まで）。{wait}秒ほど待ってください。", wait
            )
        self._running[caller] += 1

    def leave(self, caller: str) -> None:
        self._running[caller] -= 1
        if self._running[caller] <= 0:
            del self._running[caller]

    def require_few_guesses(self, address: str) -> None:
        """Raises TooManyRequests where too many wrong keys came from; even a right one has to wait, or guessing would go on."""
        if self._guesses and not self._counted.test(self._guesses, "guess", address):
            wait = self._wait_s(self._guesses, "guess", address)
            raise TooManyRequests(f"正しくないキーが続いたため止めています。{wait}秒ほど待ってください。", wait)

    def guessed(self, address: str) -> None:
        """A wrong key came from here."""
        if self._guesses:
            self._counted.hit(self._guesses, "guess", address)

    def _wait_s(self, limit: RateLimitItem, kind: str, caller: str) -> int:
        """Whole seconds until one more may come, at least 1."""
        return max(1, math.ceil(self._counted.get_window_stats(limit, kind, caller).reset_time - time.time()))


def _spoken(limit: RateLimitItem) -> str:
    """`1分に600件`."""
    seconds = limit.get_expiry()
    name = {1: "1秒", 60: "1分", 3600: "1時間", 86400: "1日"}.get(seconds, f"{seconds}秒")
    return f"{name}に{limit.amount:,}件"
