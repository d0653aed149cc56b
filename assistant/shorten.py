"""Text that ends early because a caller asked so, at a stop sequence or after so many tokens, but never inside a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from corpus.dates import find_dates
from corpus.quantity import find_quantities

_TOKEN = re.compile(r"[A-Za-z0-9]+|[^\sA-Za-z0-9]")
_PIECE = re.compile(r"(?:[^\[\n]|\[(?!\d+\]))*(?:(?:\[\d+\])+|\n|$)")
_UNBREAKABLE = re.compile(r"\[\d+\]|[\d０-９〇一二三四五六七八九十百千万億兆,，.．]+|[A-Za-z]+")


def count_tokens(text: str) -> int:
    """One for each Japanese character, Latin word and number: near what language models count, the same on every machine."""
    return sum(1 for _ in _TOKEN.finditer(text))


class Shortener:
    """Lets text through, as whole or as it comes, until a stop sequence or the last token that is allowed.

    After the first sentence only whole sentences are let through. `ended` says why it ended, "" as long as it has not.
    """

    def __init__(self, max_tokens: int | None = None, stops: Sequence[str] = ()) -> None:
        self.text = ""
        self.ended: Literal["", "stop", "length"] = ""
        self._left = max_tokens
        self._stops = tuple(s for s in stops if s)
        self._held = ""

    def feed(self, text: str, *, whole: bool = False) -> str:
        """What of the text may be shown now; its end is held back while it may be the beginning of a stop sequence.

        A `whole` text is let through whole or not at all, as far as tokens go.
        """
        if self.ended:
            return ""
        text, self._held = self._held + text, ""
        found = [at for stop in self._stops if (at := text.find(stop)) >= 0]
        if found:
            shown = self._counted(text[: unbroken(text, min(found))], whole)
            self.ended = self.ended or "stop"
            return shown
        held = max((_overlap(text, stop) for stop in self._stops), default=0)
        shown, self._held = text[: len(text) - held], text[len(text) - held :]
        return self._counted(shown, whole)

    def rest(self) -> str:
        """What was held back, when nothing more comes."""
        text, self._held = self._held, ""
        return "" if self.ended else self._counted(text, False)

    def _counted(self, text: str, whole: bool) -> str:
        shown = ""
        for piece in [text] if whole else _PIECE.findall(text):
            if self._left is None or (cost := count_tokens(piece)) <= self._left:
                shown += piece
                self._left = None if self._left is None else self._left - cost
                continue
            if not (self.text + shown).strip():
                shown += piece[: unbroken(piece, _end_of_token(piece, self._left))]
            self.ended = "length"
            break
        self.text += shown
        return shown


def unbroken(text: str, at: int) -> int:
    """The last place up to `at` where the text can be cut without cutting an amount, a date, a word or a marker."""
    spans = [(m.start(), m.end()) for m in _UNBREAKABLE.finditer(text)]
    spans += [(q.start, q.end) for q in find_quantities(text)]
    spans += [(d.start, d.end) for d in find_dates(text)]
    while True:
        starts = [start for start, end in spans if start < at < end]
        if not starts:
            return at
        at = min(starts)


def _end_of_token(text: str, number: int) -> int:
    """Where the token of that number, from 1, ends; 0 for none."""
    ends = [m.end() for m in _TOKEN.finditer(text)]
    return ends[number - 1] if number else 0


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of the text with which the stop sequence begins."""
    return next((n for n in range(min(len(stop) - 1, len(text)), 0, -1) if text.endswith(stop[:n])), 0)
