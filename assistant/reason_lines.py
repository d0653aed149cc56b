"""The lines that answer a question for a reason: the one that takes up the question, the one that gives a reason, and the line before 「このため」."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.definitions import explained
from assistant.reasons import gives_reason, row_of_reason
from assistant.scoring import Scored
from assistant.turns import asks

_NEAR = 0.6  # of the best score, for a line of the same page that may give the reason
_ALIKE = 0.7  # the same for a line that is said as well
_BESIDE = 2  # lines of the page
_SURE = 0.8
_DEPTH = 30
# こうした背景から、…: the reason stands in the line before.
_THEREFORE = re.compile(
    r"\W*(?:(?:こう|そう)した|このような|そのような|以上の?|これらの?|この|その)?(?:背景|状況|事情|経緯|理由|こと)(?:から|を受け|を踏まえ|により|に)|\W*(?:このため|そのため|これにより|これを受け|そこで|これに伴い|その結果|こうした中)"
)


def reason_lines(question: str, ranked: Sequence[Scored]) -> list[Scored]:
    """At most three lines of the best one's page, those that give the reason first; the best one is among them."""
    best = ranked[0]
    page = [s for s in ranked[:_DEPTH] if s.candidate.on_page == best.candidate.on_page]
    near = [s for s in page if s is best or s.score >= _NEAR * best.score or _is_beside(s.candidate, best.candidate)]
    near = [s for s in near if s is best or (s.candidate.unit.kind != "heading" and not asks(s.candidate.unit.text))]
    takes_up = [s for s in near if explained(question, s.candidate)]
    if takes_up:
        return takes_up[:2]
    sure = [s for s in near if _surely(s.candidate) and _same_block(s.candidate, best.candidate)]
    if best not in sure and _THEREFORE.match(best.candidate.unit.text):
        sure.insert(0, best)
    if not sure:
        elsewhere = [s for s in near if _surely(s.candidate)][:1]
        alike = [s for s in near if s not in elsewhere and s.score >= _ALIKE * best.score]
        return [*alike[: 3 - len(elsewhere)], *elsewhere]
    chosen = [best] if best in sure else [sure[0], best]
    before = _before(chosen[0].candidate, ranked)
    if before is not None and before not in chosen:
        chosen.insert(0, before)
    return [*chosen, *(s for s in sure if s not in chosen and s.score >= _ALIKE * best.score)][:3]


def _surely(candidate: Candidate) -> bool:
    return gives_reason(candidate.unit.text) >= _SURE or row_of_reason(candidate.unit.cells)


def _same_block(candidate: Candidate, best: Candidate) -> bool:
    return candidate.unit.headings == best.unit.headings or _is_beside(candidate, best)


def _is_beside(candidate: Candidate, best: Candidate) -> bool:
    return abs(candidate.position - best.position) <= _BESIDE and _surely(candidate)


def _before(candidate: Candidate, ranked: Sequence[Scored]) -> Scored | None:
    """The line before one that begins with 「このため」 or 「こうした背景から」."""
    if not _THEREFORE.match(candidate.unit.text):
        return None
    return next(
        (
            s
            for s in ranked
            if s.candidate.on_page == candidate.on_page and s.candidate.position == candidate.position - 1
        ),
        None,
    )
