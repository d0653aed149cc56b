"""Sentence ends in running Japanese text."""

from __future__ import annotations

import re

_LATIN = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")
_ENDS = "。．！？!?"
_OPEN, _CLOSE = "「『（(【〔［[｛{", "」』）)】〕］]｝}"


def open_bracket(text: str, at: int) -> int:
    """Where the round bracket stands that is open at `at`; -1 where none is."""
    opening = max(text.rfind("(", 0, at), text.rfind("（", 0, at))
    return opening if opening > max(text.rfind(")", 0, at), text.rfind("）", 0, at)) else -1


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of `text`, white space at both ends left out. A full stop within brackets ends nothing.

    A bracket without its partner counts for nothing. An ASCII '.' is no sentence end (1.2, No. 5), '!' and '?' are none within a
    Latin word (a URL); '．' is one unless it stands after a digit or before one after a letter (１．概要, No．５).
    """
    inside = _bracketed(text)
    spans = []
    start = i = 0
    while i < len(text):
        if text[i] not in _ENDS or inside[i] or not _ends(text, i):
            i += 1
            continue
        while i < len(text) and text[i] in _ENDS + _CLOSE and not inside[i]:
            i += 1
        spans.append((start, i))
        start = i
    spans.append((start, len(text)))
    return tuple(s for s in (_strip(text, *span) for span in spans) if s[0] < s[1])


def _ends(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] == "．":
        return not before.isdigit() and not (after.isdigit() and _LATIN.match(before))
    return not (text[at] in "!?" and after.isascii() and after.isalnum())


def _bracketed(text: str) -> list[bool]:
    """For each code point: does it stand within a pair of brackets? The brackets themselves do not."""
    open_at: list[int] = []
    waiting = dict.fromkeys(_OPEN, 0)
    edges = [0] * (len(text) + 1)
    for i, char in enumerate(text):
        if char in _OPEN:
            open_at.append(i)
            waiting[char] += 1
        elif char in _CLOSE and waiting[partner := _OPEN[_CLOSE.index(char)]]:
            found = False
            while not found:
                at = open_at.pop()
                waiting[text[at]] -= 1
                found = text[at] == partner
            edges[at + 1] += 1
            edges[i] -= 1
    depth, inside = 0, []
    for edge in edges[:-1]:
        depth += edge
        inside.append(depth > 0)
    return inside


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
