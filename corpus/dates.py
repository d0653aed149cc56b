"""Points in time named in a text: 平成10年4月, ２００６年７月１４日, 2001年度, '98年, H23年8月, 2013/6/12, 2000～2010年度."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.era import gregorian
from corpus.fold import Folded, fold
from corpus.numeral import parse_numeral

_Y = r"(?:1[89]|20)\d\d"
_KANJI = "〇一二三四五六七八九十"
# A letter stands for an era before digits only; M and T (明治, 大正) before 年 only: m2 is an area, M7.3 an earthquake.
_LETTER = r"(?<![a-z\d'’])(?:[mt](?=\s*\d{1,2}\s*年)|[shr](?=\d|\s*\d{1,2}\s*年|元\s*(?:年|$|[\s|(),、])))"
_NAME = rf"(?P<era>明治|大正|昭和|平成|令和|{_LETTER})\s*"
_IN_BRACKETS = rf"(?:\s*\((?:西暦)?{_Y}年?\))?"
_ERA_IN_BRACKETS = r"(?:\s*\((?:明治|大正|昭和|平成|令和|[mtshr])\s*(?:元|\d{1,2})年?\))?"
_TO = r"\s*[~-]\s*"
_MONTH_DAY = r"\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?"
_YEAR = r"\s*年(?P<fiscal>\s*度)?"
_ERA = re.compile(
    rf"{_NAME}(?P<year>\d{{1,2}}(?![\da-z%])|元|[元{_KANJI}]{{1,4}}(?=\s*年)){_IN_BRACKETS}(?:{_YEAR}|(?!\s*(?:丁目|番)))"
)
_ERA_DOTTED = re.compile(
    rf"{_NAME}(?P<year>\d{{1,2}}|元)[./](?P<month>1[0-2]|0?[1-9])(?:[./](?P<day>3[01]|[12]\d|0?[1-9]))?(?!\d)"
)
_WEST = re.compile(rf"(?<!\d)(?P<year>{_Y}){_ERA_IN_BRACKETS}{_YEAR}")
_FY = re.compile(rf"(?<![a-z\d])fy\s*(?P<fy>{_Y})(?!\d)")
# Ends of a range share what is written once: 2000~2010年度, 平成13~15年度, 2003~05年度, 平成13年4月~15年3月.
_WEST_FIRST = re.compile(rf"(?<![\d/-])(?<!\d[.,])(?P<year>{_Y})(?={_TO}(?:{_Y}|\d\d){_YEAR}(?!間))")
_WEST_LAST = re.compile(rf"(?<!\d)(?P<first>{_Y})(?:\s*年(?:\s*度|{_MONTH_DAY})?)?{_TO}(?P<year>\d\d){_YEAR}(?!間)")
_ERA_FIRST = re.compile(rf"{_NAME}(?P<year>\d{{1,2}}|元)(?={_TO}\d{{1,2}}\s*年(?P<fiscal>\s*度))")
_ERA_LAST = re.compile(
    rf"{_NAME}(?P<first>\d{{1,2}}|元)(?:\s*年(?:\s*度|{_MONTH_DAY})?)?(?:{_TO}|\s*から(?=\s*\d+\s*年\s*度))"
    rf"(?P<year>\d{{1,2}}){_YEAR}(?!間)"
)
# Two figures with a full stop are a date only where no unit or scale follows: 1985.4億円 is an amount.
_SLASH = re.compile(
    rf"(?<![\d/-])(?<!\d[.,])(?P<year>{_Y})(?P<mark>[/.-])(?P<month>1[0-2]|0?[1-9])"
    r"(?:(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9])|(?<=[/-]\d)|(?<=[/-]\d\d)|(?=\s*(?:$|[)\]、。,~/現時以のにかま-])|\s))(?!\d|,\d|\s*年)"
)
_SHORT = re.compile(rf"['’‘](?P<year>\d\d)(?!\d)(?:{_YEAR})?")
_BARE = re.compile(
    r"(?<![\d.'’‘/-])(?<!\d,)(?P<year>(?:19[4-9]|20[0-4])\d)(?=\s*(?:[-~)、・/|?!。:;」』のはにがとをへかま]|[,.](?!\d)|$|\s))"
)
# 83年に, 97年: years of the twentieth century written short; with a particle or a month after them they are no duration
_TWO_DIGITS = re.compile(
    r"(?<![\d.,第約~-])(?P<year>[5-9]\d)\s*年(?P<fiscal>\s*度)?(?=\s*(?:に(?!わた|及)|から(?!の)|まで|以降|より|頃|ごろ|時点|末|初|春|夏|秋|冬|[、,(（)）]|\d{1,2}\s*月))"
)
_KANJI_WEST = re.compile(
    rf"(?<![{_KANJI}百千])(?P<year>[一二][〇一二三四五六七八九]{{3}}|(?:千[八九]百|二千)[一二三四五六七八九十]*){_YEAR}"
)
_MONTH = re.compile(
    rf"\s*(?:\([^()]{{0,12}}\))?\s*(?:の\s*)?(?P<month>\d{{1,2}}|[{_KANJI}]{{1,3}})\s*月(?:\s*(?P<day>\d{{1,2}}|[{_KANJI}]{{1,3}})\s*日)?"
)
# Of two mentions with the same span the pattern that stands first here wins.
# A year in brackets of its own: （2001）, (1995)
_TWO_IN_CELL = re.compile(r"(?<![\d.,第約~-])(?P<year>[5-9]\d)\s*年(?P<fiscal>\s*度)?(?=\s|$|\|)")
_BRACKETED = re.compile(rf"(?<=[(（])(?P<year>{_Y})(?=[)）])")
# Both ends of a span of years: 2000-2019, 1980→2000, 2018～2023年
_SPAN_START = re.compile(r"(?<![\d.,])(?P<year>(?:19|20)\d\d)(?=\s?[-–~→⇒]\s?(?:19|20)\d\d(?!\d|[.,]\d))")
_SPAN_END = re.compile(r"(?<=(?:19|20)\d\d[-–~→⇒])(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)")
# A year without 年 before a word that only stands after a time: 2017時点, 2020現在
_AT = re.compile(rf"(?<![\d.,/-])(?P<year>{_Y})(?=\s?(?:時点|現在|頃|ごろ|以降|以前|年代))")
_PATTERNS = (
    *(_ERA_FIRST, _ERA_LAST, _ERA_DOTTED, _ERA),
    *(_WEST_FIRST, _WEST_LAST, _WEST, _FY, _SLASH, _SHORT, _TWO_DIGITS, _KANJI_WEST, _BRACKETED, _AT),
    *(_SPAN_START, _SPAN_END),
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

    def given_by(self, other: DateMention) -> bool:
        """Is `other` the same point in time, said at least as exactly as this one (same year; same month and day where named)?"""
        return (
            other.year == self.year
            and (self.month is None or other.month == self.month)
            and (self.day is None or other.day == self.day)
        )


def _count(text: str | None) -> int | None:
    """The value of a written count; None when there is none."""
    value = parse_numeral(text) if text else None
    return None if value is None else int(value)


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("fy"):
        return int(groups["fy"])
    first, year = groups.get("first"), 1 if groups["year"] == "元" else _count(groups["year"])
    if year is None:
        return None
    if groups.get("era"):
        rising = first is None or (1 if first == "元" else int(first)) < year
        return gregorian(groups["era"], year) if rising else None
    if first:
        return int(first) + (year - int(first)) % 100
    if len(groups["year"]) == 2:
        return 2000 + year if year < 50 else 1900 + year
    return year


def _month_day(text: str, at: int) -> tuple[int | None, int | None, int]:
    """Month, day and end of `…月…日` at `at`; (None, None, at) where there is none or no calendar has it."""
    match = _MONTH.match(text, at)
    month, day = (_count(match["month"]), _count(match["day"])) if match else (None, None)
    if match is None or month not in range(1, 13) or (day is not None and day not in range(1, 32)):
        return None, None, at
    return month, day, match.end()


def _mention(folded: Folded, match: re.Match[str]) -> DateMention | None:
    year = _year(match)
    if year is None:
        return None
    groups = match.groupdict()
    fiscal = bool(groups.get("fiscal") or groups.get("fy"))
    month, day, end = _count(groups.get("month")), _count(groups.get("day")), match.end()
    if not fiscal and match[0].endswith("年"):
        month, day, end = _month_day(folded.text, end)
    start = match.start("year") if groups.get("first") else match.start()
    return DateMention(*folded.original(start, end), year, month, day, fiscal)


def find_dates(text: str | Folded, *, bare_years: bool = False) -> tuple[DateMention, ...]:
    """All dates in reading order, without overlaps; of two that overlap the longer one stands.

    `bare_years` also takes four digits without 年 (table cells and keyword queries).
    """
    folded = fold(text) if isinstance(text, str) else text
    patterns = (*_PATTERNS, _BARE, _TWO_IN_CELL) if bare_years else _PATTERNS
    matches = (match for pattern in patterns for match in pattern.finditer(folded.text))
    found = [date for match in matches if (date := _mention(folded, match))]
    found.sort(key=lambda d: (-(d.end - d.start), d.start))
    kept: list[DateMention] = []
    for date in found:
        if all(date.end <= other.start or other.end <= date.start for other in kept):
            kept.append(date)
    return tuple(sorted(kept, key=lambda d: d.start))


_LISTED = re.compile(r"\s*(?:[、,・]|と|及び|および)\s*")
_SHORTHAND = re.compile(
    r"(?<![\d.,第~-])(?P<year>[1-9]\d?)\s*年(?P<fiscal>\s*度)?(?!\s*(?:間|後|前|連続|以上|以内|ぶり|目|生|計画|来|分|ごと|おき|程度|かけ|にわた|を要|も|制|物|余|超|未満))"
)


def era_shorthand(text: str, era: str) -> tuple[DateMention, ...]:
    """Years that are written short after an era was named (平成13年度から…14年度は): years of that era.

    Dates that are written in full are left out; the caller says which era the text goes on with.
    """
    folded = fold(text)
    full = find_dates(folded)
    found = []
    for match in _SHORTHAND.finditer(folded.text):
        start, end = folded.original(match.start(), match.end())
        year = gregorian(era, int(match["year"]))
        if year is None or any(d.start < end and start < d.end for d in full):
            continue
        fiscal = bool(match["fiscal"])
        month, day, last = (None, None, match.end()) if fiscal else _month_day(folded.text, match.end())
        found.append(DateMention(*folded.original(match.start(), last), year, month, day, fiscal))
    return tuple(found)


def listed_dates(text: str) -> tuple[DateMention, ...]:
    """All dates, also the years of a list whose era is written once: 平成25年、26年、27年."""
    found = list(find_dates(text, bare_years=True))
    era = last_era(text)
    for date in era_shorthand(text, era) if era else ():
        before = max((d for d in found if d.end <= date.start), key=lambda d: d.end, default=None)
        if before and _LISTED.fullmatch(text[before.end : date.start]):
            found.append(date)
    return tuple(sorted(found, key=lambda d: d.start))


def last_era(text: str) -> str | None:
    """The era that was named last in full (平成…年), None when none was."""
    matches = [m for m in _ERA.finditer(fold(text).text) if m["era"] in ("明治", "大正", "昭和", "平成", "令和")]
    return matches[-1]["era"] if matches else None
