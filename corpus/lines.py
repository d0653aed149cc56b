"""What a line of a page is: blank, heading mark, bullet, field, table row or running text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Marks that open a list item or a heading; the class of the mark decides nesting, not the mark itself (1. and 2. are siblings).
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *(("#" * n, re.compile("#" * n + r"\s+")) for n in range(1, 7)),
    ("chapter", re.compile(r"第\s*[0-9０-９一二三四五六七八九十]+\s*[部章節項編]\s*")),
    ("■", re.compile(r"[■◼▪█]\s*")),
    ("◆", re.compile(r"[◆◇❖⬥]\s*")),
    ("●", re.compile(r"[●⚫◉]\s*")),
    ("○", re.compile(r"[○◯◎]\s*")),
    ("□", re.compile(r"[□▶►▷▼▽△▲☆★✓✔※]\s*")),
    ("【", re.compile(r"(?=【[^】]{1,40}】)|(?=[＜〈<《][^＞〉>》]{1,40}[＞〉>》])")),
    ("roman", re.compile(r"(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[IVX]{1,4})\s*[.．、]\s*")),
    ("1-1.", re.compile(r"[0-9０-９]{1,2}(?:[-－‐][0-9０-９①-⑳]{1,2})+[.．]?\s+")),
    ("1.", re.compile(r"[0-9０-９]{1,2}\s*[.．、](?![0-9０-９])\s*")),
    ("(1)", re.compile(r"[(（][0-9０-９ア-ンあ-んa-zA-Z]{1,2}[)）]\s*|[0-9０-９a-zA-Zア-ン][)）]\s*")),
    ("①", re.compile(r"[①-⑳❶-❿]\s*")),
    ("•", re.compile(r"[•‣◦・･]\s*|\*\s+")),
    ("-", re.compile(r"[‒–—―-]\s+")),
    ("→", re.compile(r"[→⇒➡]\s*")),
)
_FIELD = re.compile(r"(?P<label>[^：:。、,|(（「]{1,24}?)\s*[：:]\s*(?P<value>\S.*)$")
_ENDS = tuple("。．！？!?")
# Letters that a designer spaced out: 経 緯, 設 立 ：…, ビジ ョ ン
_SPACED_KANJI = re.compile(r"^[一-龠](?: [一-龠])+(?= ?[：:]|$)")
_SPACED_KANA = re.compile(
    r"(?<=[ァ-ヶー]) (?=[ァィゥェォッャュョー])|(?<=[ァィゥェォッャュョー]) (?=[ァ-ヶー](?![ァ-ヶー]))"
)
# A heading mark after a blank opens a new line: slides that were flattened carry two items on one.
_SPLIT = re.compile(r"\n|[ 　](?=[◆■◇●][^\s◆■◇●])")
_WIDE_BLANK = re.compile(r"[ 　]{2,}")
# A label, one blank or more, a figure with its unit. A year alone labels nothing.
_LABELLED_FIGURE = re.compile(r"(?=[^\s\d])[^。、]{2,24}?[ 　]+[△▲約-]?[\d０-９][\d０-９,，.．億万千]*[^\d\s]{0,6}")

_DIGITS = 4  # a longer number is written with commas
_NUMBER_BEGINS = re.compile(r"[がはをにでもと約計][ 　]?([\d０-９]{1,3})$")
_NUMBER_ENDS = re.compile(r"([\d０-９]{1,3})(?:[.．][\d０-９]+)?[ 　]?(?:[%％一-龠]|か所|カ所|つ)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page without its white space at both ends; `body` starts after the mark, `indent` counts the blanks before."""

    start: int
    end: int
    text: str
    mark: str
    body: int
    indent: int = 0

    @property
    def ends_sentence(self) -> bool:
        return self.text.rstrip("」』）)】*").endswith(_ENDS)

    @property
    def width(self) -> int:
        """Columns on paper: a full-width character takes two."""
        return display_width(self.text)


def display_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "FWA" else 1 for c in text)


def _mark(text: str) -> tuple[str, int]:
    for name, pattern in _MARKS:
        match = pattern.match(text)
        if match and (match.end() < len(text) or name == "【"):
            return name, match.end()
    return "", 0


def mark_end(text: str) -> int:
    """Where the words of an item begin, after its mark; 0 when it has none."""
    return _mark(text)[1]


def _pairs(raw: str) -> list[str]:
    """The pieces of a line that sets several labels with their figures side by side: 個人市民税 5,120,000   法人市民税 1,345,000."""
    pieces = _WIDE_BLANK.split(raw.strip(" 　"))
    return pieces if len(pieces) > 1 and all(map(_LABELLED_FIGURE.fullmatch, pieces)) else []


def _pieces(text: str) -> Iterator[str]:
    """The lines of the text, and the pieces of those that carry several; one character stands between two of them."""
    for raw in _SPLIT.split(text):
        pairs = _pairs(raw)
        rest = raw
        for following in pairs[1:]:
            cut = rest.index(following)
            yield rest[: cut - 1]
            rest = rest[cut:]
        yield rest


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a page in order; blank ones have an empty text."""
    lines = []
    position = 0
    for raw in _pieces(text):
        stripped = raw.strip()
        start = position + (len(raw) - len(raw.lstrip())) if stripped else position
        mark, length = _mark(stripped)
        # "- ・xxx" and "- 1. xxx" carry two marks: the inner one says more
        if mark in ("•", "-") and length < len(stripped):
            inner, more = _mark(stripped[length:])
            if inner and inner not in ("【",):
                mark, length = inner, length + more
        lines.append(Line(start, start + len(stripped), stripped, mark, start + length, start - position))
        position += len(raw) + 1
    return tuple(lines)


def field_of(text: str) -> tuple[str, int] | None:
    """(label, offset of the value) of a label–value line such as `資本金： 68億5000万円`; None for others, URLs and times."""
    match = _FIELD.match(text)
    if not match or match["value"].startswith("//") or match["label"].lower() in ("http", "https"):
        return None
    if match["label"][-1].isdigit() and match["value"][0].isdigit():  # 10：30, 3:1
        return None
    return match["label"].strip(), match.start("value")


def _are_words(last: str, first: str) -> bool:
    """Do two characters at a line break belong to two words? Type-setters cut neither Latin words nor numbers without a mark."""
    if last.isdigit() and first.isdigit():
        return True
    return (
        last.isascii()
        and first.isascii()
        and (last.isalnum() or (last in ".,;:!?)" and first.isalpha()))
        and first.isalnum()
    )


def _cut_number(before: str, after: str) -> bool:
    """Is one number set over the line break? It begins after a particle or 約 and its counter follows: 令和4年度が4 / 51件と."""
    head, tail = _NUMBER_BEGINS.search(before), _NUMBER_ENDS.match(after)
    return head is not None and tail is not None and len(head[1]) + len(tail[1]) <= _DIGITS


def join_lines(text: str) -> str:
    """`text` for reading: soft line breaks vanish between Japanese characters, and become one blank between Latin words or numbers."""
    pieces = [p.strip() for p in text.split("\n")]
    out = ""
    for piece in pieces:
        if not piece:
            continue
        apart = bool(out) and _are_words(out[-1], piece[0]) and not _cut_number(out, piece)
        out = out + (" " if apart else "") + piece
    out = re.sub(r"[ \t　]+", " ", out).replace("**", "")
    return _SPACED_KANA.sub("", _SPACED_KANJI.sub(lambda m: m[0].replace(" ", ""), out))
