"""The value that a unit gives to a question: a date, an amount, a count, with the unit that it inherits from its table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.asked_value import MONEY, asked_counter, counts_things, events, fits, fits_counter
from assistant.candidates import Candidate, read_text
from assistant.line_years import values_by_year
from assistant.measures import in_asked_measure
from assistant.ordinals import under_asked
from assistant.question import Question
from assistant.scoring import holds
from assistant.term import Term
from assistant.wording import date_text, money_in, money_text, quantity_text
from corpus.dates import DateMention
from corpus.fold import fold, key
from corpus.numeral import grouped
from corpus.quantity import Quantity, canonical_unit, header_unit
from corpus.sentence import open_bracket
from corpus.tables import Cell
from corpus.tokenizer import tokenize

SCALES = {1: "", 10**3: "千", 10**4: "万", 10**6: "百万", 10**8: "億", 10**12: "兆"}
# Heads of columns that say when or in which order, and give no value.
NO_VALUE = frozenset({"年", "月", "日", "年度", "No", "No.", "番号", "順位", "ページ", "頁"})
_BEHIND = 12  # characters in which a unit stands behind its number
_BOUND_SHARE = 0.3
_FIGURE_SHARE = 0.4  # of a cell that its number must fill
# 増減率, 構成比: a share, whatever unit the caption declares for the amounts beside it.
_SHARE_HEAD = re.compile(r"(?:率|比|割合|シェア)(?:[(（].*[)）])?$")
_NO_NAME = re.compile(r"[\d０-９をがはにでと]|.{16}")
_TOPIC = re.compile(r"(?P<topic>[^、。は（）()「」]{2,30})(?:は|では)(?=[^、。]|、)")
_TOPIC_SHARE = 0.3
_DECIMALS = re.compile(r"小数第?\s*([1-4一二三四])\s*位")


@dataclass(frozen=True, slots=True)
class Value:
    """What is shown first. `number` and `unit` are set for quantities (base units), `date` for dates."""

    text: str
    number: Decimal | None = None
    unit: str = ""
    date: DateMention | None = None
    where: tuple[int, int] = (0, 0)
    computed: tuple[Decimal, ...] = ()


def _term_places(text: str, terms: Sequence[Term]) -> list[tuple[int, float]]:
    wanted = {form: t.weight for t in terms for form in (t.main, *t.others)}
    return [(t.start, wanted[t.term]) for t in tokenize(text) if t.term in wanted]


def _nearness(places: Sequence[tuple[int, float]], at: int) -> float:
    """Sum over the question's words in the text of weight / distance; words before the value count more."""
    return sum(w / (4 + (at - p if p <= at else 1.7 * (p - at))) for p, w in places)


def find_value(question: Question, candidate: Candidate) -> Value | None:
    """The best value of the asked kind in the unit; None when it has none."""
    if candidate.unit.cells:
        value = cell_value(question, candidate)
        if value:
            return value
    if question.kind == "date":
        return _date(question, candidate)
    if question.asks_figure:
        return _quantity(question, candidate)
    return None


def _date(question: Question, candidate: Candidate) -> Value | None:
    text = candidate.unit.text
    own = events(question, candidate)
    asked = set(question.years)
    fresh = [d for d in own if d.year not in asked] or list(own)
    if not fresh and candidate.unit.headings and candidate.unit.kind != "heading":
        inherited = read_text(candidate.unit.headings[-1]).dates
        fresh, text = list(inherited[:1]), ""
    if not fresh:
        return None
    places = _term_places(text, question.terms)
    fresh = [d for d in fresh if under_asked(question.text, text, d.start)] or fresh
    best = max(fresh, key=lambda d: (round(_after(places, d.end) + _of_topic(question, text, d.start), 6), -d.start))
    return Value(date_text(best), date=best, where=(best.start, best.end))


def _after(places: Sequence[tuple[int, float]], end: int) -> float:
    """A date stands before what it dates: words after it count more."""
    return sum(w / (4 + (p - end if p >= end else 1.7 * (end - p))) for p, w in places)


