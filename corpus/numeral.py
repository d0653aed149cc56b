"""Numerals as they are written in Japanese documents: 1,234 / １２３４ / 千二百 / 3億1,200万 / 二〇一〇."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
KANJI = r"[〇一二三四五六七八九十百千万億兆]+"
# An Arabic number may go on with scales: 3億1,200万, 1万2千, 2.8兆, 1千5百
_PART = rf"(?:{ARABIC})\s*(?:[十百千]?[万億兆]|[百千])"
NUMBER = rf"(?:(?:{_PART}\s*)+(?:{ARABIC})?|(?:{ARABIC}))"
_TOKEN = re.compile(rf"({ARABIC})|([〇零一二三四五六七八九壱弐参])|([十百千])|([万億兆])")


def parse_numeral(text: str) -> Decimal | None:
    """The value of a folded numeral (NFKC, no thousands meaning beyond commas); None when it is not one.

    Reads positional kanji (二〇一〇), multiplicative kanji (千二百) and Arabic digits with scales (3億1,200万).
    """
    compact = re.sub(r"\s", "", text)
    if not compact:
        return None
    if all(c in _DIGITS for c in compact) and len(compact) > 1:
        return Decimal("".join(str(_DIGITS[c]) for c in compact))
    total = section = current = Decimal(0)
    seen = False
    position = 0
    for match in _TOKEN.finditer(compact):
        if match.start() != position:
            return None
        position = match.end()
        arabic, digit, small, large = match.groups()
        if arabic:
            try:
                current = Decimal(arabic.replace(",", ""))
            except InvalidOperation:
                return None
            seen = True
        elif digit:
            current = current * 10 + _DIGITS[digit] if seen and current and not section else Decimal(_DIGITS[digit])
            seen = True
        elif small:
            section += (current if current or (seen and current) else Decimal(1)) * _SMALL[small]
            current, seen = Decimal(0), False
        else:
            part = section + current
            total += (part if part else Decimal(1)) * _LARGE[large]
            section = current = Decimal(0)
            seen = False
    return total + section + current if position == len(compact) else None


def plain(value: Decimal) -> str:
    """`value` without exponent or trailing zeros: 289452000, 0.2."""
    text = format(value.normalize(), "f")
    return text if "." not in text else text.rstrip("0").rstrip(".")


def grouped(value: Decimal) -> str:
    """`value` with thousands commas: 289,452,000."""
    whole, dot, fraction = plain(value).partition(".")
    return f"{int(whole):,}" + dot + fraction
