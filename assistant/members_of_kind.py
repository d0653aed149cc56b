"""Those of a mixed list that are of the asked kind: 町は？ of 東浜市, 西浜町, 南浜町, 浜大学."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Claim
from assistant.listing import Group, list_claim
from assistant.question import Question
from assistant.runs import item_text
from assistant.scoring import Scored
from assistant.wording import clip
from corpus.fold import fold, key

_KIND_ASKED = re.compile(
    r"(?<![一-龠々や・と])(?<![市町村区県学校行]、)(?P<kind>市町村|市|町|村|区|県|大学|高校|銀行|信用金庫)は(?:どこ(?:です)?か?)?[?？。]?$"
)
_NO_NAME = re.compile(r"^(?:都市|地区|学校|(?:同|各|全|本|両|他)[市町村区県])$")
_QUOTED = 120
_DEPTH = 8  # lines that are looked at for names that stand side by side
_ENOUGH = 0.5  # share of the best unit's coverage that the list must have


def asks_kind(question: Question) -> bool:
    """The question ends by asking for those of one kind: 町は？ 大学はどこですか"""
    return bool(_KIND_ASKED.search(fold(question.text).text))


def members_of_kind(question: Question, ranked: Sequence[Scored], found: Sequence[Group]) -> Claim | None:
    """The items whose name ends in the asked kind, in the best list that has two of them and others too; else the names of a line."""
    asked = _KIND_ASKED.search(fold(question.text).text)
    if asked is None:
        return None
    best = ranked[0]
    for group in found:
        if group.coverage < _ENOUGH * best.coverage:
            break
        items = tuple(c for c in group.items if key(c.unit.text).endswith(asked["kind"]))
        if 2 <= len(items) < len(group.items):
            return list_claim(question, replace(group, items=items))
    return None if question.count else _in_line(question, ranked, asked["kind"])


def _in_line(question: Question, ranked: Sequence[Scored], kind: str) -> Claim | None:
    """The names of the asked kind that stand side by side in one of the best lines of the best page (学：東大学、西大学)."""
    name = rf"[一-龠々ぁ-んァ-ヶーa-zA-Z]{{1,14}}?{kind}(?![一-龠々ァ-ヶー])"
    run = re.compile(rf"{name}(?:(?:、|・|，|および|及び|と|や){name})+")
    for scored in ranked[:_DEPTH]:
        candidate = scored.candidate
        beside = run.search(candidate.unit.text) if candidate.on_page == ranked[0].candidate.on_page else None
        names = re.findall(name, beside[0]) if beside else []
        names = [re.sub(r"^(?:および|及び|と|や)", "", n) for n in names]
        if beside and len(names) > 1 and not any(_NO_NAME.match(n) or key(n) in key(question.text) for n in names):
            line = item_text(candidate)
            quote = "" if line == beside[0] else f"（「{clip(line, _QUOTED)}」）"
            return Claim(f"{'、'.join(names)}{quote}。", (candidate.evidence(),))
    return None
