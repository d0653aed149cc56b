"""How values and quotes are put into Japanese and English sentences."""

from __future__ import annotations

from decimal import Decimal

from corpus.dates import DateMention
from corpus.era import era_names
from corpus.numeral import grouped, plain

_SCALES = (("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1))
_WRITTEN = {"kw": "kW", "kwh": "kWh"}
_FACTORS = {"円": 1, "千円": 10**3, "万円": 10**4, "百万円": 10**6, "億円": 10**8, "兆円": 10**12}


def date_text(date: DateMention, *, both: bool = True) -> str:
    """2006年（平成18年）7月14日; without `both` only the Gregorian form. A fiscal year is 2006年度（平成18年度）."""
    eras = era_names(date.year)
    suffix = "年度" if date.fiscal else "年"
    text = f"{date.year}{suffix}"
    if both and eras:
        text += f"（{eras[0]}{suffix}）"
    if date.month is not None:
        text += f"{date.month}月"
    if date.day is not None:
        text += f"{date.day}日"
    return text


def money_text(yen: Decimal) -> str:
    """2億8,945万2千円 for 289452000; scales of ten thousand, and 千 for a remainder of whole thousands."""
    if yen != yen.to_integral_value() or abs(yen) < 10**4:
        return f"{grouped(yen)}円"
    rest, parts = abs(int(yen)), []
    for name, factor in _SCALES:
        count, rest = divmod(rest, factor)
        if not count:
            continue
        if name == "" and count % 1000 == 0:
            parts.append(f"{count // 1000}千")
        else:
            parts.append(f"{count:,}{name}")
    return ("−" if yen < 0 else "") + "".join(parts) + "円"


def money_in(yen: Decimal, unit: str, digits: int | None = None) -> str:
    """The amount in an asked unit: 2.89億円 (rounded half up to `digits` where given, else exact)."""
    value = yen / _FACTORS[unit]
    if digits is not None:
        value = value.quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP")
        return f"{value:,}{unit}"
    return f"{grouped(value)}{unit}"


def quantity_text(value: Decimal, unit: str) -> str:
    """A value with its unit: 328人, 12.9%, 2億8,945万2千円."""
    return money_text(value) if unit == "円" else f"{grouped(value)}{_WRITTEN.get(unit, unit)}"


def scaled_text(value: Decimal, unit: str, scale: str) -> str:
    """A value in an asked scale of ten thousands: 126.8万kW, 3.3億人."""
    factor = dict(_SCALES) | {"百万": 10**6, "千": 10**3, "十万": 10**5, "十億": 10**9, "百": 100}
    return f"{grouped(value / factor[scale])}{scale}{_WRITTEN.get(unit, unit)}"


def clip(text: str, limit: int, keep: tuple[int, int] | None = None) -> str:
    """At most `limit` characters of `text`, with … where it was cut; `keep` is the span that must stay."""
    if len(text) <= limit:
        return text
    start, end = keep or (0, 0)
    if end <= limit - 1:
        return text[: limit - 1] + "…"
    left = max(0, min(start - (limit - 2 - (end - start)) // 2, len(text) - limit + 1))
    right = min(len(text), left + limit - 2)
    return ("…" if left else "") + text[left:right] + ("…" if right < len(text) else "")


def ratio_text(value: Decimal, digits: int = 1) -> str:
    """A number rounded half up to `digits` decimals, without needless zeros."""
    return plain(value.quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP"))
