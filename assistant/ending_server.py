"""uvicorn that ends in steps: nothing new, then answers may finish, then the language model is not waited for, then the rest is cut."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import FrameType

import uvicorn

from assistant.drain import Drain

FINISH_S = 20.0  # for answers that are being written
HURRY_S = 5.0  # more, for the built-in reader to finish what the language model began


class EndingServer(uvicorn.Server):
    """SIGTERM and SIGINT begin the end; a second one ends at once. The process goes on after `run`, to flush what it holds."""

    def __init__(
        self, config: uvicorn.Config, drain: Drain, hurry: Callable[[], None], finish_s: float = FINISH_S
    ) -> None:
        super().__init__(config)
        self._drain = drain
        self._hurry = hurry
        self._finish_s = finish_s
        self._asked_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        # uvicorn's own would raise the signal again in the end, before the audit is written.
        if self._asked_at is not None:
            self._drain.expire()
            self.should_exit = True
        self._asked_at = time.monotonic()
        self._drain.begin()

    async def on_tick(self, counter: int) -> bool:
        if self._asked_at is not None:
            waited = time.monotonic() - self._asked_at
            if waited > self._finish_s:
                self._hurry()
            if not self._drain.running or waited > self._finish_s + HURRY_S:
                self._drain.expire()
                self.should_exit = True
        return await super().on_tick(counter)
