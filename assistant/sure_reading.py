"""What the built-in reader is sure of, and whether a language model's answer holds it: no model may talk it away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Claim, Draft
from assistant.candidates import read_text
from assistant.question import Question
from corpus.dates import DateMention
from corpus.quantity import Quantity
from corpus.tokenizer import content_terms

SURE = 0.6  # share of the question from which on nine of ten of its answers were right (development questions)
_VALUE_KINDS = frozenset({"date", "amount", "number"})
_ITEM_SHARE, _WORD_SHARE = 0.6, 0.5
_LEAD = re.compile(r"(.{1,120}?)(?:です)?\s*[（(]「")


@dataclass(frozen=True, slots=True)
class SureReading:
    """What an answer must hold: each of `dates` and `quantities`, each of `items`, and `share` of `words`, from one of `places`."""

    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    items: tuple[frozenset[str], ...] = ()
    words: frozenset[str] = frozenset()
    places: frozenset[tuple[str, int]] = frozenset()

    def held_by(self, claims: Sequence[Claim]) -> bool:
        """Do the claims together hold it all?"""
        text = "\n".join(c.text for c in claims)
        reading = read_text(text)
        cited = {(e.document_id, e.page_number) for c in claims for e in c.evidence}
        terms = set(content_terms(text))
        return (
            all(any(d.given_by(other) for other in reading.dates) for d in self.dates)
            and all(any(_same(q, other) for other in reading.quantities) for q in self.quantities)
            and all(len(item & terms) >= _ITEM_SHARE * len(item) for item in self.items)
            and len(self.words & terms) >= _WORD_SHARE * len(self.words)
            and (not self.places or not self.places.isdisjoint(cited))
        )


def sure_reading(question: Question, draft: Draft) -> SureReading | None:
    """What the draft of the built-in reader stands for; None when it is not sure enough to be held against a model."""
    if draft.abstained or not draft.claims or draft.confidence < SURE:
        return None
    leads = [lead for lead in map(lead_of, draft.claims) if lead]
    if question.kind in _VALUE_KINDS and leads:
        readings = [read_text(lead) for lead in leads]
        dates = tuple(d for r in readings for d in r.dates if not any(d.given_by(asked) for asked in question.dates))
        values = {(q.value, q.unit): q for r in readings for q in r.quantities}
        return SureReading(dates, tuple(values.values()))
    text = draft.claims[0].text
    places = frozenset((e.document_id, e.page_number) for e in draft.claims[0].evidence)
    if question.kind == "list" and len(draft.claims[0].evidence) > 1:
        items = (frozenset(content_terms(part)) for part in text.rstrip("。").split("、"))
        return SureReading(items=tuple(i for i in items if i), places=places)
    if question.kind in ("list", "reason", "definition"):
        return SureReading(words=frozenset(content_terms(text)), places=places)
    return SureReading(places=places)


def lead_of(claim: Claim) -> str:
    """The value that stands before the quote of a claim of the built-in reader, without です; "" where there is no such value."""
    found = _LEAD.match(claim.text)
    return found[1] if found else ""


def _same(wanted: Quantity, other: Quantity) -> bool:
    return wanted.value == other.value and (not wanted.unit or not other.unit or wanted.unit == other.unit)
