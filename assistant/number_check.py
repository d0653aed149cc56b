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
from corpus.quantity import Quantity, canonical_unit, header_unit

_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十百千万億]{2,}")
_LABEL_CHARS = 24
_LABEL_END = re.compile(r"[。、，,；;|｜\n\d０-９]")
# What a label says where its bare number may carry a unit: 会員数328 is 328人, 企業会員190 is 190社.
_COUNTED = {
    "人": r"[人員者名]",
    "社": r"社|企業|会社|事業者|メーカー",
    "校": r"校|大学|学校",
    "機関": r"機関|大学",
    "団体": r"団体|組合|法人",
}


def number_check(held: Held) -> Iterable[str]:
    """The quantities that the evidence lacks, as the claim writes them."""
    claim = held.claim
    factors = _unit_factors(claim.evidence)
    for quantity in read_text(claim.text).quantities:
        surface = claim.text[quantity.start : quantity.end]
        if not (_computed(quantity, claim.computed, surface) or _held(quantity, factors, surface, held)):
            yield surface


def _unit_factors(evidence: Sequence[Evidence]) -> tuple[tuple[str, int], ...]:
    """Units that headers and captions declare: bare numbers of the quote may carry them."""
    found = [header_unit(part) for e in evidence for part in (e.context, e.quote)]
    found += [header_unit(part) for e in evidence for part in e.context.split(" / ")]
    found += [canonical_unit(e.quote.split()[0]) for e in evidence if e.quote.strip()]  # 百万円 as the name of a row
    return tuple(dict.fromkeys(f for f in found if f))


def _computed(quantity: Quantity, computed: Sequence[Decimal], surface: str) -> bool:
    written = re.sub(r"[^\d.]", "", key(surface))
    return any(quantity.value == c or written == f"{c:f}" for c in computed)


def _held(quantity: Quantity, factors: Sequence[tuple[str, int]], surface: str, held: Held) -> bool:
    for other in held.reading.quantities:
        same_unit = quantity.unit in (other.unit, "") or (not other.unit and _carries(other, quantity.unit, held))
        if quantity.value == other.value and same_unit:
            return True
        if not other.unit and any(quantity.unit == u and quantity.value == other.value * f for u, f in factors):
            return True
    held_key = held.reading.key.replace(",", "")
    if any(parse_numeral(m[0]) == quantity.value for m in _KANJI_NUMBER.finditer(held_key)):
        return True
    bare = re.escape(key(surface).replace(",", ""))
    return not quantity.unit and bool(re.search(rf"(?<![\d.]){bare}(?![\d]|\.\d)", held_key))


def _carries(bare: Quantity, unit: str, held: Held) -> bool:
    """May a number that the evidence writes without a unit have this one? Its label, or a head, has to name what is counted."""
    named = re.compile(_COUNTED.get(unit, re.escape(unit)))
    label = _LABEL_END.split(held.text[max(0, bare.start - _LABEL_CHARS) : bare.start])[-1]
    heads = (part for e in held.units for part in e.context.split(" / ")[1:])
    return bool(named.search(label)) or any(re.search(rf"(?:{named.pattern})\s*数", head) for head in heads)
