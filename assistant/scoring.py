"""How well a unit answers a question: the share of the question's meaning that it holds or inherits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.asked_count import counts_in
from assistant.asked_value import asked_counter, counts_things, events, fits, fits_counter
from assistant.candidates import Candidate, Reading, read_text
from assistant.definitions import defined, explained
from assistant.enumeration import lengths
from assistant.ordinals import ordinal_held
from assistant.persons import names_person, of_deputies
from assistant.question import Question
from assistant.reasons import gives_reason, row_of_reason
from assistant.term import Term
from assistant.turns import asks
from corpus.dates import find_dates
from corpus.fold import key
from corpus.quantity import header_unit
from corpus.tables import is_year, row_names

# Where a word of the question is found, and how far that counts.
OWN, LEAD, HEADING, AROUND, TITLE, PAGE = 1.0, 0.95, 0.8, 0.55, 0.4, 0.3
_SYNONYM = 0.75
_GRAM, _LONG_RUN = 5, 16
_FARTHEST = -0.5  # of a reason: the line that gives it tells of something else than what is asked
_MONTH_ASKED = re.compile(r"何月|年月|月日|何日")
_DAY_ASKED = re.compile(r"月日|何日")
_COMPANY_ASKED = re.compile(
    r"(?:どの|何という|どこの)(?:会社|企業|メーカー)|(?:会社|企業|メーカー)(?:名|の名前|は(?:どこ|何))|which company|company name"
)
_COMPANY = re.compile(r"[(（]株[)）]|㈱|株式会社|有限会社|工業|製作所|電機|商事|化学|[A-Z]社")
_LATIN = re.compile(r"[\x00-\x7f]*")
_CAPTION = re.compile(r"[【(（]?(?:図表|表|図)\s*[0-9０-９:：]")
# 設備更新支援(12件、約30億円)
_BRACKETED = re.compile(r"[・•\-–—●○■◆□※⚫◼\s]*(?P<name>[^()（）。、：:]{4,30}?)\s*[(（][^()（）]*\d[^()（）]*[)）]$")
_NOTE = re.compile(r"\s*[(（][^()（）]*[)）]$")
_DEFINES = re.compile(r"とは|すなわち|定義|のこと|をいう|という。|意味|(?:のが|とは)[^。]{2,30}(?:である|です)。")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts beside coverage (which lies in 0..1)."""

    value: float = 0.12
    no_value: float = 0.2
    focus: float = 0.12
    other_year: float = 0.35
    prior: float = 0.10
    name: float = 0.15
    heading: float = 0.06
    source: float = 0.15
    short: float = 0.08
    named: float = 0.10
    list_count: float = 0.20
    own_year: float = 0.12
    month: float = 0.20
    defines: float = 0.12
    typed: float = 0.15
    verbatim: float = 0.2
    caption: float = 0.35
    exact_unit: float = 0.06
    similarity: float = 0.07
    english_similarity: float = 0.15
    phrase: float = 0.1
    defined: float = 0.35
    reason: float = 0.16
    asks: float = 0.15
    ordinal: float = 0.2


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score; `matches[i]` is how far term i of the question was found (0..1), `own[i]` in the unit itself."""

    candidate: Candidate
    score: float
    coverage: float
    matches: tuple[float, ...]
    own: tuple[float, ...]


def holds(term: Term, reading: Reading) -> float:
    if term.main in reading.terms:
        return 1.0
    if len(term.main) >= 2 and not term.main.startswith("@") and term.main in reading.key:
        return 0.9
    if not term.others.isdisjoint(reading.terms) or (term.compounds and any(c in reading.key for c in term.compounds)):
        return _SYNONYM
    return 0.0


def match(term: Term, candidate: Candidate) -> float:
    """The best of the places where the term is found, weighted by the place."""
    best = 0.0
    for weight, reading in (
        (OWN, candidate.own),
        (LEAD, candidate.lead),
        (HEADING, candidate.headings),
        (AROUND, candidate.around),
        (TITLE, candidate.title),
        (PAGE, candidate.page_reading),
    ):
        if weight <= best:
            break
        best = max(best, weight * holds(term, reading))
    return best


def share_matched(terms: Sequence[Term], candidate: Candidate) -> float:
    """Share (0..1) of the weight of `terms` that the unit holds or inherits, wherever; 1 of no terms."""
    total = sum(t.weight for t in terms)
    return sum(t.weight * match(t, candidate) for t in terms) / total if total else 1.0


def share_named(terms: Sequence[Term], candidate: Candidate) -> float:
    """The same for what stands in the unit itself, its label or its headings, whatever stands around; 0 of no terms."""
    places = (candidate.own, candidate.lead, candidate.headings)
    total = sum(t.weight for t in terms)
    return sum(t.weight * max(holds(t, place) for place in places) for t in terms) / total if total else 0.0


def has_value(question: Question, candidate: Candidate) -> bool:
    """Does the unit hold a value of the kind that is asked for?"""
    own = candidate.own
    if question.kind == "date":
        inherited = candidate.headings.dates if candidate.unit.kind != "heading" else ()
        return bool(events(question, candidate) or inherited)
    if question.asks_figure:
        if not own.quantities:
            return False
        counter = asked_counter(question)
        bare = _has_cell(question, candidate) or _declares(candidate, counter)
        in_row = bool(candidate.unit.cells)  # a bare figure there has the unit of its column
        return bare or any(fits(question, q, counter) for q in own.quantities if q.unit or not in_row)
    return True


def _declares(candidate: Candidate, unit: str | None) -> bool:
    """The line says of itself that its figures have that unit: (単位：人)."""
    declared = header_unit(candidate.unit.text)
    return declared is not None and declared[0] == unit


def _has_cell(question: Question, candidate: Candidate) -> bool:
    """A row whose figures may be what is asked: money is in no column that counts things (会員数, 件数)."""
    cells = candidate.unit.cells
    if question.kind == "amount":
        return any(not counts_things(c.header) and read_text(c.text).quantities for c in cells[1:])
    counter = asked_counter(question)
    heads = [header_unit(c.header) for c in cells[1:]]
    return bool(cells) and not (counter and heads and all(h and not fits_counter(counter, h[0]) for h in heads))


def year_conflict(question: Question, candidate: Candidate) -> bool:
    """The unit speaks of another year and not of the one that is asked for."""
    if not question.years:
        return False
    own = {d.year for d in (*candidate.own.dates, *candidate.headings.dates)}
    return bool(own) and own.isdisjoint(question.years)


@lru_cache(maxsize=256)
def _grams(text: str) -> tuple[str, ...]:
    """Runs of five characters; none within a date, which counts as a word already."""
    out: list[str] = []
    for piece in _without_dates(text):
        folded = key(piece)
        out += [folded[i : i + _GRAM] for i in range(len(folded) - _GRAM + 1)]
        out.append("\0")  # no run goes over it
    return tuple(out)


def _without_dates(text: str) -> list[str]:
    at, out = 0, []
    for date in find_dates(text, bare_years=True):
        out.append(text[at : date.start])
        at = date.end
    return [*out, text[at:]]


def verbatim_run(question: str, unit_key: str) -> int:
    """Length of the longest run of the question's characters that the unit holds to the letter, 0 below five."""
    longest = run = 0
    for gram in _grams(question):
        run = run + 1 if gram in unit_key else 0
        longest = max(longest, run)
    return longest + _GRAM - 1 if longest else 0


