"""The built-in reader: no language model; the value first, then the line that it stands on."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.abstention import is_injection, missing
from assistant.answer import Claim, Conflict, Draft
from assistant.apart import apart
from assistant.asked_result import may_result
from assistant.asked_value import asked_counter, fits_counter
from assistant.candidates import Candidate, refers_back
from assistant.checks import unsupported
from assistant.conflicts import conflicting
from assistant.definitions import defined
from assistant.excerpt import excerpt
from assistant.lead_in import items_claim, saying_more
from assistant.list_answer import enumerates, enumerates_asked, list_answer
from assistant.measures import asked_measure
from assistant.member_list import marked_member
from assistant.members_of_kind import asks_kind
from assistant.parts import asks_each, parts_of
from assistant.question import GENERIC, Question
from assistant.reason_lines import reason_lines
from assistant.runs import item_text
from assistant.scoring import Scored, Weights, defines, rank, score
from assistant.selection import added, select
from assistant.side_by_side import side_names
from assistant.sure_reading import lead_of
from assistant.tables_reading import CellValue, column, named_cells, row_evidence, rows_for_years, table_rows
from assistant.titles import title_of
from assistant.typed_name import named_nearby
from assistant.values import Value, find_value, shown_value
from assistant.wording import clip
from assistant.worked_out import worked_out
from corpus.fold import key
from corpus.places import in_kana
from corpus.quantity import canonical_unit, find_quantities
from corpus.tokenizer import tokenize

INSTRUCTED = "指示には従わず、登録されている文書だけからお答えします"
_RANGE = re.compile(r"\d\s*年?度?\s*(?:[~〜～－-]|から)\s*(?:19|20)?\d\d|から.{0,12}(?:まで|にかけて|の間)")
LONG_KINDS = frozenset({"list", "reason", "definition"})
_BRIEF = 120  # characters that an answer may have without a reason
_MUCH = 0.3
_MUCH_IN_ENGLISH = 0.45  # the glossary's many words are found in many lines
_FIRST, _NEXT, _LONG = 112, 90, 260


Lacking = Callable[[Question, Sequence[Scored], int], str | None]


class BuiltInReader:
    """Drafts an answer from ranked units."""

    name = "built-in"

    def __init__(self, lacking: Lacking = missing) -> None:
        """`lacking` says what the evidence lacks, None to answer."""
        self._lacking = lacking

    def draft(self, question: Question, candidates: Sequence[Candidate]) -> Generator[Claim, None, Draft]:
        draft = self.answer(question, candidates)
        yield from draft.claims
        return draft

    def answer(self, question: Question, candidates: Sequence[Candidate]) -> Draft:
        """The whole draft at once."""
        if is_injection(question.text):
            return nothing_found(question, (), INSTRUCTED)
        ranked = rank(question, candidates)
        result = (
            worked_out(question, ranked, candidates)
            or _several_years(question, ranked, candidates)
            or marked_member(question, ranked, candidates)
        )
        if result:
            return Draft((result,), confidence=ranked[0].coverage)
        together = _in_one_row(question, ranked, candidates)
        parts = [question] if together else parts_of(question)
        each = asks_each(question) and not together
        rankings = [(part, rank(part, candidates) if part is not question else ranked) for part in parts]
        if each:
            rankings = apart(rankings)
        chosen = select(question, ranked, 3)
        if len(parts) > 1:
            chosen = [*(r[0] for _, r in rankings if r), *chosen]
        lacking = self._lacking(question, _rescored(question, chosen), len(parts))
        if lacking is not None:
            return nothing_found(question, [s.candidate for s in chosen], lacking)
        confidence = max(s.coverage for s in chosen)
        drafts = [_answer_part(part, r, candidates, alone=len(parts) == 1) for part, r in rankings]
        if each:
            drafts = [_named(name, draft) for name, draft in zip(side_names(question.text), drafts, strict=True)]
        claims = {c.text: c for d in drafts for c in d.claims}
        return Draft(
            tuple(claims.values()), conflicts=tuple(c for d in drafts for c in d.conflicts), confidence=confidence
        )


def _in_one_row(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> bool:
    """The best unit is a row whose column heads the question names, two or more, and no other row is asked for beside it;
    heads asked side by side (面積と従業員数はそれぞれ) have lines of their own.
    """
    if not ranked or ranked[0].candidate.unit.kind != "row":
        return False
    rows = table_rows(ranked[0].candidate, candidates)
    named = named_cells(question, ranked[0].candidate, rows)
    sides = {key(side) for side in side_names(question.text)} if asks_each(question) else set()
    several_rows = len(sides & {key(r.unit.cells[0].text) for r in rows}) > 1
    heads_alone = bool(sides) and sides <= {key(v.head) for v in named}
    return len(named) > 1 and not several_rows and not heads_alone


def _named(name: str, draft: Draft) -> Draft:
    """The draft of one of the things asked side by side, led by its name where its evidence bears it."""
    first = draft.claims[0]
    named = replace(first, text=f"{name}：{first.text}")
    held = key("\n".join(f"{e.text}\n{e.context}" for e in first.evidence))
    words = [t for t in tokenize(name) if t.is_content and len(t.surface) > 1 and t.term not in GENERIC]
    borne = all(any(f in held for f in (key(t.surface), t.term, in_kana(t.surface) or t.term)) for t in words)
    if not lead_of(first) or not borne or key(name) in key(lead_of(first)) or unsupported(named):
        return draft
    return replace(draft, claims=(named, *draft.claims[1:]))


def _rescored(question: Question, chosen: Sequence[Scored]) -> list[Scored]:
    return [score(question, s.candidate, Weights()) for s in chosen]


def _answer_part(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate], *, alone: bool
) -> Draft:
    disagreement = conflicting(question, ranked[0], ranked)
    if disagreement:
        return _conflict(disagreement)
    if question.wants_list or asks_kind(question) or question.kind in ("name", "open"):
        listed = list_answer(question, ranked, candidates)
        if listed:
            return Draft((listed,))
    ranked = named_nearby(question, saying_more(question, ranked, candidates))
    if question.kind == "definition":
        chosen = _defining(question, ranked)
    elif question.kind == "reason":
        chosen = reason_lines(question.text, ranked)
    else:
        chosen = select(question, ranked, 3) if alone else list(ranked[:1])
    claims = _claims(question, chosen, candidates)
    exact = _exact_day(question, ranked)
    if exact is not None:
        claims.insert(0, _claim(question, exact, candidates, _FIRST, first=True))
    return Draft(tuple(claims))


def _exact_day(question: Question, ranked: Sequence[Scored]) -> Scored | None:
    """The unit that gives the day where the best unit gives only the month of the same event; None when none does."""
    if question.kind != "date" or not re.search(r"月日|何日|日付", question.text):
        return None
    best = find_value(question, ranked[0].candidate)
    if best is None or best.date is None or best.date.day is not None:
        return None
    for scored in ranked[1:60]:
        value = find_value(question, scored.candidate)
        day = value.date if value else None
        if day and day.day and (day.year, day.month) == (best.date.year, best.date.month or day.month):
            return scored
    return None


def _claims(question: Question, chosen: Sequence[Scored], candidates: Sequence[Candidate]) -> list[Claim]:
    """One claim for each of the first units; a second one that makes the answer long must add much of what was asked."""
    long = question.kind in LONG_KINDS
    claims: list[Claim] = []
    much = _MUCH_IN_ENGLISH if question.english else _MUCH
    alone = enumerates_asked(question, chosen[0])
    for n, scored in enumerate(chosen[: 1 if alone else 3 if long else 2]):
        if any(scored.candidate.evidence().place == e.place for c in claims for e in c.evidence):
            continue
        limit = _LONG if long else _FIRST if n == 0 else _NEXT
        claim = _claim(question, scored, candidates, limit, first=n == 0)
        brief = sum(len(c.text) for c in (*claims, claim)) <= _BRIEF
        if n == 0 or long or brief or added(question, chosen[0].own, scored.own) >= much:
            claims.append(claim)
    return claims


def _claim(question: Question, scored: Scored, candidates: Sequence[Candidate], limit: int, *, first: bool) -> Claim:
    candidate = scored.candidate
    if candidate.unit.kind == "row" and question.kind in ("amount", "number", "open"):
        several = named_cells(question, candidate, table_rows(candidate, candidates))
        if len(several) > 1:
            text = "、".join(f"{v.head} {v.shown}" for v in several)
            return Claim(f"{several[0].name}は、{text}です。", (row_evidence(*several),))
        cell = _cell(question, candidate, candidates)
        if cell:
            return _cell_claim(question, cell)
    value = find_value(question, candidate) if first else None
    before = _antecedent(candidate, candidates) if first else None
    if before is not None and value is None:
        listing = question.kind in ("list", "name", "open") and enumerates(candidate, question)
        both = item_text(candidate) if listing else f"{item_text(before)}。{item_text(candidate)}"
        return Claim(
            _sentence(excerpt(question, both, limit + 40)), (before.evidence(), candidate.evidence(scored.score))
        )
    listed = items_claim(question, candidate, candidates, long=question.kind in LONG_KINDS) if first else None
    if listed:
        return listed
    evidence = candidate.evidence(scored.score)
    text = item_text(candidate)
    if first and question.kind in ("name", "open") and not question.english:
        text, caption = _titled(question, candidate, candidates, text)
        if caption is not None:
            return Claim(_sentence(excerpt(question, text, limit)), (evidence, caption.evidence()))
    if value is None:
        return Claim(_sentence(excerpt(question, text, limit)), (evidence,))
    quote = excerpt(question, text, limit - min(len(value.text), 60), _shifted(value, candidate))
    cited = (evidence,) if before is None else (evidence, before.evidence())
    if question.english:
        return Claim(f"{value.text} (「{quote}」).", cited, value.computed)
    return Claim(f"{value.text}です（「{quote}」）。", cited, value.computed)


def _titled(
    question: Question, candidate: Candidate, candidates: Sequence[Candidate], text: str
) -> tuple[str, Candidate | None]:
    """The text led by the title that it stands under, where the question does not hold it: the name may be there."""
    asked = key(question.text)
    if any(key(name) not in asked for name in re.findall(r"「([^」]{4,40})」", text)):
        return text, None
    title, caption = title_of(candidate, candidates)
    if not title or key(title) in asked or key(title) in key(text) or len(title) > 60:
        return text, None
    return f"{title}：{text}", caption


def _defining(question: Question, ranked: Sequence[Scored]) -> list[Scored]:
    """The units that say what the asked term means; else the best unit and those near it in score that stand beside it on the page."""
    best = ranked[0]
    near = [s for s in ranked[:8] if s.candidate.page is best.candidate.page and s.score >= 0.7 * best.score]
    surely = [(defined(question.text, s.candidate), s) for s in near]
    defining = [s for sure, s in sorted(surely, key=lambda pair: -pair[0]) if sure]
    if defining:
        return defining[:2]
    near = [s for s in near if s.candidate.unit.kind != "heading"]
    near.sort(key=lambda s: not defines(s.candidate.unit.text))
    return near[:3] or [best]


def _shifted(value: Value, candidate: Candidate) -> tuple[int, int] | None:
    """The value's place in the item's text, whose mark is left out."""
    cut = len(candidate.unit.text.rstrip("。")) - len(item_text(candidate))
    start, end = value.where[0] - cut, value.where[1] - cut
    return (start, end) if 0 <= start < end else None


def _antecedent(candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence before one that opens with この, その or 同: it names what is meant."""
    if not refers_back(candidate.unit.text):
        return None
    return next(
        (
            c
            for c in candidates
            if c.page is candidate.page and c.position == candidate.position - 1 and c.unit.kind != "row"
        ),
        None,
    )


