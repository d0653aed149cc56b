"""No number, date or proper name may be shown that the cited evidence does not hold, or that code did not compute from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Claim, Evidence
from assistant.candidates import read_text
from assistant.question import is_english
from corpus.fold import key
from corpus.numeral import parse_numeral
from corpus.places import from_latin
from corpus.quantity import Quantity, header_unit
from corpus.tokenizer import tokenize

_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ][A-Za-z0-9&.\-Ａ-Ｚａ-ｚ０-９－]+")
_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十百千万億]{2,}")
_KATAKANA = re.compile(r"[ァ-ヴー]{3,}")
# Capitals at the head of English sentences, and what English adds around a value.
_OPENERS = frozenset(
    "The A An It In On At By Of For From To As This These Those There According And But Yes No Its Their FY Source".split()
)
# Japanese that the composing adds around values; it claims nothing by itself.
_GENERAL = frozenset("パーセント ポイント ページ スライド ユーロ ドル 平成 昭和 令和 大正 明治".split())


def unsupported(claim: Claim) -> tuple[str, ...]:
    """The numbers, dates and names of a claim that its evidence lacks, as they stand in the claim; empty when all are held."""
    if not claim.evidence:
        return (claim.text,) if _values(claim.text) or proper_names(claim.text) else ()
    held = "\n".join(f"{e.context}\n{e.quote}\n{e.text}" for e in claim.evidence)
    reading = read_text(held, bare_years=True)
    missing = [
        claim.text[d.start : d.end] for d in read_text(claim.text).dates if not any(map(d.given_by, reading.dates))
    ]
    factors = _unit_factors(claim.evidence)
    for quantity in read_text(claim.text).quantities:
        surface = claim.text[quantity.start : quantity.end]
        if not _quantity_held(quantity, reading.quantities, factors, claim.computed, surface, reading.key):
            missing.append(surface)
    missing += [name for name in proper_names(claim.text) if not _name_held(name, reading.key)]
    return tuple(dict.fromkeys(missing))


def _name_held(name: str, held_key: str) -> bool:
    """The name to the letter, or the Japanese name of a place that is written in Latin letters."""
    place = from_latin(name.lower())
    return key(name) in held_key or (place is not None and place in held_key)


def _values(text: str) -> bool:
    reading = read_text(text)
    return bool(reading.dates or reading.quantities)


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
    if any(quantity.value == c for c in computed):
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


def proper_names(text: str) -> tuple[str, ...]:
    """Names of people, places and organisations, Latin words and long katakana words of a text, in order."""
    english = is_english(re.sub(r"「[^」]*」", "", text))
    names = [t.surface for t in tokenize(text, "C") if t.detail == "固有名詞" and t.surface not in _GENERAL]
    latin = [m[0].rstrip(".-") for m in _LATIN.finditer(text)]
    names += [w for w in latin if any(c.isupper() for c in w) and not (english and w in _OPENERS)]
    names += [m[0] for m in _KATAKANA.finditer(text) if m[0] not in _GENERAL]
    return tuple(dict.fromkeys(n for n in names if len(n) >= 2))