def own_names(candidate: Candidate) -> tuple[str, ...]:
    """Keys of what the unit is called: its row's first cell (or its label) and the heading it stands under."""
    unit = candidate.unit
    names = (*row_names(unit.cells), *unit.headings[-1:])
    bare = (_NOTE.sub("", n) for n in row_names(unit.cells) if not header_unit(n))  # 需要量 of 需要量（年間）
    return tuple(dict.fromkeys(k for k in map(key, (*names, *bare)) if k))


def is_named(question: Question, candidate: Candidate) -> bool:
    """The question names the unit to the letter."""
    asked = key(question.text)
    return any(len(k) >= 3 and k in asked and not is_year(k) for k in own_names(candidate))


def is_asked(question: Question, candidate: Candidate) -> bool:
    """The unit bears the very noun phrase that is asked for as its name (first cell, or before its brackets), and a figure beside it."""
    asked = key("".join(question.focus))
    if not question.asks_figure or len(asked) < 4 or not candidate.own.quantities:
        return False
    unit = candidate.unit
    bracketed = _BRACKETED.match(unit.text)
    return asked == key(unit.cells[0].text if unit.cells else bracketed["name"] if bracketed else "")


def score(question: Question, candidate: Candidate, weights: Weights) -> Scored:
    total = sum(t.weight for t in question.terms) or 1.0
    matches = tuple(match(t, candidate) for t in question.terms)
    own = tuple(holds(t, candidate.own) for t in question.terms)
    coverage = sum(t.weight * m for t, m in zip(question.terms, matches, strict=True)) / total
    points = coverage + weights.prior * candidate.prior
    unit = candidate.unit
    if question.asks_value:
        points += weights.value if has_value(question, candidate) else -weights.no_value
    if question.kind == "person":
        points += weights.value if names_person(unit.text, question.text) else -weights.no_value
        points -= weights.typed * of_deputies(unit.text, question.text)
    if year_conflict(question, candidate):
        points -= weights.other_year
    elif question.years and any(d.year in question.years for d in candidate.own.dates):
        points += weights.own_year
    points += weights.verbatim * min(verbatim_run(question.text, candidate.own.key), _LONG_RUN) / _LONG_RUN
    counter = asked_counter(question) if question.kind == "number" else None
    points += weights.exact_unit if counter and _carries(candidate, counter) else 0.0
    points += _form(question, candidate, weights) + weights.phrase * _phrased(question, candidate)
    points += _nearness(question, candidate, weights)
    if question.kind != "reason":  # what a reason is asked of need not stand in the line that gives it
        points += weights.focus * _focused(question, candidate)
    if is_asked(question, candidate):
        points += 2 * weights.named
    elif is_named(question, candidate):
        points += weights.named
    if any(name in candidate.own.key for name in question.names):
        points += weights.name
    points += weights.ordinal * ordinal_held(question.text, unit.text)
    if unit.kind == "heading" and question.kind in ("list", "reason", "definition"):
        points -= weights.heading
    if unit.text.startswith(
        ("出所", "出典", "（資料", "(資料", "資料：", "資料:", "(出所", "(出典", "（出所", "（出典")
    ):
        points -= weights.source
    if len(unit.text) < 8 and unit.kind != "row":
        points -= weights.short
    if asks(unit.text):
        points -= weights.asks
    return Scored(candidate, points, coverage, matches, own)


