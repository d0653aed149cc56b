"""Complete lists: the items under a heading or after a lead-in, in the document's order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Claim
from assistant.asked_count import counts_in
from assistant.candidates import Candidate, by_page, read_text
from assistant.inline_items import STAGES
from assistant.question import Question
from assistant.runs import announces, is_item, item_text, joins, ordinal, parts_below, runs, same_list, tagged
from assistant.scoring import Scored, holds
from assistant.wording import clip
from corpus.fold import key

_SAME_LENGTH, COUNTED = 0.2, 0.5  # for a list of the asked length, and for one that is announced with it
_LABEL_CHARS, _FIELD_CHARS = 2, 4
_STAGE = re.compile(r"フェーズ|フェイズ|ステップ|ステージ|段階|過程")
_ASKED_LABEL = 0.7  # share that a list called by the asked word takes over from its page
_MAX_ITEMS = 20
_MAX_CHARS = 480


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring units of one kind under the same heading or lead-in. `head` is what announces them.

    `coverage` is the share of the question that head, items and page hold; `announced` the share that the head alone holds.
    `counted`: as many items as are asked for stand there, and the line that announces them says so (次の3つ, 三つの方向).
    `near` is the share of the question that the nearest lines above hold; `called`: the label that the items bear is what is asked for;
    `led`: the line right above says that they come, and names what is asked for to the letter.
    """

    head: str
    items: tuple[Candidate, ...]
    coverage: float
    announced: float
    counted: bool = False
    near: float = 0.0
    called: bool = False
    led: bool = False


def groups(question: Question, candidates: Sequence[Candidate]) -> list[Group]:
    """The lists on the pages, best announced first; of those announced alike the longest."""
    out = [_group(question, run, page) for page in by_page(candidates) for run in runs(page)]
    order = sorted(range(len(out)), key=lambda i: (-round(out[i].coverage, 6), -len(out[i].items), i))
    return [out[i] for i in order]


def _group(question: Question, run: Sequence[Candidate], page: Sequence[Candidate]) -> Group:
    first = run[0]
    head = _head(first, page)
    reading = read_text(head)
    total = sum(t.weight for t in question.terms) or 1.0
    called = bool(question.count == len(run) and _called(run, key(question.text)))
    on_page = _ASKED_LABEL if called else 0.3
    held = 0.0
    for term in question.terms:
        inside = max(holds(term, c.own) for c in run)
        stages = 1.0 if called and first.unit.label == STAGES and _STAGE.fullmatch(term.main) else 0.0
        held += term.weight * max(
            holds(term, reading),
            stages,
            0.4 * inside,
            0.4 * holds(term, first.title),
            on_page * holds(term, first.page_reading),
        )
    coverage = held / total + 0.1 * max(c.prior for c in run)
    nearest = "\n".join(_announcing(first, page))
    counted = called or (question.count == len(run) and question.count in counts_in(nearest))
    if question.count and question.count == len(run):
        coverage += COUNTED if counted else _SAME_LENGTH
    asked = key(question.text)
    if any(len(key(h)) >= 3 and key(h) in asked for h in first.unit.headings[-1:]):
        coverage += 0.25
    announced = sum(t.weight * holds(t, reading) for t in question.terms) / total
    near = sum(t.weight * holds(t, read_text(nearest)) for t in question.terms) / total
    return Group(head, tuple(run), coverage, announced, counted, near, called, _led(question, first, page))


def _head(first: Candidate, page: Sequence[Candidate]) -> str:
    """What announces a list: its headings, its lead-in and the lines ahead of it; of mere names the heading alone."""
    if first.unit.kind == "sentence" and not ordinal(first.unit.text)[1]:
        return "\n".join(first.unit.headings[-1:])
    above = [c for c in page if first.position - 3 <= c.position < first.position]
    # what stands under another heading announces something else
    ahead = [c.unit.text for c in above if set(c.unit.headings) <= set(first.unit.headings)]
    return "\n".join(dict.fromkeys([*first.unit.headings[-2:], first.unit.lead, *ahead]))


def _called(run: Sequence[Candidate], asked: str) -> bool:
    """The items bear one label, or the first one bears a long one, and it is what is asked for (3つの方向性: 方向性.1, 方向性.2, 方向性.3)."""
    labels = {c.unit.label for c in run}
    if labels == {STAGES}:
        return bool(_STAGE.search(asked))
    first = key(run[0].unit.label)
    if len(first) >= _FIELD_CHARS and first in asked and not any(c.unit.label for c in run[1:]):
        return True
    return len(labels) == 1 and len(key(min(labels))) >= _LABEL_CHARS and key(min(labels)) in asked


def _led(question: Question, first: Candidate, page: Sequence[Candidate]) -> bool:
    above = [key(line) for line in _announcing(first, page) if announces(line)]
    return any(len(p.main) >= _FIELD_CHARS and p.main in line for p in question.phrases for line in above)


def _announcing(first: Candidate, page: Sequence[Candidate]) -> tuple[str, ...]:
    """The lines that stand nearest above a list."""
    above = (c.unit.text for c in page if c.position == first.position - 1)
    return (*first.unit.headings[-1:], first.unit.lead, *above)


def list_claim(question: Question, group: Group) -> Claim:
    """All items of the group, each with its own citation."""
    items = tagged(question.text, group.items)[:_MAX_ITEMS]
    names = [f"「{_told_text(c)}」" if c.unit.label == STAGES else _told_text(c) for c in items]
    room = max(12, _MAX_CHARS // max(1, len(names)))
    told = any(ordinal(c.unit.text)[1] for c in items)
    text = ("。" if told else "、").join(clip(n, room) for n in names)
    lead = f"{len(items)}つあります：" if len(items) > 1 and question.count else ""
    count = (Decimal(len(items)),) if lead else ()
    return Claim(f"{lead}{text}。", tuple(c.evidence() for c in items), count)


def _told_text(candidate: Candidate) -> str:
    """An item without its mark or the number that its sentence opens with (第2に、)."""
    text = item_text(candidate)
    return text[ordinal(text)[1] :]


def items_below(candidate: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The run of items or rows right below a lead-in (a line between them may be a table's caption or head), or a heading's parts."""
    below = sorted(
        (c for c in candidates if c.on_page == candidate.on_page and c.position >= candidate.position),
        key=lambda c: c.position,
    )
    if candidate.unit.kind == "heading":
        return parts_below(candidate, below)
    run: list[Candidate] = []
    for other in below[1:]:
        if run and not joins(run[-1], other):
            break
        if not run and not is_item(other):
            if other.unit.kind == "heading" or other.position > candidate.position + 2:
                break
            continue
        run.append(other)
    return run if len(run) >= 2 else []


def filtered(question: Question, best: Scored, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The siblings of the best unit that share the word by which the question found it (…(三沢市) twice in one list)."""
    strong = [t for t, o in zip(question.terms, best.own, strict=True) if o >= 0.9]
    if not strong or not is_item(best.candidate):
        return []
    term = max(strong, key=lambda t: (t.weight, t.main))
    siblings = [
        c
        for c in candidates
        if is_item(c)
        and same_list(best.candidate, c)
        and (holds(term, c.own) >= 0.9 or c.position == best.candidate.position)
    ]
    unique = {key(c.unit.text): c for c in sorted(siblings, key=lambda c: c.position)}
    return list(unique.values())
