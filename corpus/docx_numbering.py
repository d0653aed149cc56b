"""The numbers that Word prints before headings and list items: 第1章, (1), ア, ①; they are computed, for the file holds only the rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_KANJI = "〇一二三四五六七八九"
_BULLETS = "●○■□◆◇・※►▶▷✓✔→–－-"


def roman(n: int) -> str:
    """MMXXIV; the number itself outside 1–3999."""
    if not 0 < n < 4000:
        return str(n)
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True
    ):
        out += sign * (n // value)
        n %= value
    return out


def _kanji(n: int) -> str:
    if not 0 < n < 100:
        return str(n)
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _KANJI[tens] + "十") + (_KANJI[ones] if ones else "")


def _sign(signs: str) -> Callable[[int], str]:
    return lambda n: signs[n - 1] if 0 < n <= len(signs) else str(n)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": lambda n: str(n).translate({ord("0") + d: "０１２３４５６７８９"[d] for d in range(10)}),
    "decimalEnclosedCircle": _sign("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "aiueo": _sign(_AIUEO),
    "aiueoFullWidth": _sign(_AIUEO),
    "iroha": _sign(_IROHA),
    "irohaFullWidth": _sign(_IROHA),
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": _sign("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerLetter": _sign("abcdefghijklmnopqrstuvwxyz"),
    "japaneseCounting": _kanji,
    "japaneseDigitalTenThousand": _kanji,
    "chineseCounting": _kanji,
    "ideographDigital": _kanji,
}


def page_label(number: int, fmt: str) -> str:
    """A page number as the section prints it."""
    return _FORMATS.get(fmt, str)(number)


class Numbering:
    """Counts as Word does: a level goes on until an outer one moves. `root` is the numbering part's XML, None without one."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # numId → level → (format, text, start)
        self._counters: dict[str, dict[int, int]] = {}
        self._shared: dict[str, str] = {}  # numId → what it shares its counters by
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        abstract = {}
        for one in root.iter(f"{W}abstractNum"):
            abstract[one.get(f"{W}abstractNumId")] = {
                _int(lvl.get(f"{W}ilvl"), 0): _level(lvl) for lvl in one.iterchildren(f"{W}lvl")
            }
        for num in root.iter(f"{W}num"):
            number = num.get(f"{W}numId") or ""
            of = num.find(f"{W}abstractNumId")
            name = of.get(f"{W}val") if of is not None else None
            levels = dict(abstract.get(name, {}))
            own = False
            for override in num.iterchildren(f"{W}lvlOverride"):
                at = _int(override.get(f"{W}ilvl"), 0)
                lvl, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
                if lvl is not None:
                    levels[at] = _level(lvl)
                if start is not None and at in levels:
                    levels[at] = (*levels[at][:2], _int(start.get(f"{W}val"), 1))
                    own = True
            self._levels[number] = levels
            self._shared[number] = f"num {number}" if own else f"abstract {name}"

    def label(self, number: str, level: int) -> str:
        """The mark of the next item of list `number` at `level`, "" when it has none."""
        levels = self._levels.get(number, {})
        if level not in levels:
            return ""
        counters = self._counters.setdefault(self._shared[number], {})
        fmt, text, start = levels[level]
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [at for at in counters if at > level]:
            del counters[deeper]
        if fmt == "bullet":
            return text if text in _BULLETS and text else "・"
        if fmt == "none":
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of, _, first = levels.get(at, ("decimal", "", 1))
            return _FORMATS.get(of, str)(counters.get(at, first))

        return re.sub(r"%([1-9])", written, text)


def _level(lvl: Any) -> tuple[str, str, int]:
    def value(tag: str, default: str) -> str:
        found = lvl.find(f"{W}{tag}")
        return (found.get(f"{W}val") or "") if found is not None else default

    return value("numFmt", "decimal"), value("lvlText", ""), _int(value("start", "1"), 1)


def _int(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value) else default