def _quantity(question: Question, candidate: Candidate) -> Value | None:
    counter = asked_counter(question)
    text = candidate.unit.text
    fitting = [q for q in candidate.own.quantities if fits(question, q, counter) and not _is_per(text, q)]
    if not fitting:
        return None
    dated = values_by_year(candidate, fitting) if question.years else {}
    timed = [dated[year][0] for year in question.years if year in dated]
    places = _term_places(text, question.terms)

    def points(q: Quantity) -> float:
        near = _nearness(places, q.start) + labelled(question, text, q.start) + 2.0 * (q.unit in question.focus)
        near += 1.0 * (counter is not None and fits_counter(counter, q.unit))
        near += _of_bracket(question, text, q.start) + _of_topic(question, text, q.start)
        return near * (_BOUND_SHARE if _is_bound(text, q) else 1.0)

    best = max(timed or fitting, key=lambda q: (round(points(q), 6), -q.start))
    where = (best.start, best.end)
    return shown_value(question, best.value, best.unit, text[best.start : best.end], where, text[best.end :][:_BEHIND])


def _of_topic(question: Question, text: str, at: int) -> float:
    """A share of the weight of the question's words in the topic that a value stands under: 計画は2001年に、活動は1998年に始まった."""
    topics = [m for m in _TOPIC.finditer(text) if m.end() <= at]
    if len(topics) < 1 or len(_TOPIC.findall(text)) < 2:
        return 0.0
    reading = read_text(topics[-1]["topic"])
    return _TOPIC_SHARE * sum(t.weight for t in question.terms if not t.main.startswith("@") and holds(t, reading))


def _of_bracket(question: Question, text: str, at: int) -> float:
    """Weight of the question's words right before the bracket that a value stands in: 若草国（62企業、…）、緑国（5企業）."""
    opening = open_bracket(text, at)
    if opening < 0:
        return 0.0
    owner = re.split(r"[\s、。：:)）]", text[:opening])[-1]
    if _NO_NAME.search(owner):  # 会員数440で始動（うち企業217社）: the bracket is of a clause
        return 0.0
    reading = read_text(owner)
    return sum(t.weight for t in question.terms if not t.main.startswith("@") and holds(t, reading))


def _is_per(text: str, quantity: Quantity) -> bool:
    """1社平均, 1人当たり: of how many the figure beside it is, and no figure."""
    return quantity.value == 1 and bool(re.match(r"\s*(?:平均|あたり|当た?り|につき)", text[quantity.end :]))


def _is_bound(text: str, quantity: Quantity) -> bool:
    """資本金1億円以下 names a limit, not a figure."""
    return bool(re.match(r"\s*(?:以下|以上|未満|超|を超え|を上回|まで)", text[quantity.end :]))


def labelled(question: Question, text: str, at: int) -> float:
    """How much of the asked noun phrase stands right before a value: うち企業会員190 answers 企業会員, not 会員."""
    label = {t.term for t in tokenize(text[max(0, at - 14) : at])}
    return sum(2.0 for term in question.focus if term in label)


def shown_value(
    question: Question, number: Decimal, unit: str, surface: str, where: tuple[int, int], behind: str = ""
) -> Value:
    """The value as the document writes it, with the asked unit or the full yen amount beside it where that differs.

    `behind` is what stands behind the surface: a unit that quantities do not have.
    """
    text = re.sub(r"\s+", "", surface)
    computed: tuple[Decimal, ...] = ()
    if measured := in_asked_measure(question.text, number, unit, text, behind):
        return Value(measured[0], number, unit, where=where, computed=measured[1])
    if unit == "円":
        wanted = ""
        if question.unit:
            digits = _DECIMALS.search(fold(question.text).text)
            count = (
                int("0一二三四".index(digits[1]))
                if digits and digits[1] in "一二三四"
                else int(digits[1])
                if digits
                else None
            )
            wanted = money_in(number, question.unit, count)
            if count is not None:
                computed = (Decimal(re.sub(r"[^\d.]", "", wanted)),)
        full = money_text(number)
        others = [t for t in (wanted, full) if t and key(t) != key(text)]
        if wanted and key(wanted) != key(text):
            text = f"{wanted}（{'、'.join(dict.fromkeys([text, *(o for o in others if o != wanted)]))}）"
        elif others and re.search(r"千円|百万円", fold(text).text):
            text = f"{text}（{others[0]}）"
    return Value(text, number, unit, where=where, computed=computed)


