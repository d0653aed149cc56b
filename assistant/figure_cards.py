"""Figures that a slide sets in cards, each line by line: its name, the figure, how it changed (失業率 / 4.7% / 前年比1.2pp減)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from assistant.answer import Claim
from assistant.candidates import Candidate, by_page
from assistant.question import Question
from assistant.scoring import Scored, holds
from assistant.side_by_side import sides
from corpus.english import japanese_terms
from corpus.fold import fold, key
from corpus.tables import is_number

_FIGURE = re.compile(r"[△▲+\-]?\d[\d,.]*\s?(?:%|[KkMmBb]|[^\s\d、。（）()]{1,4})?")
_CHANGE = re.compile(r"(?:対?前(?:年度?|期|回|月)(?:同[期月])?|昨年)比[^。]{1,20}")
_LABEL_CHARS, _FEWEST, _PAGES = 30, 2, 3
_WORDS = 4  # of a label that is put into Japanese
_NAME_WEIGHT = 3.0  # from which on a name of the question must stand on the page


@dataclass(frozen=True, slots=True)
class Card:
    """Its lines on the page; `change` is None where the card has none."""

    label: Candidate
    figure: Candidate
    change: Candidate | None

    @property
    def lines(self) -> tuple[Candidate, ...]:
        return tuple(c for c in (self.label, self.figure, self.change) if c)


def figure_cards(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The cards of one of the best pages that the question names; None unless the page has two and all that is asked is there."""
    best = list(dict.fromkeys(s.candidate.on_page for s in ranked))[:_PAGES]
    for page in by_page(c for c in candidates if c.on_page in best):
        cards = list(_cards(page))
        if len(cards) < _FEWEST or not _of_page(question, page[0]):
            continue
        found = [(span, card) for card in cards if (span := _span(question, card.label.unit.text))]
        asked = [(s, c) for s, c in found if not any(o[0] <= s[0] and s[1] <= o[1] and o != s for o, _ in found)]
        if asked and len(asked) >= len(sides(question.text)):
            return _claim(question, [card for _, card in sorted(asked, key=lambda pair: pair[0])])
    return None


def _cards(page: Sequence[Candidate]) -> Iterator[Card]:
    after = {a.place: b for a, b in pairwise(page)}
    for label, figure in pairwise(page):
        text = fold(label.unit.text).text
        if not _FIGURE.fullmatch(fold(figure.unit.text).text.strip()) or re.search(r"[\d。、]", text):
            continue
        change = after.get(figure.place)
        told = change if change and _CHANGE.fullmatch(fold(change.unit.text).text.strip()) else None
        if len(text) <= _LABEL_CHARS and not label.unit.cells and not is_number(text):
            yield Card(label, figure, told)


def _of_page(question: Question, first: Candidate) -> bool:
    """Every name of the question that tells something stands on the page."""
    names = [t for t in question.terms if t.is_name and t.weight >= _NAME_WEIGHT and not t.main.startswith("@")]
    return all(holds(t, first.page_reading) or holds(t, first.title) for t in names)


def _span(question: Question, label: str) -> tuple[int, int] | None:
    """Where the question names the label: to the letter, or word by word in Japanese (Employment Rate: 就業率)."""
    text = fold(question.text).text.lower()
    written = fold(label).text.lower().strip()
    exact = re.search(rf"(?<![a-z]){re.escape(written)}(?![a-z])", text)
    if exact:
        return exact.span()
    words = re.findall(r"[a-z]+", written)
    if not words or len(words) > _WORDS or key(" ".join(words)) != key(written):
        return None
    spans = []
    for forms in product(*(sorted(japanese_terms(w)) for w in words)):
        # one word alone may be a part of a longer name: 労働力人口 is no 人口
        name = re.escape("".join(forms))
        found = re.search(rf"(?<![一-龠々ァ-ヶー]){name}(?![一-龠々ァ-ヶー])" if len(words) == 1 else name, text)
        spans += [found.span()] if found else []
    return max(spans, key=lambda s: (s[1] - s[0], -s[0]), default=None)


def _claim(question: Question, cards: Sequence[Card]) -> Claim:
    told = [
        f"{c.label.unit.text}{': ' if question.english else 'は'}{c.figure.unit.text}{f'（{c.change.unit.text}）' if c.change else ''}"
        for c in cards
    ]
    text = "; ".join(told) + "." if question.english else f"{'、'.join(told)}です。"
    return Claim(text, tuple(line.evidence() for c in cards for line in c.lines))