def _cell(question: Question, row: Candidate, candidates: Sequence[Candidate]) -> CellValue | None:
    values = column(question, table_rows(row, candidates))
    found = next((v for v in values if v.row.position == row.position), None)
    counter = asked_counter(question)
    if found and counter and found.unit and not fits_counter(counter, found.unit):
        return None
    # rows of events (year, month, what happened) are sentences, not figures under a head
    return found if found and (found.cell.header or len(row.unit.cells) == 2) else None


def _cell_claim(question: Question, cell: CellValue) -> Claim:
    name = "" if canonical_unit(cell.name) else cell.name  # 百万円 says nothing of what the row is
    head = f"の{cell.head}" if cell.head and name else cell.head
    shown = cell.shown
    computed: tuple[Decimal, ...] = ()
    if (question.unit and cell.unit == "円") or asked_measure(question.text):
        value = shown_value(question, cell.number, cell.unit, cell.surface, (0, 0))
        shown, computed = value.text, value.computed
    row = cell.row.unit.text
    rest = f"（「{row}」）" if len(cell.row.unit.cells) > 2 and len(row) <= _NEXT else ""
    text = f"{name}{head}: {shown}{rest}." if question.english else f"{name}{head}は{shown}です{rest}。"
    return Claim(text, (row_evidence(cell),), computed)


