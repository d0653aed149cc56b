"""Answers by their id, for permanent links, a reloaded page and the Word file: the latest in memory, older ones from the record."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from assistant.answer import Answer

KEPT = 500
MAX_TURNS = 50
Older = Callable[[str], Answer | None]


class Recall:
    """Thread-safe. `older` is asked for what memory no longer holds."""

    def __init__(self, older: Older | None = None, kept: int = KEPT) -> None:
        self._older = older
        self._kept = kept
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def keep(self, answer: Answer) -> None:
        with self._lock:
            self._answers[answer.id] = answer
            self._answers.move_to_end(answer.id)
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)

    def find(self, answer_id: str) -> Answer | None:
        """None when nobody keeps it."""
        with self._lock:
            answer = self._answers.get(answer_id)
        if answer is None and self._older is not None:
            return self._older(answer_id)
        return answer

    def conversation(self, ids: Sequence[str]) -> tuple[Answer, ...]:
        """The last MAX_TURNS of these answers, in this order, without those that nobody keeps."""
        found = (self.find(one) for one in list(ids)[-MAX_TURNS:])
        return tuple(answer for answer in found if answer is not None)
