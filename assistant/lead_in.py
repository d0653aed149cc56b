"""Lines that are no answer themselves: those that announce the lines below, and those that only say again what was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Claim
from assistant.candidates import Candidate
from assistant.listing import items_below
from assistant.question import Question
from assistant.runs import announces, item_text, tagged
from assistant.scoring import Scored
from assistant.wording import clip
from corpus.tokenizer import content_terms

_REPEATED = 0.9  # share of a heading's words that the question holds already: what is left may be the answer
_ITEMS, _ITEM_CHARS = 12, 60
_LONG, _BRIEF = (420, 90), (200, 50)  # characters for the items below a line, and for the line itself
_ASIDE = re.compile(r"^\W*[0-9０-９]{1,2}\W|[(（][^)）]*[)）]")  # a heading's number, and what it says in brackets
_DEPTH = 20


def items_claim(
    question: Question, candidate: Candidate, candidates: Sequence[Candidate], *, long: bool
) -> Claim | None:
    """The items below a lead-in or below a heading that repeats the question, with that line; None for any other unit."""
    below = items_below(candidate, candidates)[:_ITEMS]
    if not _leads_in(question, candidate) and not _is_over(question, candidate, below):
        return None
    if not below:
        return None
    below = list(tagged(question.text, below))
    room, lead_room = _LONG if long else _BRIEF
    items = "、".join(clip(item_text(c), _ITEM_CHARS) for c in below)
    lead = item_text(candidate).rstrip("：:")
    return Claim(f"{clip(items, room)}（{clip(lead, lead_room)}）。", tuple(c.evidence() for c in (candidate, *below)))


def saying_more(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Sequence[Scored]:
    """The ranking without the first units that say no word but the question's own; all of it when nothing else is there."""
    if question.asks_value or question.english:
        return ranked
    asked = frozenset(t.main for t in question.terms)
    empty = {s.candidate.place for s in ranked[:_DEPTH] if _only_repeats(asked, s.candidate, candidates)}
    return [s for s in ranked if s.candidate.place not in empty] or ranked


def _only_repeats(asked: frozenset[str], candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    if candidate.unit.kind in ("row", "field") or not asked.issuperset(_own(candidate)):
        return False
    return not items_below(candidate, candidates)


def _leads_in(question: Question, candidate: Candidate) -> bool:
    if candidate.unit.kind != "heading":
        return announces(candidate.unit.text)
    return _repeats(question, candidate)


def _is_over(question: Question, candidate: Candidate, below: Sequence[Candidate]) -> bool:
    """An item that says no word but the question's, with items of its own under it (・民間会社の協力 over – 甲社, – 乙社)."""
    heads = {c.unit.headings[-1] for c in below if c.unit.headings}
    if candidate.unit.kind != "bullet" or heads != {item_text(candidate)}:
        return False
    return _repeats(question, candidate)


def _repeats(question: Question, candidate: Candidate) -> bool:
    """Nearly all of the unit's words stand in a question that asks for no figure."""
    own = _own(candidate)
    asked = question.forms
    return not question.asks_value and sum(t in asked for t in own) >= _REPEATED * len(own) > 0


def _own(candidate: Candidate) -> tuple[str, ...]:
    return content_terms(_ASIDE.sub("", candidate.unit.text)) or content_terms(candidate.unit.text)
