"""What a chat model streams, as whole sentences and within a deadline, however the model behaves."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, BaseMessageChunk

from assistant.marker_parser import Sentence, SentenceParser

_LOOK_UP_S = 0.25  # from waiting, to see whether the server is being stopped


class ModelText:
    """One text of a model; `text` is what has arrived of it, `tokens` what its server counted: (told, said), (0, 0) if it does not."""

    def __init__(
        self, model: BaseChatModel, told: Sequence[BaseMessage], deadline: float, hurried: threading.Event | None = None
    ) -> None:
        self.text = ""
        self.tokens = (0, 0)
        self._chunks = chunks(model, told, deadline, hurried)

    def sentences(self) -> Generator[Sentence, None, None]:
        """Each sentence when it is complete; a last one that was cut off at the model's limit is left out.

        Raises TimeoutError, and whatever the model raises.
        """
        parser = SentenceParser()
        cut_off = False
        for chunk in self._chunks:
            self.text += chunk.text
            counted = getattr(chunk, "usage_metadata", None) or {}
            told, said = self.tokens
            self.tokens = (told + counted.get("input_tokens", 0), said + counted.get("output_tokens", 0))
            cut_off = cut_off or _is_cut_off(chunk)
            yield from parser.feed(chunk.text)
        if not cut_off:
            yield from parser.close()


def _is_cut_off(chunk: BaseMessageChunk) -> bool:
    """The model stopped at its limit of tokens, not at the end of what it had to say."""
    data = chunk.response_metadata
    reasons = (data.get("finish_reason"), data.get("stop_reason"), data.get("done_reason"))
    return any(reason in ("length", "max_tokens", "MAX_TOKENS") for reason in reasons)


def chunks(
    model: BaseChatModel, told: Sequence[BaseMessage], deadline: float, hurried: threading.Event | None = None
) -> Iterator[Any]:
    """What the model streams, read in a thread of its own so that no model can hold up the answer beyond `deadline` (monotonic),
    nor once `hurried` is set.

    A thread that hangs in the model is left behind; the model's own timeout ends it. Raises TimeoutError, and whatever the
    model raises.
    """
    queue: SimpleQueue[BaseMessageChunk | Exception | None] = SimpleQueue()
    given_up = threading.Event()

    def read() -> None:
        try:
            for chunk in model.stream(list(told)):
                if given_up.is_set():
                    return
                queue.put(chunk)
            queue.put(None)
        except Exception as error:
            queue.put(error)

    threading.Thread(target=read, name="tenkyo-language-model", daemon=True).start()
    try:
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or (hurried is not None and hurried.is_set()):
                raise TimeoutError("the model's time is up")
            try:
                item = queue.get(timeout=min(left, _LOOK_UP_S))
            except Empty:
                continue
            if item is None:
                return
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        given_up.set()
