"""Dates of a claim stand in its evidence, in either calendar and at least as exactly."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.candidates import read_text
from assistant.held import Held


def date_check(held: Held) -> Iterable[str]:
    """The dates that the evidence lacks, as the claim writes them."""
    text = held.claim.text
    for date in read_text(text).dates:
        if not any(map(date.given_by, held.reading.dates)):
            yield text[date.start : date.end]
