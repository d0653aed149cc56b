"""Numerals as they are written in Japanese documents: 1,234 / １２３４ / 千二百 / 3億1,200万 / 二〇一〇."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}

ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
KANJI = r"[〇一二三四五六七八九十百千万億兆]+"
# An Arabic number may go on with falling scales: 3億1,200万, 1万2千, 2.8兆, 3千5百万. What stands after a blank belongs to it only
# if it has a scale too (68億 5000万) or blanks stand on both sides of the scales (2 万 500): cells of a table are not one number.
_BELOW_10000 = rf"(?:(?:{ARABIC})\s*千\s*)?(?:(?:{ARABIC})\s*百\s*)?(?:{ARABIC})(?:\s*[十百千])?"
_REST = rf"(?:(?:(?<=\s[万億兆])\s+)?{_BELOW_10000}|\s*(?:{ARABIC})\s*[百千])"
NUMBER = (
    rf"(?:(?:{_BELOW_10000}\s*兆(?:\s*{_BELOW_10000}\s*億)?(?:\s*{_BELOW_10000}\s*万)?"
    rf"|{_BELOW_10000}\s*億(?:\s*{_BELOW_10000}\s*万)?|{_BELOW_10000}\s*万){_REST}?|{_BELOW_10000})"
)
_TOKEN = re.compile(rf"({ARABIC})|([〇零一二三四五六七八九壱弐参])|([十百千])|([万億兆])")


def parse_numeral(text: str) -> Decimal | None:
    """The value of a folded numeral (NFKC, no thousands meaning beyond commas); None when it is not one.

    Reads positional kanji (二〇一〇), multiplicative kanji (千二百) and Arabic digits with scales (3億1,200万).
    """
    compact = re.sub(r"\s", "", text)
    if not compact:
        return None
    if all(c in _DIGITS for c in compact):
        return Decimal("".join(str(_DIGITS[c]) for c in compact))
    total = section = Decimal(0)
    current: Decimal | None = None  # digits that wait for their scale
    scaled = False  # the section has a 十, 百 or 千
    position = 0
    for match in _TOKEN.finditer(compact):
        if match.start() != position:
            return None
        position = match.end()
        arabic, digit, small, large = match.groups()
        if arabic:
            if current is not None:
                return None
            current = Decimal(arabic.replace(",", ""))
        elif digit:
            current = _DIGITS[digit] + (current or Decimal(0)) * 10
        elif small:
            section += (Decimal(1) if current is None else current) * _SMALL[small]
            current, scaled = None, True
        else:
            alone = current is None and not scaled
            total += (Decimal(1) if alone else section + (current or Decimal(0))) * _LARGE[large]
            section, current, scaled = Decimal(0), None, False
    return total + section + (current or Decimal(0)) if position == len(compact) else None


def plain(value: Decimal) -> str:
    """`value` without exponent or trailing zeros: 289452000, 0.2."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: Decimal) -> str:
    """`value` with thousands commas: 289,452,000."""
    text = format(value, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text
