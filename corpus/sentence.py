"""Sentence ends in running Japanese text."""

from __future__ import annotations

_ENDS = "。．！？!?"
_OPEN, _CLOSE = "「『（(【〔［[｛{", "」』）)】〕］]｝}"


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of `text`, white space at both ends left out. A full stop within brackets ends nothing.

    An ASCII '.' is no sentence end (1.2, No. 5); '．' is one unless digits stand around it.
    """
    spans = []
    start = depth = 0
    for i, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in _ENDS and depth == 0:
            if char == "．" and (text[i - 1 : i].isdigit() or text[i + 1 : i + 2].isdigit()):
                continue
            if text[i + 1 : i + 2] in _ENDS + _CLOSE and text[i + 1 : i + 2]:
                continue
            spans.append((start, i + 1))
            start = i + 1
    if depth and spans == [] and any(c in _ENDS for c in text):
        return _unbalanced(text)
    if start < len(text):
        spans.append((start, len(text)))
    return tuple(s for s in (_strip(text, *span) for span in spans) if s[0] < s[1])


def _unbalanced(text: str) -> tuple[tuple[int, int], ...]:
    """Sentences of a text whose brackets never close: brackets are ignored."""
    spans, start = [], 0
    for i, char in enumerate(text):
        if char in "。！？":
            spans.append((start, i + 1))
            start = i + 1
    if start < len(text):
        spans.append((start, len(text)))
    return tuple(s for s in (_strip(text, *span) for span in spans) if s[0] < s[1])


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
