"""Excel's number formats: a cell's value as Excel shows it, for the formats that Japanese offices use. Others keep the value."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from openpyxl.utils.datetime import from_excel

# Formats that Excel keeps under a number alone; in Japanese Excel those from 27 on are dates of the Japanese calendar.
BUILTIN = {
    27: "[$-411]ge.m.d", 28: '[$-411]ggge"年"m"月"d"日"', 29: '[$-411]ggge"年"m"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"', 34: 'yyyy"年"m"月"', 35: 'm"月"d"日"', 36: "[$-411]ge.m.d",
    50: "[$-411]ge.m.d", 51: '[$-411]ggge"年"m"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: '[$-411]ggge"年"m"月"d"日"',
    55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: "[$-411]ge.m.d", 58: '[$-411]ggge"年"m"月"d"日"',
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm",  # what Excel shows of it depends on the system's language
}  # fmt: skip
_ERAS = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1868, 1, 25), "明治", "M"),
)
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|(AM/PM|A/P|g+|e+|y+|m+|d+|a+|h+|s+(?:\.0+)?)|(.)', re.I)
_NUMBER = re.compile(r"[#0?][#0?,.]*[#0?]?,*|[#0?]")
_WEEKDAYS = "月火水木金土日"


def shown(value: object, number_format: str, epoch: datetime) -> str:
    """`value` under `number_format` (Excel's code). Dates that are only numbers are counted from `epoch`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, timedelta):
        total = int(value.total_seconds())
        return f"{total // 3600}:{total % 3600 // 60:02}:{total % 60:02}"
    if isinstance(value, datetime | date | time):
        return _date(value, number_format)
    if not isinstance(value, int | float):
        return str(value)
    if number_format == "General":
        return _general(value)
    if _is_date(number_format):
        try:
            moment = from_excel(value, epoch)
        except (ValueError, OverflowError, TypeError):
            return _general(value)
        return shown(moment, number_format, epoch) if moment is not None else _general(value)
    return _number(value, number_format)


@lru_cache(maxsize=1024)
def _is_date(code: str) -> bool:
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|General', "", code.split(";")[0], flags=re.I)
    return bool(re.search(r"[ymdhsg]|(?<![0#E])e", bare, re.I)) and "E+" not in bare.upper()


def _general(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return f"{value:.10g}"


# numbers


def _number(value: float, code: str) -> str:
    """The section for the sign, its literal text, and the digits with their places, thousands and percent."""
    section, value = _section(value, code)
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', lambda m: "\0" * len(m[0]), section)
    if general := re.search("general", plain, re.I):
        return _literal(section[: general.start()]) + _general(value) + _literal(section[general.end() :])
    if not (digits := _NUMBER.search(plain)) or "/" in plain or "E+" in plain.upper():
        literal = _literal(section)
        return _general(value) if not literal or "/" in plain or "E+" in plain.upper() else literal
    pattern = digits[0]
    places = len(re.sub(r"[^#0?]", "", pattern.partition(".")[2]))
    scale = len(pattern) - len(pattern.rstrip(","))
    try:
        number = Decimal(repr(value)) * (100 ** plain.count("%")) / (Decimal(1000) ** scale)
        rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:
        return _general(value)
    whole, _, rest = f"{abs(rounded):f}".partition(".")
    optional = len(re.search(r"#*$", pattern.rstrip(",").partition(".")[2])[0])  # type: ignore[index]
    while optional and rest.endswith("0"):
        rest, optional = rest[:-1], optional - 1
    whole = whole.lstrip("0").rjust(pattern.partition(".")[0].count("0"), "0")
    if "," in pattern.partition(".")[0].rstrip(","):
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
    text = (
        _literal(section[: digits.start()]) + whole + ("." + rest if rest else "") + _literal(section[digits.end() :])
    )
    return ("-" if rounded < 0 else "") + re.sub(r"(?<=[▲△]) +(?=\d)", "", text.strip())


def _section(value: float, code: str) -> tuple[str, float]:
    """The part of the code for this sign; a negative number loses its sign where a part of its own shows it."""
    parts = re.findall(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)', code)[:4]
    if value < 0 and len(parts) > 2:
        return parts[1], -value
    if value == 0 and len(parts) > 3:
        return parts[2], value
    return parts[0] if parts else "General", value


def _literal(code: str) -> str:
    """Text between the digits: quoted, escaped, or signs that stand for themselves."""
    out = ""
    for match in re.finditer(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.|([#0?,.@])|(.)', code):
        out += match[1] or match[2] or match[3] or match[5] or ""
    return out.replace("\u3000", " ")


# dates


def _date(value: date | datetime | time, code: str) -> str:
    code = code.split(";")[0]
    if not _is_date(code):
        code = "h:mm:ss" if isinstance(value, time) else "yyyy/m/d"
    tokens = list(_TOKEN.finditer(code))
    out = ""
    after_hour = False
    for n, token in enumerate(tokens):
        if token[3] is None:
            out += token[1] or token[2] or token[4] or ""
            continue
        following = next((t[3] for t in tokens[n + 1 :] if t[3]), "")
        minute = token[3].lower() in ("m", "mm") and (after_hour or following.lower().startswith("s"))
        out += _field(value, token[3], minute=minute, half_day="AM/PM" in code.upper())
        after_hour = token[3].lower().startswith("h")
    return out.strip()


def _field(value: date | datetime | time, code: str, *, minute: bool, half_day: bool) -> str:
    lower, two = code.lower(), len(code) > 1
    moment = value if isinstance(value, datetime | time) else time()
    if lower[0] == "h":
        hour = (moment.hour % 12 or 12) if half_day else moment.hour
        return f"{hour:02}" if two else str(hour)
    if lower[0] == "s":
        return f"{moment.second:02}" if two else str(moment.second)
    if lower in ("am/pm", "a/p"):
        return "午前" if moment.hour < 12 else "午後"
    if minute:
        return f"{moment.minute:02}" if two else str(moment.minute)
    if isinstance(value, time):
        return ""
    return _day_field(value, lower)


def _day_field(day: date, code: str) -> str:
    plain = day.date() if isinstance(day, datetime) else day
    begun, era, letter = next((e for e in _ERAS if plain >= e[0]), (date(1, 1, 1), "", ""))
    match code[0]:
        case "g":
            return letter if len(code) == 1 else era[:1] if len(code) == 2 else era
        case "e":
            year = day.year - begun.year + 1 if era else day.year
            return f"{year:02}" if len(code) > 1 else str(year)
        case "y":
            return f"{day.year % 100:02}" if len(code) <= 2 else str(day.year)
        case "m":
            return f"{day.month:02}" if len(code) == 2 else day.strftime("%b") if len(code) == 3 else str(day.month)
        case "a":
            return _WEEKDAYS[day.weekday()] + ("曜日" if len(code) > 3 else "")
        case _:
            return {1: str(day.day), 2: f"{day.day:02}"}.get(len(code), _WEEKDAYS[day.weekday()])
