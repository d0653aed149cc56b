"""What a label lists in its own line: 重点地区：甲地区、乙地区、丙地区, with the line that it goes on in where its last line is full."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Claim
from assistant.candidates import Candidate
from assistant.enumeration import lengths
from assistant.question import Question
from assistant.runs import item_text
from assistant.scoring import Scored
from assistant.wording import clip
from corpus.fold import fold, key
from corpus.lines import display_width

_LABELLED = re.compile(r"\W*(?P<label>[^:、。]{2,20}?)\s*:\s*(?P<items>.+)", re.DOTALL)
_SHORTEST, _LEAST = 4, 3  # characters of a label; things that it lists
_SLACK = 2  # columns that a full line may fall short of the widest
_MAX_CHARS = 260
_DEPTH = 12


def labelled_run(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The things that a line of the best page lists after the asked label; None without such a line."""
    asked = key(question.text)
    for scored in ranked[:_DEPTH]:
        line = scored.candidate
        match = _LABELLED.fullmatch(fold(line.unit.text).text)
        if line.on_page != ranked[0].candidate.on_page or match is None or line.unit.cells:
            continue
        label = key(match["label"])
        if len(label) < _SHORTEST or label not in asked or max(lengths(match["items"]), default=1) < _LEAST:
            continue
        rest = _going_on(line, candidates)
        whole = item_text(line) if rest is None else f"{item_text(line)}{rest.unit.text}"
        return Claim(f"{clip(whole, _MAX_CHARS)}。", tuple(c.evidence() for c in (line, rest) if c))
    return None


def _going_on(line: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """The next line of the page, where the last one of the list is as wide as those before it and ends no sentence."""
    widths = [display_width(part) for part in line.quote.split("\n")]
    if len(widths) < 2 or widths[-1] < max(widths) - _SLACK or line.quote.rstrip().endswith("。"):
        return None
    following = (c for c in candidates if c.on_page == line.on_page and c.position == line.position + 1)
    return next((c for c in following if not c.unit.mark and not c.unit.cells), None)