def _nearness(question: Question, candidate: Candidate, weights: Weights) -> float:
    """Points for likeness in meaning: more in English, whose words reach less far; there a line in English gains none by that alone."""
    similarity = candidate.similarity or 0.0
    if question.kind == "reason":
        similarity = max(similarity, _FARTHEST)
    if not question.english:
        return weights.similarity * similarity
    return weights.english_similarity * (min(0.0, similarity) if _LATIN.fullmatch(candidate.own.key) else similarity)


def _carries(candidate: Candidate, counter: str) -> bool:
    """A figure of the unit, or the head of one of its columns, has the asked unit."""
    heads = [header_unit(c.header) for c in candidate.unit.cells if c.header]
    return any(q.unit == counter for q in candidate.own.quantities) or any(h and h[0] == counter for h in heads)


def defines(text: str) -> bool:
    """The sentence says what something is or means."""
    return bool(_DEFINES.search(text))


def _focused(question: Question, candidate: Candidate) -> float:
    """Share of the asked noun phrase that stands in the unit itself or in its column heads."""
    terms = [t for t in question.terms if t.main in question.focus]
    if not terms:
        return 0.0
    return sum(max(holds(t, candidate.own), holds(t, candidate.lead)) for t in terms) / len(terms)


def _phrased(question: Question, candidate: Candidate) -> float:
    """Share of the question's compounds that stand in the unit or in what it inherits, to the letter."""
    total = sum(p.weight for p in question.phrases)
    return sum(p.weight * match(p, candidate) for p in question.phrases) / total if total else 0.0


def _form(question: Question, candidate: Candidate, weights: Weights) -> float:
    """Points for a unit that has the form of the answer: a month where one is asked, as many items, a defining sentence."""
    text = candidate.unit.text
    points = 0.0
    if question.kind == "date" and _MONTH_ASKED.search(question.text):
        points += weights.month if any(d.month for d in events(question, candidate)) else 0.0
    if question.kind == "date" and _DAY_ASKED.search(question.text):
        points += weights.month if any(d.day for d in events(question, candidate)) else 0.0
    if question.kind in ("name", "date", "open") and _COMPANY_ASKED.search(question.text):
        points += weights.typed if _COMPANY.search(candidate.unit.text) else 0.0
    if question.wants_list and question.kind != "reason" and question.count:
        if question.kind == "list" and text.count("「") == question.count:
            points += 2 * weights.list_count
        elif question.count in lengths(text):
            points += weights.list_count * (2 if question.count in counts_in(text) else 1)
    if question.kind == "reason":
        points += weights.reason * _reasoned(candidate) + weights.defined * explained(question.text, candidate)
    if question.kind == "definition":
        points += weights.defines * defines(text) + weights.defined * defined(question.text, candidate)
    return points


def _reasoned(candidate: Candidate) -> float:
    """How surely (−1..1) the unit gives a reason; a row of figures and a heading give none."""
    cells = candidate.unit.cells
    if candidate.unit.kind == "heading":
        return gives_reason(candidate.unit.text) or -1.0
    if cells:
        return 1.0 if row_of_reason(cells) else gives_reason(candidate.unit.text) or -1.0
    return gives_reason(candidate.unit.text)


def rank(question: Question, candidates: Sequence[Candidate], weights: Weights | None = None) -> list[Scored]:
    """All candidates, best first; ties in the order of retrieval."""
    weights = weights or Weights()
    scored = [score(question, c, weights) for c in candidates]
    order = sorted(range(len(scored)), key=lambda i: (-round(scored[i].score, 6), i))
    return [scored[i] for i in order]
