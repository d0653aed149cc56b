"""The largest, the smallest, both, the earliest, or the first beyond a bound: in a table's column or row, a line, or of one label under headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Claim, Evidence
from assistant.asked_result import may_result
from assistant.candidates import Candidate, read_text
from assistant.labelled_values import labelled_values
from assistant.line_figures import line_figures
from assistant.question import Question
from assistant.row_across import row_across
from assistant.runs import item_text
from assistant.scoring import Scored, holds
from assistant.tables_reading import TOTALS, CellValue, column, row_evidence, table_rows
from assistant.wording import date_text
from corpus.dates import DateMention
from corpus.fold import fold, key
from corpus.tables import is_year

_LARGEST = re.compile(r"(?:最も|一番)[^、。]{0,8}?(?P<how>大き|多|高|長|広)|最(?P<ends>大|多|高)|largest|highest|most")
_SMALLEST = re.compile(
    r"(?:最も|一番)[^、。]{0,8}?(?P<how>小さ|少な|低|短|狭|安)|最(?P<ends>小|少|低|安)|smallest|lowest"
)
_EARLIEST = re.compile(r"(?:最も|一番)[^、。]{0,4}?(?:早|古|先)|最古|earliest|oldest")
_LATEST = re.compile(r"(?:最も|一番)[^、。]{0,4}?(?:遅|新し|最近)|最新|latest|newest")
_FIRST_OVER = re.compile(r"(?:初めて|最初に)[^。]*?(?:超え|上回|突破|達し|以上)")
_FIRST_UNDER = re.compile(r"(?:初めて|最初に)[^。]*?(?:下回|割り込|未満|以下)")
_SEVERAL = re.compile(r"挙げ|すべて|全て|[2-9二三四五]つ")
_ROWS, _DEEP = 12, 40
_STATED, _LINES, _FEWEST = 0.75, 6, 3
_OTHERS = 80  # characters of the other values that are shown beside the chosen one


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    number: Decimal
    surface: str
    shown: str
    evidence: Evidence


def extreme(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """What has the largest, smallest, earliest, or first value beyond a bound; None when that is not asked or not found."""
    text = fold(question.text).text
    if question.kind in ("person", "reason", "definition") or (question.kind == "list" and _SEVERAL.search(text)):
        return None
    over, under = _FIRST_OVER.search(text), _FIRST_UNDER.search(text)
    largest, smallest = _LARGEST.search(text), _SMALLEST.search(text)
    if over or under:
        return _beyond(question, ranked, candidates, over=bool(over))
    if largest and smallest and not question.english:
        return _stated(ranked) or _both_ends(question, ranked, candidates, largest, smallest)
    if largest or smallest:
        return _furthest(question, ranked, candidates, largest=bool(largest))
    if _EARLIEST.search(text) or _LATEST.search(text):
        return _first_dated(question, ranked, candidates, last=bool(_LATEST.search(text)))
    return None


def _beyond(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate], *, over: bool
) -> Claim | None:
    """The first row of the column whose value is beyond the bound of the question."""
    values = _best_column(question, ranked, candidates)
    bounds = read_text(question.text).quantities
    if len(values) < 2 or not bounds:
        return None
    bound = bounds[0].value
    chosen = next((v for v in values if (v.number > bound if over else v.number < bound)), None)
    if chosen is None:
        return None
    sentence = f"{_named(question, chosen)}で、{chosen.head or '値'}は{chosen.shown}です。"
    return Claim(sentence, (row_evidence(chosen),))


def _furthest(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate], *, largest: bool
) -> Claim | None:
    head, found = _values(question, ranked, candidates)
    if len(found) < 2:
        return None
    best = (max if largest else min)(v.number for v in found)
    chosen = [v for v in found if v.number == best]
    others = "、".join(f"{v.name} {v.surface}" for v in found if v not in chosen)
    of = f"{head}は" if head else ""
    sentence = f"{'と'.join(v.name for v in chosen)}で、{of}{chosen[0].shown}です"
    if len(others) > _OTHERS:
        return Claim(f"{sentence}。", tuple(v.evidence for v in chosen))
    evidence = tuple(dict.fromkeys(v.evidence for v in found))
    if any(is_year(v.name) for v in found):  # a year belongs to the figures after it, up to the next sentence
        return Claim(f"{sentence}。ほかは{others}です。" if others else f"{sentence}。", evidence)
    return Claim(f"{sentence}（{others}）。" if others else f"{sentence}。", evidence)


def _stated(ranked: Sequence[Scored]) -> Claim | None:
    """The best line, where it says itself which is at either end: 南区が5.0％で最も高く、北区が3.3％で最も低い."""
    best = ranked[0]
    text = fold(best.candidate.unit.text).text
    if best.candidate.unit.cells or best.coverage < _STATED or not (_LARGEST.search(text) and _SMALLEST.search(text)):
        return None
    sentence = item_text(best.candidate)
    return Claim(sentence if sentence.endswith("。") else f"{sentence}。", (best.candidate.evidence(best.score),))


def _both_ends(
    question: Question,
    ranked: Sequence[Scored],
    candidates: Sequence[Candidate],
    largest: re.Match[str],
    smallest: re.Match[str],
) -> Claim | None:
    """What is at either end, in the order of the question: 最も多いのは甲区の12件、最も少ないのは丙区の3件です."""
    _, found = _values(question, ranked, candidates)
    if len(found) < 2 or len({v.number for v in found}) < 2:
        return None
    said, evidence = [], []
    for match, end in sorted(((largest, max), (smallest, min)), key=lambda pair: pair[0].start()):
        number = end(v.number for v in found)
        chosen = [v for v in found if v.number == number]
        said.append(f"{_adjective(match)}のは{'と'.join(v.name for v in chosen)}の{chosen[0].shown}")
        evidence += [v.evidence for v in chosen]
    return Claim(f"{'、'.join(said)}です。", tuple(dict.fromkeys(evidence)))


def _adjective(match: re.Match[str]) -> str:
    """最も多い, of 最も補助金が多かった and of 最多."""
    stems = {"大": "大き", "小": "小さ", "少": "少な"}
    stem = match["how"] or stems.get(match["ends"], match["ends"])
    return f"最も{stem}い"


def _in_line(question: Question, scored: Scored) -> list[_Found]:
    """The figures of a line that gives three or more, each after its label."""
    found = [o for o in line_figures(scored.candidate) if key(o.name) not in TOTALS]
    fits = len(found) >= _FEWEST and may_result(question, found[0].unit)
    return [_Found(o.name, o.number, o.shown, o.shown, o.evidence) for o in found] if fits else []


def _values(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> tuple[str, list[_Found]]:
    """What the values are of, and the values: a named label's, a named row's, else a table's column without its totals."""
    label, labelled = labelled_values(question, ranked, candidates)
    if labelled and (labelled[0].evidence.document_id, labelled[0].evidence.page_number) == ranked[0].candidate.on_page:
        return label, [_Found(o.name, o.number, o.shown, o.shown, o.evidence) for o in labelled]
    listed = _in_line(question, ranked[0])
    if listed:
        return "", listed
    across = row_across(question, ranked, candidates, TOTALS)
    if across and not _headed(question, ranked[0], longer_than=key(across[0].name)):
        return across[0].name, [_Found(v.head, v.number, v.surface, v.shown, row_evidence(v)) for v in across]
    values = [v for v in _best_column(question, ranked, candidates) if key(v.name) not in TOTALS]
    if len({v.unit for v in values if v.unit}) > 1:  # the rows are attributes of what the heads name
        return "", []
    if values and not values[0].head and _recurring(values, candidates):
        return "", []
    found = [_Found(_named(question, v), v.number, v.surface, v.shown, row_evidence(v)) for v in values]
    if not found:
        beside = [s for s in ranked[1:_LINES] if s.candidate.on_page == ranked[0].candidate.on_page]
        lines = (_in_line(question, scored) for scored in beside)
        found = next((line for line in lines if line), [])
    return (values[0].head if values else ""), found