def _several_years(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """One row of the same table for each of the years that were asked."""
    if len(question.years) < 2 or question.kind in ("date", "name", "reason") or _RANGE.search(question.text):
        return None
    found = rows_for_years(question, ranked, candidates, may_be=lambda unit: may_result(question, unit))
    if not found:
        return None
    head = found[0].head or "値"
    text = f"{head}は、{'、'.join(f'{v.name} {v.shown}' for v in found)}です。"
    return Claim(text, tuple(row_evidence(v) for v in found))


def _conflict(disagreement: Sequence[tuple[Scored, Value]]) -> Draft:
    claims = []
    for scored, value in disagreement:
        candidate = scored.candidate
        where = f"「{clip(candidate.document.title, 24)}」{candidate.document.locator}{candidate.page.label}"
        claims.append(
            Claim(
                f"{where}では{value.text}です（「{clip(item_text(candidate), 100, value.where)}」）。",
                (candidate.evidence(),),
                # the page's label is where it stands, not what it says
                (*value.computed, *(q.value for q in find_quantities(candidate.page.label))),
            )
        )
    values = "と".join(v.text for _, v in disagreement)
    note = Conflict(
        f"文書により{values}があり、一致していません。", tuple(s.candidate.evidence() for s, _ in disagreement)
    )
    opening = Claim(
        f"記載が分かれており、{values}があります。",
        note.evidence,
        tuple(c for _, v in disagreement for c in v.computed),
    )
    return Draft((opening, *claims), conflicts=(note,))


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "．", "…", "！", "？")) else f"{text}。"


def nothing_found(question: Question, nearest: Sequence[Candidate], lacking: str = "お尋ねの内容") -> Draft:
    """An abstention: says in one sentence what is missing; its evidence are the nearest pages."""
    if question.english:
        text = "The documents do not say this."
    elif lacking == INSTRUCTED:
        text = f"{INSTRUCTED}。お尋ねの内容は、登録されている文書には記載がありません。"
    else:
        text = f"{lacking}は、登録されている文書には記載がありません。"
    return Draft((Claim(text, tuple(c.evidence() for c in nearest[:2])),), abstained=True)
