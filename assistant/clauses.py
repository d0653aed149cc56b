"""Clauses of a text: the pieces within which a value belongs to the words that stand beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.candidates import Reading, read_text
from corpus.quantity import Quantity
from corpus.tokenizer import tokenize

# Sentence ends, commas outside numbers, cells of a row, and the blank before the next `head: cell`.
_END = re.compile(
    r"[。！？；;\n|｜／]|\s[＋÷−]\s|(?<!\d)[、，]|[、，](?!\d{3}(?!\d))|,\s+(?!\d{3}(?!\d))|\t|\s{2,}|\s(?=[^\s:：]{1,30}[:：]\s)"
)
_LABELS = frozenset({"名詞", "接頭辞", "接尾辞"})
_SCALES = (1, 10**3, 10**4, 10**6, 10**8)
_NO_LABEL = frozenset({"数詞", "助数詞可能", "助数詞"})
# Words that say when or how, of anything.
_GENERIC = frozenset(
    "現在 時点 年度 年間 うち 中 約 計 合計 全体 平均 以上 以下 未満 前 後 間 時 頃 度 末 同 其の他 他 等 者 数 額 値".split()
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One piece with what it holds; `labels` are its noun phrases as normalised terms, without dates and numbers."""

    text: str
    reading: Reading
    labels: tuple[tuple[str, ...], ...]

    def names(self, phrase: Sequence[str]) -> bool:
        """Does one of its noun phrases end in `phrase` (会員 in 企業会員, not in 会員数)?"""
        size = len(phrase)
        return any(run[-size:] == tuple(phrase) for run in self.labels)

    def gives(self, quantity: Quantity) -> bool:
        """Does it hold the value in the same unit, or bare?"""
        return any(same_value(quantity, other) for other in self.reading.quantities)


def same_value(one: Quantity, other: Quantity) -> bool:
    """Equal values, where a bare number may have any unit, and any scale that a table's head may give it."""
    if one.unit and not other.unit:
        return any(one.value == other.value * scale for scale in _SCALES)
    return one.value == other.value and comparable(one, other)


def comparable(one: Quantity, other: Quantity) -> bool:
    """May the two stand for the same kind of thing?"""
    return one.unit == other.unit or not one.unit or not other.unit


@lru_cache(maxsize=4096)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of a text that hold a letter or a digit, in order."""
    pieces, start = [], 0
    for begin, end in (*(m.span() for m in _END.finditer(text)), (len(text), len(text))):
        piece = text[start:begin].strip()
        start = end
        if any(c.isalnum() for c in piece):
            pieces.append(piece)
    return tuple(_clause(piece) for piece in pieces)


def _clause(text: str) -> Clause:
    reading = read_text(text, bare_years=True)
    return Clause(text, reading, _noun_phrases(text, reading))


def _noun_phrases(text: str, reading: Reading) -> tuple[tuple[str, ...], ...]:
    """The runs of nouns of a text; each as its terms, in order."""
    taken = [(d.start, d.end) for d in reading.dates] + [(q.start, q.end) for q in reading.quantities]
    runs: list[list[str]] = []
    end = -1
    for token in tokenize(text):
        if (
            token.pos not in _LABELS
            or token.detail in _NO_LABEL
            or any(start < token.end and token.start < stop for start, stop in taken)
        ):
            continue
        if runs and token.start == end:
            runs[-1].append(token.term)
        else:
            runs.append([token.term])
        end = token.end
    return tuple(tuple(run) for run in runs if not _GENERIC.issuperset(run))