def column_unit(candidate: Candidate, cell: Cell, siblings: Sequence[Candidate] = ()) -> tuple[str, int] | None:
    """(base unit, factor) of a bare cell: from its header, its row's head, the caption, or another row's cell of the same column."""
    own = header_unit(cell.header)
    if own:
        return own
    if _SHARE_HEAD.search(fold(cell.header).text):
        return "%", 1
    first = candidate.unit.cells[0].text
    for text in (first, candidate.unit.lead, *reversed(candidate.unit.headings)):
        found = header_unit(text) or (
            canonical_unit(first) if text == first else None
        )  # 百万円 may be all the name of a row
        if found:
            return None if found[0] in MONEY and len(cell.header) > 1 and counts_things(cell.header) else found
    for sibling in siblings:
        for other in sibling.unit.cells:
            if other.header == cell.header and sibling.unit.headings == candidate.unit.headings:
                quantities = read_text(other.text).quantities
                if quantities and quantities[0].unit:
                    surface = fold(other.text, drop_space=True).text.lstrip("0123456789,.約")
                    return canonical_unit(surface) or (quantities[0].unit, 1)
    return None


def cell_number(
    candidate: Candidate, cell: Cell, siblings: Sequence[Candidate] = ()
) -> tuple[Decimal, str, str] | None:
    """(value in base unit, base unit, surface with unit) of a cell that holds one number; None for other cells."""
    quantities = read_text(cell.text).quantities
    if not quantities:
        return None
    quantity = quantities[0]
    if quantity.end - quantity.start < _FIGURE_SHARE * len(cell.text.strip()):
        return None  # a sentence that holds a number, no figure
    if quantity.unit:
        return quantity.value, quantity.unit, re.sub(r"\s+", "", cell.text[quantity.start : quantity.end])
    inherited = column_unit(candidate, cell, siblings)
    if inherited is None:
        return quantity.value, "", cell.text.strip()
    base, factor = inherited
    if factor not in SCALES:  # 十億円, 百人: shown in full rather than without its scale
        return quantity.value * factor, base, quantity_text(quantity.value * factor, base)
    written = grouped(quantity.value)
    decimals = re.search(r"\.(\d+)", fold(cell.text).text)
    if decimals:  # 2.0 says more than 2
        written = f"{quantity.value:,.{len(decimals[1])}f}"
    return quantity.value * factor, base, f"{written}{SCALES[factor]}{base}"


def cell_score(question: Question, cell: Cell) -> float:
    """How much of the question the cell's head (or a head-like own text) names."""
    head = read_text(cell.header, bare_years=True)
    return sum(t.weight * holds(t, head) for t in question.terms)


def cell_value(question: Question, candidate: Candidate, siblings: Sequence[Candidate] = ()) -> Value | None:
    """The number of the row's cell whose head fits the question best; the key cell (the first) is passed over."""
    cells = candidate.unit.cells
    numbers = [(c, n) for c in cells[1:] if c.header not in NO_VALUE and (n := cell_number(candidate, c, siblings))]
    if question.kind == "date":
        return _date(question, candidate)
    if not numbers or question.kind not in ("amount", "number", "open"):
        return None
    if question.kind == "amount":
        numbers = [(c, n) for c, n in numbers if n[1] in MONEY or not (n[1] or counts_things(c.header))]
        if not numbers:
            return None
    counter = asked_counter(question)
    if counter:
        numbers = [(c, n) for c, n in numbers if not n[1] or fits_counter(counter, n[1])]
        if not numbers:
            return None
    cell, (number, unit, surface) = max(numbers, key=lambda x: (round(cell_score(question, x[0]), 6), -x[0].start))
    shown = shown_value(question, number, unit, surface, (0, 0))
    row_name = cells[0].text.strip() if cells[0] is not cell else ""
    text = f"{row_name}の{cell.header}は{shown.text}" if cell.header and row_name else shown.text
    return Value(text, number, unit, computed=shown.computed)


def value_key(value: Value) -> str:
    """Equal for equal values, whatever their form: for finding conflicts."""
    if value.date:
        return f"@{value.date.year}-{value.date.month or 0}-{value.date.day or 0}"
    return f"#{value.number}{value.unit}" if value.number is not None else key(value.text)


__all__ = ["Value", "asked_counter", "cell_number", "cell_value", "find_value", "quantity_text", "value_key"]
