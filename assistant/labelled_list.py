"""Lists whose items stand below numbered labels, as slides set them: 視点.1, ステップ2, 課題③, with a few short lines under each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer import Claim
from assistant.candidates import Candidate, by_page
from assistant.question import Question
from corpus.fold import fold, key
from corpus.lines import display_width

_LABEL = re.compile(r"(?P<name>[^\d\s.、。：:]{2,8}?)\s?[.．・]?\s?(?P<number>[1-9])[.．：:]?")
_LINES = 5  # of one item
_WIDER = 1.6  # than the widest line of the items before: a line that belongs to something else
_MAX_CHARS = 80


@dataclass(frozen=True, slots=True)
class _Item:
    label: Candidate
    lines: tuple[Candidate, ...]

    @property
    def whole(self) -> Candidate:
        """Label and lines as one citable piece."""
        text = "".join(c.unit.text for c in self.lines)
        unit = replace(self.label.unit, end=self.lines[-1].unit.end, text=f"{self.label.unit.text} {text}")
        return replace(self.label, unit=unit)


def labelled_list(question: Question, candidates: Sequence[Candidate]) -> Claim | None:
    """The items under labels of the asked word (3つの視点 → 視点.1 to 視点.3); None when no page has them all."""
    asked = key(question.text)
    for page in by_page(candidates):
        labels: dict[str, dict[int, int]] = {}
        for at, candidate in enumerate(page):
            match = _LABEL.fullmatch(fold(candidate.unit.text).text)
            if match and key(match["name"]) in asked:
                labels.setdefault(match["name"], {}).setdefault(int(match["number"]), at)
        for places in labels.values():
            items = _items(page, [places[n] for n in sorted(places)])
            if sorted(places) == list(range(1, len(places) + 1)) and question.count in (None, len(places)) and items:
                return _claim(items)
    return None


def _items(page: Sequence[Candidate], places: Sequence[int]) -> list[_Item]:
    """One item for each label; empty when a label has no line of its own below it, or there is one label only."""
    items: list[_Item] = []
    widest = 0
    for n, at in enumerate(places):
        end = min(places[n + 1] if n + 1 < len(places) else len(page), at + 1 + _LINES)
        lines: list[Candidate] = []
        for candidate in page[at + 1 : end]:
            width = display_width(candidate.unit.text)
            if items and width > _WIDER * widest:
                break
            lines.append(candidate)
        if not lines:
            return []
        widest = max(widest, *(display_width(c.unit.text) for c in lines))
        items.append(_Item(page[at], tuple(lines)))
    return items if len(items) > 1 else []


def _claim(items: Sequence[_Item]) -> Claim:
    texts = [f"{i.label.unit.text} {''.join(c.unit.text for c in i.lines)[:_MAX_CHARS]}" for i in items]
    text = f"{len(items)}つあります：{'、'.join(texts)}。"
    return Claim(text, tuple(i.whole.evidence() for i in items), (Decimal(len(items)),))
