"""How a sentence defines what a question asks the meaning of: XとはYである, Xは、Y, 定義：Y under the heading X, YをXという."""

from __future__ import annotations

import re

from assistant.candidates import Candidate
from corpus.fold import key
from corpus.lines import mark_end

_TERM = re.compile(r"(?P<before>.*?)(?:とは|って|の(?:定義|意味))")
_ASKED_WHY = re.compile(r"(?P<before>.*)のは、?(?:なぜ|何故|どうして|何|どういう)")
_QUOTES = re.compile("[「」『』]")
_MIN_CHARS = 3
# How surely each form defines.
_SAYS, _NAMES, _BEGINS = 1.0, 0.8, 0.6


def defined(question: str, candidate: Candidate) -> float:
    """How surely (0..1) the unit says what the term before とは of the question means; 0 when it does not speak of it so."""
    found = _TERM.match(question)
    if found is None:
        return 0.0
    asked = _plain(found["before"])
    text = candidate.unit.text
    own = _plain(text[mark_end(text) :])
    if any(_shared_end(asked, own[: m.start()]) for m in re.finditer("とは", own)):
        return _SAYS
    heading = key(candidate.unit.headings[-1]) if candidate.unit.headings else ""
    if own.startswith("定義") and _shared_end(asked, heading) == len(heading) > 0:
        return _SAYS
    if any(_shared_end(asked, own[: m.start()]) for m in re.finditer("という|と呼ぶ|と呼ば|のこと", own)):
        return _NAMES
    subject = re.match("[^は:。、]+(?=[は:])", own)
    if subject and _shared_end(asked, subject[0]) == len(subject[0]):
        return _BEGINS
    return 0.0


def explained(question: str, candidate: Candidate) -> float:
    """1 where the unit takes up what the question asks the reason of (…を求めないのはなぜ → …を求めないのは、…ため), else 0."""
    found = _ASKED_WHY.match(question)
    if found is None:
        return 0.0
    asked, own = _plain(found["before"]), _plain(candidate.unit.text)
    return float(any(_shared_end(asked, own[: m.start()]) > _MIN_CHARS for m in re.finditer("のは", own)))


def _plain(text: str) -> str:
    return _QUOTES.sub("", key(text))


def _shared_end(asked: str, before: str) -> int:
    """Length of the longest common suffix; 0 when it is too short to name a term, or begins within a word of `before`."""
    n = 0
    while n < min(len(asked), len(before)) and asked[-1 - n] == before[-1 - n]:
        n += 1
    return n if n >= _MIN_CHARS else 0
