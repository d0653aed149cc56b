"""Does an answer say it? Dates, amounts and counts are compared as values, everything else as normalised strings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.dates import DateMention, find_dates
from corpus.fold import fold
from corpus.numeral import parse_numeral
from corpus.quantity import Quantity, find_quantities
from corpus.tables import is_year

_MONTH = re.compile(r"(\d{1,2})月")
_BARE = re.compile(r"[\d,]+(?:\.\d+)?|[〇一二三四五六七八九十百千万億兆]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SCALES = "十百千万億兆"


@dataclass(frozen=True, slots=True)
class Values:
    """Dates and quantities of a text, and its comparison key."""

    key: str
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]


def string_key(text: str) -> str:
    """The form in which strings are compared: folded, without white space and thousands commas."""
    return fold(text, drop_space=True).text.replace(",", "")


@lru_cache(maxsize=16384)
def values_of(text: str) -> Values:
    """A figure within a date is no quantity as well."""
    dates = find_dates(text)
    quantities = tuple(
        q
        for q in find_quantities(text)
        if not any(d.start <= q.start < d.end for d in dates) and not is_year(text[q.start : q.end])
    )
    return Values(string_key(text), dates, quantities)


@dataclass(frozen=True, slots=True)
class Reference:
    """Texts known to hold the right values (reference answer, quotes): they say which figure a shortened alternative means."""

    values: tuple[Decimal, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Reference:
        return cls(tuple(q.value for text in texts for q in values_of(text).quantities))

    def means(self, value: Decimal, tolerance: Decimal = Decimal(0)) -> bool:
        return any(abs(value - own) <= tolerance for own in self.values)


def says_all(text: str, must: Sequence[Sequence[str]], reference: Reference) -> bool:
    """Is one alternative of every group said?"""
    said = values_of(text)
    return all(_says_one(said, group, reference) for group in must)


def says(text: str, wanted: str, reference: Reference) -> bool:
    """Is `wanted` said, as a value or as a string whose figures stand for themselves (16 is not said in 2016年)?"""
    return _says_one(values_of(text), (wanted,), reference)


def _says_one(said: Values, group: Sequence[str], reference: Reference) -> bool:
    years = any(values_of(one).dates for one in group)
    return any(_value_said(said, one, years) or _string_said(said, string_key(one), reference) for one in group)


def _value_said(said: Values, wanted: str, years: bool) -> bool:
    """`years`: the group asks for a point in time, so that four bare digits are a year."""
    compact = string_key(wanted)
    own = values_of(wanted)
    if len(own.dates) == 1 and own.dates[0].start == 0 and own.dates[0].end == len(wanted.rstrip()):
        return any(map(own.dates[0].given_by, said.dates))
    if month := _MONTH.fullmatch(compact):
        return any(d.month == int(month[1]) for d in said.dates)
    if _BARE.fullmatch(compact):
        value = parse_numeral(compact)
        if years and value is not None and len(compact) == 4:
            return any(d.year == value for d in said.dates)
        return value is not None and any(q.value == value for q in said.quantities)
    if len(own.quantities) == 1 and _covers(own.quantities[0], wanted):
        quantity = own.quantities[0]
        return any(
            q.value == quantity.value and (q.unit == quantity.unit or not quantity.unit) for q in said.quantities
        )
    return False


def _covers(quantity: Quantity, text: str) -> bool:
    return not text[: quantity.start].strip(" 　約") and not text[quantity.end :].strip()


def _string_said(said: Values, wanted: str, reference: Reference) -> bool:
    """Does the string stand in the text with its figures whole?

    The format allows alternatives that shorten a figure (2億89 for 2億8945万円, 2.89 for 2.89億円): such a one counts when the
    figure that goes on in the text is a value of the reference, exactly or to the digits that are given.
    """
    at = said.key.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not _cuts_left(said.key, at) and _ends_well(said.key, at, end, reference):
            return True
        at = said.key.find(wanted, at + 1)
    return False


def _cuts_left(text: str, at: int) -> bool:
    return text[at].isdecimal() and bool(re.search(r"\d\.?$", text[max(0, at - 2) : at]))


def _ends_well(text: str, start: int, end: int, reference: Reference) -> bool:
    last, after = text[end - 1], text[end : end + 2]
    if not (last.isdecimal() or last in _SCALES) or not re.match(rf"\d|\.\d|[{_SCALES}]", after):
        return True
    number = re.search(rf"[\d.{_SCALES}]+$", text[start:end])
    if number is None or (last in _SCALES and not re.search(r"\d", number[0])):
        return True
    begin = start + number.start()
    whole = re.match(rf"[\d.{_SCALES}]+", text[begin:])
    assert whole is not None
    value = parse_numeral(whole[0].rstrip("."))
    if value is None:
        return True
    cut = bool(re.match(r"\d|\.\d", after))
    digits = re.sub(r"\D", "", number[0]).lstrip("0")
    tolerance = Decimal(0) if cut else value * Decimal(10) ** (1 - max(1, len(digits)))
    return reference.means(value, tolerance) or reference.means(_scaled(text, end, value), tolerance)


def _scaled(text: str, end: int, value: Decimal) -> Decimal:
    """The value with the unit that follows (289452千円 → 289452000)."""
    unit = re.match(rf"[\d.]*(?P<scale>[{_SCALES}]+)円", text[end:])
    scale = parse_numeral(unit["scale"]) if unit else None
    return value * scale if scale else value
