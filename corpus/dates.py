"""Points in time named in a text: 平成10年4月, ２００６年７月１４日, 2001年度, '98年, H23年8月, 2013/6/12."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.era import gregorian
from corpus.fold import Folded, fold
from corpus.numeral import parse_numeral

_KANJI_YEAR = r"[元〇一二三四五六七八九十]{1,4}"
_ERA = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和|(?<![a-z0-9])[mtshr](?=\s*\d))\s*(?P<year>\d{{1,2}}|{_KANJI_YEAR})"
    r"(?:\s*年(?P<fiscal>\s*度)?|(?=[./]\d)|(?=\s*[~-]))?"
)
_WEST = re.compile(
    r"(?<![\d.,])(?P<year>(?:1[89]|20)\d\d)\s*年(?P<fiscal>\s*度)?|(?<!\d)fy\s*(?P<fy>(?:1[89]|20)\d\d)(?!\d)"
)
_SLASH = re.compile(
    r"(?<![\d.,/-])(?P<year>(?:1[89]|20)\d\d)[/.-](?P<month>1[0-2]|0?[1-9])(?:[/.-](?P<day>3[01]|[12]\d|0?[1-9]))?(?![\d,])"
)
_SHORT = re.compile(r"['’‘](?P<year>\d\d)(?:\s*年(?P<fiscal>\s*度)?)?(?!\d)")
_BARE = re.compile(r"(?<![\d.,'’‘/-])(?P<year>(?:19[4-9]|20[0-4])\d)(?=\s*(?:[-~)）、,・/|]|$|\s))")
_KANJI_WEST = re.compile(r"(?P<year>[一二][〇一二三四五六七八九]{3})\s*年(?P<fiscal>\s*度)?")
_MONTH = re.compile(
    r"\s*(?:[(（][^()（）]{0,12}[)）])?\s*(?:の\s*)?(?P<month>1[0-2]|0?[1-9])\s*月(?:\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日)?"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A year, maybe a fiscal one, with month and day where given. `start:end` are code points of the searched text."""

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None
    fiscal: bool = False

    @property
    def precision(self) -> int:
        """1 year, 2 month, 3 day."""
        return 1 + (self.month is not None) + (self.day is not None)


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("era"):
        text = groups["year"]
        count = 1 if text == "元" else int(text) if text.isdigit() else int(parse_numeral(text) or 0)
        return gregorian(groups["era"], count)
    if groups.get("fy"):
        return int(groups["fy"])
    text = groups["year"]
    if len(text) == 2:
        return 2000 + int(text) if int(text) < 50 else 1900 + int(text)
    value = int(text) if text.isdigit() else int(parse_numeral(text) or 0)
    return value or None


def find_dates(text: str | Folded, *, bare_years: bool = False) -> tuple[DateMention, ...]:
    """All dates in reading order, without overlaps; of two that overlap the longer one stands.

    `bare_years` also takes four digits without 年 (table cells and keyword queries).
    """
    folded = fold(text) if isinstance(text, str) else text
    found: list[DateMention] = []
    patterns = [_ERA, _WEST, _SLASH, _SHORT, _KANJI_WEST] + ([_BARE] if bare_years else [])
    for pattern in patterns:
        for match in pattern.finditer(folded.text):
            year = _year(match)
            if year is None:
                continue
            month: int | None = None
            day: int | None = None
            end = match.end()
            groups = match.groupdict()
            fiscal = bool(groups.get("fiscal") or groups.get("fy"))
            if pattern is _SLASH:
                month = int(groups["month"])
                day = int(groups["day"]) if groups["day"] else None
            elif not fiscal and match.group().rstrip().endswith("年"):
                tail = _MONTH.match(folded.text, end)
                if tail:
                    month, day, end = int(tail["month"]), int(tail["day"]) if tail["day"] else None, tail.end()
            elif pattern is _ERA and not match.group().rstrip().endswith(("年", "度")) and end < len(folded.text):
                dotted = re.compile(r"[./](?P<m>1[0-2]|0?[1-9])(?:[./](?P<d>\d{1,2}))?").match(folded.text, end)
                if dotted:
                    month, day, end = int(dotted["m"]), int(dotted["d"]) if dotted["d"] else None, dotted.end()
            start_o, end_o = folded.original(match.start(), end)
            found.append(DateMention(start_o, end_o, year, month, day, fiscal))
    found.sort(key=lambda d: (-(d.end - d.start), d.start))
    kept: list[DateMention] = []
    for date in found:
        if all(date.end <= other.start or other.end <= date.start for other in kept):
            kept.append(date)
    return tuple(sorted(kept, key=lambda d: d.start))
