"""Things that are called by what is asked for: of 4つの部会 the 水素部会, 人材部会 … that one page names, exactly as many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Claim
from assistant.candidates import Candidate
from assistant.question import Question
from assistant.scoring import Scored
from corpus.fold import fold, key

_ASKED = re.compile(r"(?:[2-9]|[二三四五六七八九])つの(?P<noun>[一-龠々ァ-ヶー]{2,6})")
_NAME = r"(?<![一-龠々ァ-ヶーa-z])[一-龠々ァ-ヶーa-z]{1,12}"
_PAGES, _LINES = 3, 8  # pages that are looked at, best first; lines that the names may stand in


def named_parts(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """All the names that end in the asked noun, on the best page that has as many of them close together; None without one."""
    asked = _ASKED.search(fold(question.text).text)
    if asked is None or question.count is None:
        return None
    pattern = re.compile(rf"{_NAME}{asked['noun']}(?![一-龠々ァ-ヶーa-z])")
    pages = list(dict.fromkeys(s.candidate.on_page for s in ranked))[:_PAGES]
    for place in pages:
        found: dict[str, Candidate] = {}
        for candidate in sorted((c for c in candidates if c.on_page == place), key=lambda c: c.position):
            for match in pattern.finditer(fold(candidate.unit.text).text):
                if key(match[0]) not in key(question.text):
                    found.setdefault(match[0], candidate)
        lines = [c.position for c in found.values()]
        if len(found) == question.count and max(lines) - min(lines) < _LINES:
            evidence = tuple(dict.fromkeys(c.evidence() for c in found.values()))
            return Claim(f"{len(found)}つあります：{'、'.join(found)}。", evidence, (Decimal(len(found)),))
    return None
