"""One answer against its item: right, direct, cited, grounded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Answer
from assistant.candidates import read_text
from corpus.dates import find_dates
from eval.dataset import Item, PageText
from eval.match import Reference, says, says_all, values_of

LONG_KINDS = frozenset({"list", "reason", "definition", "conflict", "followup"})
DIRECT_CHARS = 120
_MARKER = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")
_CELLS = re.compile(r"\b(\d{4})\s*\|\s*(\d{1,2})\s*\|")  # year and month in cells of their own
_FACTORS = tuple(map(Decimal, (1, 10**3, 10**4, 10**6, 10**8)))  # what a table may declare above its figures


@dataclass(frozen=True, slots=True)
class Grade:
    """`direct` and the citations are None for unanswerable items; `ungrounded` lists values that the citations lack."""

    right: bool
    holds: bool
    forbidden: tuple[str, ...]
    chars: int
    direct: bool | None
    cite_precision: float | None
    cite_recall: float | None
    conflict: bool | None
    ungrounded: tuple[str, ...] | None


def max_chars(kind: str) -> int:
    """Length of the longest right answer of a kind: a page dumped whole is no answer."""
    return 600 if kind in LONG_KINDS else 120 if kind == "reading" else 300


def plain_text(answer: str) -> str:
    """The answer without its markers."""
    return _MARKER.sub("", answer)


def grade_text(item: Item, text: str, *, abstained: bool) -> tuple[bool, bool, tuple[str, ...]]:
    """(right, holds all groups, forbidden strings that it says)."""
    forbidden = tuple(x for x in item.must_not if says(text, x, Reference(())))
    if item.abstain:
        return abstained and not forbidden, False, forbidden
    holds = says_all(text, item.must, _reference(item))
    return not abstained and holds and not forbidden and len(text) <= max_chars(item.kind), holds, forbidden


def _reference(item: Item) -> Reference:
    return Reference.of([item.answer, *(e.quote for e in item.evidence)])


def grade(item: Item, answer: Answer, page_text: PageText, computed: Sequence[Decimal] | None) -> Grade:
    """`computed` are the values that code worked out from cited ones; None when the door does not tell them."""
    text = plain_text(answer.answer)
    right, holds, forbidden = grade_text(item, text, abstained=answer.abstained)
    ungrounded = None if answer.abstained else missing_values(item, answer, page_text, computed)
    conflict = bool(answer.conflicts) if item.kind == "conflict" else None
    if item.abstain:
        return Grade(right, holds, forbidden, len(text), None, None, None, conflict, ungrounded)
    direct = right and (item.kind in LONG_KINDS or says_all(text[:DIRECT_CHARS], item.must, _reference(item)))
    cited = [(c.document_id, c.page) for c in answer.citations]
    anywhere = frozenset().union(*item.groups)
    precision = sum(c in anywhere for c in cited) / len(cited) if cited else 0.0
    recall = float(all(group & set(cited) for group in item.groups))
    return Grade(
        right,
        holds,
        forbidden,
        len(text),
        direct,
        None if answer.abstained else precision,
        0.0 if answer.abstained else recall,
        conflict,
        ungrounded,
    )


def missing_values(
    item: Item, answer: Answer, page_text: PageText, computed: Sequence[Decimal] | None
) -> tuple[str, ...]:
    """Dates, amounts and counts of the answer that neither its quotes nor the question hold and that were not computed.

    A figure of a table may take the scale of its head; dates and the numbers of headings may stand above the quote on its page.
    """
    text = plain_text(answer.answer)
    quotes = " \n".join(c.quote for c in answer.citations)
    above = " \n".join(page_text(c.document_id, c.page)[: c.start] for c in answer.citations)
    asked = " \n".join((item.question, *item.history, *(c.title for c in answer.citations)))
    dates = [d for part in (quotes, above, asked) for d in find_dates(_CELLS.sub(r"\1年\2月", part), bare_years=True)]
    own = [q for part in (quotes, asked) for q in values_of(part).quantities]
    known = {q.value for q in own} | {q.value for q in values_of(above).quantities if not q.unit}
    scaled = {q.value * f for q in own if not q.unit for f in _FACTORS}
    said = read_text(text)
    missing = [text[d.start : d.end] for d in said.dates if not any(map(d.given_by, dates))]
    missing += [
        text[q.start : q.end]
        for q in said.quantities
        if q.value not in known and q.value not in scaled and q.value not in (computed or ())
    ]
    return tuple(dict.fromkeys(missing))
