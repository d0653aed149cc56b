"""Numbers, amounts and percentages of a claim stand in its evidence, in whatever form, or code computed them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.answer import Evidence
from assistant.candidates import read_text
from assistant.held import Held
from corpus.fold import key
from corpus.numeral import parse_numeral
from corpus.quantity import Quantity, header_unit

_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十百千万億]{2,}")


def number_check(held: Held) -> Iterable[str]:
    """The quantities that the evidence lacks, as the claim writes them."""
    claim = held.claim
    factors = _unit_factors(claim.evidence)
    for quantity in read_text(claim.text).quantities:
        surface = claim.text[quantity.start : quantity.end]
        if not _quantity_held(quantity, held.reading.quantities, factors, claim.computed, surface, held.reading.key):
            yield surface


def _unit_factors(evidence: Sequence[Evidence]) -> tuple[tuple[str, int], ...]:
    """Units that headers and captions declare: bare numbers of the quote may carry them."""
    found = [header_unit(part) for e in evidence for part in (e.context, e.quote)]
    found += [header_unit(part) for e in evidence for part in e.context.split(" / ")]
    return tuple(dict.fromkeys(f for f in found if f))


def _quantity_held(
    quantity: Quantity,
    held: Sequence[Quantity],
    factors: Sequence[tuple[str, int]],
    computed: Sequence[Decimal],
    surface: str,
    held_key: str,
) -> bool:
    written = re.sub(r"[^\d.]", "", key(surface))
    if any(quantity.value == c or written == f"{c:f}" for c in computed):
        return True
    for other in held:
        same_unit = (
            quantity.unit == other.unit
            or not quantity.unit
            or (not other.unit and _unit_named(quantity.unit, held_key))
        )
        if quantity.value == other.value and same_unit:
            return True
        if not other.unit and any(quantity.unit == u and quantity.value == other.value * f for u, f in factors):
            return True
    if any(parse_numeral(m[0]) == quantity.value for m in _KANJI_NUMBER.finditer(held_key)):
        return True
    bare = re.escape(key(surface).replace(",", ""))
    return not quantity.unit and bool(re.search(rf"(?<![\d.]){bare}(?![\d]|\.\d)", held_key.replace(",", "")))


def _unit_named(unit: str, held_key: str) -> bool:
    """A bare number of the evidence (会員数328) carries a unit only where the evidence names it: 人 for 会員, never 社."""
    return unit in held_key or (unit == "人" and bool(re.search(r"[員者名]", held_key)))