def _headed(question: Question, scored: Scored, *, longer_than: str) -> bool:
    """Does the best line stand under a heading that the question holds to the letter, and that says more than the row's name?"""
    headings = scored.candidate.unit.headings
    heading = key(headings[-1]) if headings and scored.candidate.unit.cells else ""
    return longer_than in heading and len(heading) > len(longer_than) and heading in key(question.text)


def _recurring(values: Sequence[CellValue], candidates: Sequence[Candidate]) -> bool:
    """Do the rows' names come under other headings of the page too? Then they name attributes (県内 and 県外 of each 県)."""
    names = {key(v.name) for v in values}
    row = values[0].row
    return any(
        c.unit.kind == "row"
        and c.on_page == row.on_page
        and c.unit.headings != row.unit.headings
        and key(c.unit.cells[0].text) in names
        for c in candidates
    )


def _first_dated(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate], *, last: bool
) -> Claim | None:
    """The row of the best table of dates that has the earliest (the latest) one; several where they share it."""
    for scored in ranked[:_ROWS]:
        row = scored.candidate
        if row.unit.kind != "row":
            continue
        dated = _dates(question, table_rows(row, candidates))
        if len(dated) < 2:
            continue
        end = (max if last else min)(_order(d) for _, d in dated)
        chosen = [(r, d) for r, d in dated if _order(d) == end]
        names = "と".join(r.unit.cells[0].text.strip() for r, _ in chosen)
        return Claim(f"{names}です（{date_text(chosen[0][1])}）。", tuple(r.evidence() for r, _ in chosen))
    return None


def _dates(question: Question, rows: Sequence[Candidate]) -> list[tuple[Candidate, DateMention]]:
    """Each row with the date of the column that holds dates in most rows and whose head the question names best."""
    best: tuple[float, list[tuple[Candidate, DateMention]]] = (-1.0, [])
    width = max((len(r.unit.cells) for r in rows), default=0)
    for n in range(1, width):
        dated = [
            (r, found[0])
            for r in rows
            if n < len(r.unit.cells) and (found := read_text(r.unit.cells[n].text, bare_years=True).dates)
        ]
        head = read_text(rows[0].unit.cells[n].header) if n < len(rows[0].unit.cells) else None
        points = sum(t.weight * holds(t, head) for t in question.terms) if head else 0.0
        if len(dated) >= 0.8 * len(rows) and points > best[0]:
            best = (points, dated)
    return best[1]


def _order(date: DateMention) -> tuple[int, int, int]:
    return date.year, date.month or 0, date.day or 0


def _named(question: Question, value: CellValue) -> str:
    name = value.name
    if is_year(name) and "年度" in question.text and name.endswith("年"):
        return name + "度"
    return name


def _best_column(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> list[CellValue]:
    """The column of the best rows; further down only one whose head the question holds to the letter."""
    asked = key(question.text)
    for n, scored in enumerate(ranked[:_DEEP]):
        if scored.candidate.unit.kind == "row":
            values = column(question, table_rows(scored.candidate, candidates))
            head = key(values[0].head).removeprefix("うち") if values else ""
            if len(values) >= 2 and (n < _ROWS or (len(head) >= 2 and head in asked)):
                return values
    return []
