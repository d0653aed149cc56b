"""Which complete list answers a question: the one that it announces, of the asked length where one is asked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Claim
from assistant.asked_count import counts_in
from assistant.candidates import Candidate
from assistant.enumeration import lengths
from assistant.labelled_list import labelled_list
from assistant.labelled_run import labelled_run
from assistant.listing import COUNTED, Group, filtered, groups, list_claim
from assistant.members_of_kind import members_of_kind
from assistant.named_lines import named_lines
from assistant.named_parts import named_parts
from assistant.named_row import named_row
from assistant.place_labels import place_labels
from assistant.question import Question
from assistant.runs import item_text
from assistant.scoring import Scored
from corpus.tokenizer import content_terms

_NAMED = 0.3  # share that any list must be announced with
_ANNOUNCED = 0.4  # share of the question that a list of the asked length must be announced with
_NEARLY = 0.75  # share of the best unit's coverage that a list of the asked length must have
_COUNTED_NEARLY = 0.6  # the same for a list that is announced with its length
_NEAR = 0.6  # share that the nearest lines must hold where no list is asked for in so many words
_ASKED = 0.75  # share of a line's words that the question holds where the line only leads in
_WHOLE = 0.85  # share of the question that a sentence holds that answers alone
_SIBLINGS = 12


def list_answer(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """A complete list, when one is announced by what was asked; else the siblings that share the asked word."""
    whole = question.wants_list and (
        labelled_list(question, candidates)
        or named_row(question, ranked, candidates)
        or place_labels(question, ranked[0], candidates)
    )
    if whole:
        return whole
    best = ranked[0]
    found = groups(question, candidates)
    some = members_of_kind(question, ranked, found)
    if some or not question.wants_list:
        led = None if some or question.kind not in ("name", "open") else _led(best, found, _NEARLY)
        return list_claim(question, led) if led else some
    group = _announced(question, best, found)
    named = None if group and group.counted else named_parts(question, ranked, candidates)
    if group and not named:
        return list_claim(question, group)
    parts = named or labelled_run(question, ranked, candidates)
    if parts:
        return parts
    siblings = []
    if question.kind == "list" and not enumerates_asked(question, best):
        siblings = filtered(question, best, candidates) or named_lines(question, best, candidates)
    if 2 <= len(siblings) <= _SIBLINGS:
        text = "、".join(item_text(c) for c in siblings)
        return Claim(f"{text}。", tuple(c.evidence() for c in siblings))
    return None


def _announced(question: Question, best: Scored, found: Sequence[Group]) -> Group | None:
    """The group that the question announces well enough; None when a single unit answers better."""
    if question.count:
        found = [g for g in found if len(g.items) == question.count]
    if not found:
        return None
    group = next((g for g in found if _leads(question, best.candidate, g)), None)
    if group:
        return group
    called = (g for g in found if g.counted and g.coverage - COUNTED >= _COUNTED_NEARLY * best.coverage)
    group = next(called, found[0])
    enough = (_COUNTED_NEARLY if group.counted else _NEARLY) * best.coverage
    if group.called and group.coverage - COUNTED >= enough:
        return group
    itself = enumerates(best.candidate, question)
    if itself and question.count in counts_in(best.candidate.unit.text):
        return None
    if group.counted and group.coverage - COUNTED >= enough:
        return group
    if question.count and group.near >= _WHOLE and group.coverage >= enough:
        return group  # its very heading is what was asked
    if itself or (question.kind in ("name", "open") and group.near < _NEAR):
        return None
    if question.count and group.announced >= _ANNOUNCED and group.coverage >= enough:
        return group
    if group.announced >= _NAMED and group.coverage >= best.coverage:
        return group
    return _led(best, found, _COUNTED_NEARLY)


def _led(best: Scored, found: Sequence[Group], share: float) -> Group | None:
    """The best list that the line above announces by what is asked (下記を重点分野とする。), with that share of the best unit's coverage."""
    return next((g for g in found if g.led and g.coverage >= share * best.coverage), None)


def _leads(question: Question, candidate: Candidate, group: Group) -> bool:
    """The list stands right below the line, and that line says little but what is asked."""
    first = group.items[0]
    if first.on_page != candidate.on_page or first.position != candidate.position + 1:
        return False
    own = content_terms(item_text(candidate))
    asked = question.forms
    return question.kind == "list" and sum(t in asked for t in own) >= _ASKED * len(own) > 0


def enumerates(candidate: Candidate, question: Question) -> bool:
    """The sentence itself lists what was asked: exactly as many things or quoted names as were asked, else three at least."""
    text = candidate.unit.text
    if question.count:
        return question.count in lengths(text) or text.count("「") == question.count
    return max(lengths(text), default=1) > 2


def enumerates_asked(question: Question, scored: Scored) -> bool:
    """The sentence holds the question and lists exactly as many things as it asks for: no other line has to be shown."""
    text = scored.candidate.unit.text
    exactly = text.count("「") == question.count or question.count in lengths(text)
    return question.kind == "list" and bool(question.count) and exactly and scored.coverage >= _WHOLE
