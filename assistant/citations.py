"""Claims with evidence → text with markers and citations; the same span is cited once, whoever uses it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation, CitedConflict, Claim, Conflict, Evidence


class Numbering:
    """Gives each cited span a marker, from 1, in the order of first use."""

    def __init__(self) -> None:
        self._markers: dict[tuple[str, int, int, int], int] = {}
        self._evidence: list[Evidence] = []

    def marker(self, evidence: Evidence) -> int:
        place = (evidence.document_id, evidence.page_number, evidence.start, evidence.end)
        if place not in self._markers:
            self._evidence.append(evidence)
            self._markers[place] = len(self._evidence)
        return self._markers[place]

    def citations(self) -> tuple[Citation, ...]:
        return tuple(
            Citation(
                n,
                e.document_id,
                e.title,
                e.page_label,
                e.page_number,
                e.locator,
                e.quote,
                e.start,
                e.end,
                e.note,
            )
            for n, e in enumerate(self._evidence, 1)
        )


def cited_text(claim: Claim, numbering: Numbering) -> str:
    """The claim followed by its markers."""
    markers = dict.fromkeys(numbering.marker(e) for e in claim.evidence)
    return claim.text + "".join(f"[{m}]" for m in markers)


def cite_conflicts(conflicts: Sequence[Conflict], numbering: Numbering) -> tuple[CitedConflict, ...]:
    return tuple(CitedConflict(c.text, tuple(numbering.marker(e) for e in c.evidence)) for c in conflicts)
