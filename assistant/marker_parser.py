"""A language model's text, piece by piece → whole sentences, each with the markers that it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERS = r"\d{1,3}(?:\s*[,，、・;\-~〜～–]\s*\d{1,3})*"
_MARKER = re.compile(rf"[\[［【]\s*\^?(?:根拠|資料|出典)?\s*({_NUMBERS})\s*[\]］】]")
_MARKER_WITH_BLANKS = re.compile(rf"[ \t　]*{_MARKER.pattern}")
# Any beginning of a marker, up to the end of what has arrived.
_HALF_MARKER = re.compile(r"[\[［【]\s*\^?(?:根拠?|資料?|出典?)?[\d\s,，、・;\-~〜～–]*$")
_RANGE = re.compile(r"(\d{1,3})(?:\s*[\-~〜～–]\s*(\d{1,3}))?")
_BLANK = re.compile(r"[ \t　]*")
_SPACE = re.compile(r"\s*")
_MORE_ENDS = re.compile(r"[。！？!?]*[」』）)”]*")

_OPENERS, _CLOSERS = "「『（(〈《〔", "」』）)〉》〕"
_ENDS = "。！？"
_WESTERN_ENDS = ".!?．"
_SHORT_WORD = re.compile(r"(?:^|[^A-Za-z])[A-Za-z]{1,2}$")
_ONLY_ITEM_NUMBER = re.compile(r"\s*[*_>#-]*\s*\d{1,2}$")
_ITEM_MARK = re.compile(
    r"(?:[>＞]\s*|#{1,6}\s+|[-*+–]\s+|[•・●○◆■▪]\s*|[(（]\d{1,2}[)）]\s*|\d{1,2}[.．)）](?!\d)\s*|[①-⑳]\s*)+"
)
_LABEL = re.compile(r"(?:回答|答え?|結論|Answer|A)\s*[：:]\s*", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*|__|`+")
_HEADING = re.compile(r"\s*#{1,6}\s")

MAX_SENTENCE = 1_000  # code points after which a sentence without an end is cut


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its markers, list mark and Markdown; `markers` in the order of first use, as the model wrote them."""

    text: str
    markers: tuple[int, ...]


class SentenceParser:
    """Gives a sentence as soon as nothing that may follow can change it; how the text is cut into pieces changes nothing.

    A sentence ends at 。！？, at a line break, or at a western stop before white space; not inside 「」 or （）. Markers
    belong to the sentence in which, right behind which, or alone on the line below which they stand. A leading
    `<think>…</think>` is left out.
    """

    def __init__(self) -> None:
        self._text = ""
        self._begun = False

    def feed(self, piece: str) -> list[Sentence]:
        """The sentences that `piece` completes."""
        self._text += piece
        return self._complete(final=False)

    def close(self) -> list[Sentence]:
        """The rest, when the model has finished its text."""
        return self._complete(final=True)

    def _complete(self, *, final: bool) -> list[Sentence]:
        if not self._begun and not self._skip_thoughts(final=final):
            return []
        sentences = []
        while (end := _end_of_sentence(self._text, final=final)) is not None:
            sentence = _read(self._text[:end])
            self._text = self._text[end:]
            if sentence is not None:
                sentences.append(sentence)
        return sentences

    def _skip_thoughts(self, *, final: bool) -> bool:
        """False while it is open whether the text begins with thoughts, or where they end."""
        start = self._text.lstrip()
        if start.startswith("<think>"):
            _, closed, rest = start.partition("</think>")
            if not closed:
                self._text = "" if final else start
                return False
            self._text = rest
        elif not final and "<think>".startswith(start[:7]):
            return False
        self._begun = True
        return True


def _end_of_sentence(text: str, *, final: bool) -> int | None:
    """The end of the first sentence with its markers; None while it is open."""
    depth = 0
    for at, char in enumerate(text):
        if at >= MAX_SENTENCE:
            return at
        if char == "\n":
            return _end_of_markers(text, at + 1, final=final)
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif char in _ENDS:
            return _end_of_markers(text, at + 1, final=final)
        elif char in _WESTERN_ENDS:
            ends = _is_western_end(text, at, final=final)
            if ends is None:
                return None
            if ends:
                return _end_of_markers(text, at + 1, final=final)
    return len(text) if final and text else None


def _is_western_end(text: str, at: int, *, final: bool) -> bool | None:
    """Is the stop at `at` the end of a sentence (`328. The`), not of an abbreviation, a number or an item's number?"""
    if text[at] in ".．" and (_SHORT_WORD.search(text, max(0, at - 3), at) or _ONLY_ITEM_NUMBER.match(text[:at])):
        return False
    if at + 1 == len(text):
        return True if final else None
    if not (text[at + 1].isspace() or text[at + 1] in "[［【"):
        return text[at] == "．" and not text[at - 1 : at].isdigit() and not text[at + 1].isdigit()
    after = _SPACE.match(text, at + 1)
    following = text[after.end() : after.end() + 1] if after else ""
    if not following:
        return True if final else None
    return not (following.isdigit() or following.islower())


def _end_of_markers(text: str, at: int, *, final: bool) -> int | None:
    """Where the markers end that follow a sentence ending at `at`; None while more of them may come."""
    if not text[at - 1].isspace():
        at = _end(_MORE_ENDS, text, at)
    while True:
        gap = _end(_SPACE, text, at)
        run = gap
        while marker := _MARKER.match(text, run):
            run = _end(_BLANK, text, marker.end())
        if not final and (run == len(text) or _HALF_MARKER.match(text, run)):
            return None
        if run == gap:
            return at
        alone = run == len(text) or text[run] == "\n"
        if "\n" in text[at - 1 : gap] and not alone:
            return at  # the markers stand before the next sentence
        at = run


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _read(raw: str) -> Sentence | None:
    """The sentence of `raw`; None for a blank, a rule, or a Markdown heading."""
    markers = markers_of(raw)
    if _HEADING.match(raw) and not markers:
        return None
    text = _EMPHASIS.sub("", _MARKER_WITH_BLANKS.sub("", raw)).strip()
    text = text[_end(_ITEM_MARK, text, 0) :].lstrip("：:、, \t　")
    text = text[_end(_LABEL, text, 0) :]
    text = " ".join(text.split())
    if not any(c.isalnum() for c in text):
        return None
    return Sentence(text, markers)


def markers_of(text: str) -> tuple[int, ...]:
    """The numbers of all markers of a text, each once: `[1,2]`, `[1][2]`, `[1-3]`, `【１】`, `［1］`."""
    numbers: list[int] = []
    for marker in _MARKER.finditer(text):
        for first, last in _RANGE.findall(marker[1]):
            numbers.extend(range(int(first), int(last) + 1) if last else (int(first),))
    return tuple(dict.fromkeys(numbers))
