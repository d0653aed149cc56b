"""The title of a block of bullets: before it, or (on slides that were flattened to text) right after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate

# A caption with its years: ひろしまサンドボックス(2018-), …構想（2003～）
_WITH_YEARS = re.compile(r"^[^。]{3,60}[(（](?:19|20)\d\d\s*(?:年|[-~～–ー]).{0,8}[)）]$")


def title_of(candidate: Candidate, candidates: Sequence[Candidate]) -> tuple[str, Candidate | None]:
    """The nearest title of the unit's block ("" when it has none), and the unit that it is when it stands after the block."""
    unit = candidate.unit
    if unit.kind in ("row", "heading"):
        return "", None
    after = sorted(
        (
            c
            for c in candidates
            if c.page is candidate.page and c.document.id == candidate.document.id and c.position > candidate.position
        ),
        key=lambda c: c.position,
    )
    for other in after:
        if other.unit.mark == unit.mark and other.unit.kind == unit.kind:
            continue
        if _WITH_YEARS.match(other.unit.text):
            return other.unit.text, other
        break
    return (unit.headings[-1].strip(" ①②③④⑤⑥⑦⑧⑨【】") if unit.headings else ""), None
