"""Those of a mixed list that are of the asked kind: 町は？ of 東浜市, 西浜町, 南浜町, 浜大学."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Claim
from assistant.listing import Group, list_claim
from assistant.question import Question
from assistant.scoring import Scored
from corpus.fold import fold, key

_KIND_ASKED = re.compile(
    r"(?<![一-龠々や・と])(?<![市町村区県学校行]、)(?P<kind>市町村|市|町|村|区|県|大学|高校|銀行|信用金庫)は(?:どこ(?:です)?か?)?[?？。]?$"
)
_ENOUGH = 0.5  # share of the best unit's coverage that the list must have


def asks_kind(question: Question) -> bool:
    """The question ends by asking for those of one kind: 町は？ 大学はどこですか"""
    return bool(_KIND_ASKED.search(fold(question.text).text))


def members_of_kind(question: Question, best: Scored, found: Sequence[Group]) -> Claim | None:
    """The items whose name ends in the asked kind, in the best list that has two of them and others too."""
    asked = _KIND_ASKED.search(fold(question.text).text)
    if asked is None:
        return None
    for group in found:
        if group.coverage < _ENOUGH * best.coverage:
            break
        items = tuple(c for c in group.items if key(c.unit.text).endswith(asked["kind"]))
        if 2 <= len(items) < len(group.items):
            return list_claim(question, replace(group, items=items))
    return None
