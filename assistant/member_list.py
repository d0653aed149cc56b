"""Who holds an office in a list of members that tells it by a mark: （◎会長、○会長代理） … ◎大槻 啓吾."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Claim
from assistant.candidates import Candidate
from assistant.persons import legend, names_person, role_of
from assistant.question import Question
from assistant.scoring import Scored


def marked_member(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The one member with the mark of the asked office, on the page that answers best; None when no legend names that office."""
    role = role_of(question.text)
    if question.kind != "person" or not role or not ranked:
        return None
    best = ranked[0].candidate
    marks = {mark for mark, office in legend(best.page.text).items() if office == role}
    on_page = [c for c in candidates if c.on_page == best.on_page]
    held = [c for c in on_page if c.unit.text[:1] in marks and names_person(c.unit.text[1:])]
    says = next((c for c in on_page if any(f"{mark}{role}" in c.unit.text for mark in marks)), None)
    if len(held) != 1 or says is None:
        return None
    member = held[0].unit.text[1:].strip()
    return Claim(f"{role}は{member}です（「{says.unit.text}」）。", (held[0].evidence(), says.evidence()))
