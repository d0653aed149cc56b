"""Complete lists: the items under a heading or after a lead-in, in the document's order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Claim
from assistant.candidates import Candidate, by_page, read_text
from assistant.question import Question
from assistant.scoring import Scored, holds
from assistant.wording import clip
from corpus.fold import key
from corpus.tables import is_number

_ANNOUNCES = re.compile(
    r"次の(?:[0-9０-９一二三四五六七八九十]+|とおり|通り|よう|項目|事業|企業)|以下の|下記|の(?:とおり|通り)|次のとおり|[：:]$"
)
_MAX_ITEMS = 20
_MAX_CHARS = 480


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring units of one kind under the same heading or lead-in. `head` is what announces them.

    `coverage` is the share of the question that head, items and page hold; `announced` the share that the head alone holds.
    """

    head: str
    items: tuple[Candidate, ...]
    coverage: float
    announced: float


def _same_list(a: Candidate, b: Candidate) -> bool:
    return (
        a.on_page == b.on_page
        and a.unit.headings == b.unit.headings
        and a.unit.mark == b.unit.mark
        and b.unit.kind != "sentence"
    )


def groups(question: Question, candidates: Sequence[Candidate]) -> list[Group]:
    """The lists on the pages, best announced first."""
    out: list[Group] = []
    for page in by_page(candidates):
        run: list[Candidate] = []
        for candidate in page:
            if run and _joins(run[-1], candidate):
                run.append(candidate)
                continue
            if len(run) >= 2:
                out.append(_group(question, run, page))
            run = [candidate] if _is_item(candidate) else []
        if len(run) >= 2:
            out.append(_group(question, run, page))
    order = sorted(range(len(out)), key=lambda i: (-round(out[i].coverage, 6), i))
    return [out[i] for i in order]


def _is_item(candidate: Candidate) -> bool:
    if candidate.unit.kind == "row":
        return not all(is_number(c.text) for c in candidate.unit.cells)
    return candidate.unit.kind in ("bullet", "field") or bool(candidate.unit.mark)


def _joins(before: Candidate, candidate: Candidate) -> bool:
    return _is_item(candidate) and _same_list(before, candidate) and candidate.position - before.position <= 2


def _group(question: Question, run: Sequence[Candidate], page: Sequence[Candidate]) -> Group:
    first = run[0]
    ahead = [c.unit.text for c in page if first.position - 3 <= c.position < first.position]
    head = "\n".join(dict.fromkeys([*first.unit.headings[-2:], first.unit.lead, *ahead]))
    reading = read_text(head)
    total = sum(t.weight for t in question.terms) or 1.0
    held = 0.0
    for term in question.terms:
        inside = max(holds(term, c.own) for c in run)
        held += term.weight * max(
            holds(term, reading), 0.4 * inside, 0.4 * holds(term, first.title), 0.3 * holds(term, first.page_reading)
        )
    coverage = held / total + 0.1 * max(c.prior for c in run)
    if question.count and question.count == len(run):
        coverage += 0.2
    asked = key(question.text)
    if any(len(key(h)) >= 3 and key(h) in asked for h in first.unit.headings[-1:]):
        coverage += 0.25
    announced = sum(t.weight * holds(t, reading) for t in question.terms) / total
    return Group(head, tuple(run), coverage, announced)


def list_claim(question: Question, group: Group) -> Claim:
    """All items of the group, each with its own citation."""
    names = [item_text(c) for c in group.items[:_MAX_ITEMS]]
    room = max(12, _MAX_CHARS // max(1, len(names)))
    text = "、".join(clip(n, room) for n in names)
    lead = f"{len(group.items)}つあります：" if len(group.items) > 1 and question.count else ""
    count = (Decimal(len(group.items)),) if lead else ()
    return Claim(f"{lead}{text}。", tuple(c.evidence() for c in group.items[:_MAX_ITEMS]), count)


def item_text(candidate: Candidate) -> str:
    """An item without its mark."""
    text = candidate.unit.text
    if candidate.unit.cells:
        return text
    return re.sub(r"^[・•\-–—●○■◆◇□✓※⚫◼→⇒\s]+", "", text).rstrip("。")


def announces(text: str) -> bool:
    """The sentence only leads in: what it announces stands in the lines below (次の3社…, …は以下のとおり。, …：)."""
    return bool(_ANNOUNCES.search(text))


def items_below(candidate: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The run of items or rows right below a lead-in; a line between them may be a table's caption or head."""
    below = sorted(
        (c for c in candidates if c.on_page == candidate.on_page and c.position > candidate.position),
        key=lambda c: c.position,
    )
    run: list[Candidate] = []
    for other in below:
        if run and not _joins(run[-1], other):
            break
        if not run and not _is_item(other):
            if other.unit.kind == "heading" or other.position > candidate.position + 2:
                break
            continue
        run.append(other)
    return run if len(run) >= 2 else []


def filtered(question: Question, best: Scored, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The siblings of the best unit that share the word by which the question found it (…(三沢市) twice in one list)."""
    strong = [t for t, o in zip(question.terms, best.own, strict=True) if o >= 0.9]
    if not strong or not _is_item(best.candidate):
        return []
    term = max(strong, key=lambda t: (t.weight, t.main))
    siblings = [
        c
        for c in candidates
        if _is_item(c)
        and _same_list(best.candidate, c)
        and (holds(term, c.own) >= 0.9 or c.position == best.candidate.position)
    ]
    unique = {key(c.unit.text): c for c in sorted(siblings, key=lambda c: c.position)}
    return list(unique.values())
