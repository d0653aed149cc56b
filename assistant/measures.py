"""A figure in the measure that is asked for: 1.8ha as 18,000平方メートル, 1,412千人 as 141.2万人, 4メガワット時 as 4,000キロワット時."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.fold import fold
from corpus.numeral import grouped
from corpus.quantity import canonical_unit

# Each written unit with its dimension and its factor there.
_UNITS: dict[str, tuple[str, Decimal]] = {
    name: (dimension, Decimal(factor))
    for dimension, units in {
        "area": "平方メートル 1 平米 1 m2 1 ヘクタール 10000 ha 10000 平方キロメートル 1000000 平方キロ 1000000 km2 1000000",
        "length": "ミリメートル 0.001 ミリ 0.001 mm 0.001 センチメートル 0.01 センチ 0.01 cm 0.01 メートル 1 m 1 キロメートル 1000 km 1000",
        "weight": "グラム 1 g 1 キログラム 1000 kg 1000 トン 1000000 t 1000000",
        "volume": "ミリリットル 0.001 ml 0.001 リットル 1 l 1 キロリットル 1000 kl 1000 立方メートル 1000 m3 1000",
        "power": "キロワット 1 kw 1 メガワット 1000 mw 1000 ギガワット 1000000 gw 1000000",
        "energy": "キロワット時 1 kwh 1 メガワット時 1000 mwh 1000 ギガワット時 1000000 gwh 1000000",
        "people": "人 1 名 1 人泊 1",
        "number": "台 1 件 1 社 1 戸 1 世帯 1 本 1 冊 1",
    }.items()
    for name, factor in zip(units.split()[::2], units.split()[1::2], strict=True)
}
UNIT_NAMES = frozenset(_UNITS)
_SCALES = {"": 1, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "億": 10**8}
_NAMES = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_SCALE = "|".join(sorted(filter(None, _SCALES), key=len, reverse=True))
ASKED = re.compile(
    rf"(?:何|いくら)\s*(?P<scale>{_SCALE})?(?P<unit>{_NAMES})(?![一-龠])|"
    rf"(?P<scale2>{_SCALE})?(?P<unit2>{_NAMES})(?:単位)?(?:に(?:直|換算|する)|で(?:は?(?:いう|言う|いえ|表|教|答|示|いくら|何|どれ|どの)|[?？。、]|$)|だと)"
)
_WRITTEN = re.compile(rf"(?P<scale>{_SCALE})?\s*(?P<unit>{_NAMES})")

_PHYSICAL = frozenset({"area", "length", "weight", "volume", "power", "energy"})


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as it is written, with its scale: 万人, 平方メートル."""

    written: str
    dimension: str
    factor: Decimal
    scaled: bool


@lru_cache(maxsize=256)
def asked_measure(question: str) -> Measure | None:
    """The measure in which a figure is wanted; None where the question names none."""
    found = ASKED.search(fold(question).text)
    if found is None:
        return None
    return _measure(found["scale"] or found["scale2"] or "", found["unit"] or found["unit2"])


def _measure(scale: str, unit: str) -> Measure:
    dimension, factor = _UNITS[unit]
    if dimension == "number":
        dimension = unit
    return Measure(f"{scale}{unit}", dimension, factor * _SCALES[scale], bool(scale))


def same_dimension(counter: str, unit: str) -> bool:
    """Are two base units of one physical dimension: ha and m2?"""
    one, other = _UNITS.get(counter), _UNITS.get(unit)
    return bool(one and other and one[0] == other[0] not in ("number",))


def in_asked_measure(
    question: str, number: Decimal, unit: str, text: str, behind: str = ""
) -> tuple[str, tuple[Decimal, ...]] | None:
    """The figure in the asked measure before the one that is written, and the numbers that were worked out for it.

    None where the measures are the same or of different dimensions.

    `number` is in the base `unit`, `text` the figure as it is written, `behind` what stands behind it, where `unit` is none.
    """
    asked = asked_measure(question)
    if asked is None or asked.written in fold(text).text:
        return None
    found = _WRITTEN.match(fold(behind).text) if not unit else None
    if found:
        own, text = _measure(found["scale"] or "", found["unit"]), f"{text}{behind[: found.end()]}"
    elif unit in _UNITS:
        own = _measure("", unit)
    else:
        return None
    if own.dimension != asked.dimension or own.written == asked.written:
        return (text, ()) if found and own.written == asked.written else None
    if not unit or asked.scaled or asked.dimension in _PHYSICAL:
        shown = (number * own.factor / asked.factor).normalize()
        scale = asked.factor / _UNITS[asked.written.lstrip("".join(_SCALES))][1]
        return f"{grouped(shown)}{asked.written}（{text}）", (shown, shown * scale)
    return None


def base_unit(question: str) -> str | None:
    """The base unit of the asked measure that quantities have, too; None where they have none."""
    asked = asked_measure(question)
    known = canonical_unit(asked.written) if asked else None
    return known[0] if known else None
