"""Names and dates of an answer against the cited pages, by patterns of its own: nothing of the answering code is used."""

import re
from collections.abc import Iterable
from unicodedata import normalize

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_YEAR = r"(?:(?P<era>明治|大正|昭和|平成|令和)(?P<in_era>\d{1,2}|元)|(?P<west>(?:18|19|20)\d\d))(?:\((?:\d{4}|[明大昭平令][治正和成]\d{1,2})年?度?\))?"
_DATE = re.compile(
    _YEAR
    + r"(?:年度?|[/.](?=\d))(?:(?P<era2>\((?:明治|大正|昭和|平成|令和)(?:\d{1,2}|元)年度?\)))?(?:(?P<month>\d{1,2})(?:月|[/.](?=\d)))?(?:(?P<day>\d{1,2})日?)?"
)
_CELLS = re.compile(r"(?<!\d)((?:18|19|20)\d\d)\|(\d{1,2})(?=\|)")  # year and month in two cells of a row
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})月(?:(\d{1,2})日)?")
_KATAKANA = re.compile(r"[ァ-ヴー・]{3,}")
_LATIN = re.compile(r"[A-Z][A-Za-z0-9&-]+")
_KANJI = re.compile(r"[一-龠々]{2,}")
# A run of kanji and kana before what makes it a name.
_TITLED = re.compile(
    r"([一-龠々ァ-ヴー]{2,12}?|(?<![ぁ-ん])[ぁ-ん]{2,5})(?=氏|さん|様|教授|社長|知事|市長|町長|村長|学長|理事長|会長|大学|財団|協会|協議会|製作所|株式会社|銀行)"
)
_AFFIXES = "及並又数額率等間内的者化別約計各同全両初第年月日度円人社件名回位台所県市町村区会"
_COMPOSED = frozenset({"ページ", "スライド"})  # name the place of a value where documents disagree
_ENGLISH = frozenset(
    "The A An It In On At By Of For From To As This These Those There According And But Yes No Its Their FY Source "
    "January February March April May June July August September October November December".split()
)


def squeezed(text: str) -> str:
    """NFKC without white space and thousands commas, 元年 as 1年."""
    return re.sub(r"\s|(?<=\d),(?=\d{3})", "", normalize("NFKC", text)).replace("元年", "1年")


def dates(text: str) -> set[tuple[int, int, int]]:
    """(year, month, day) of every date, 0 for what is not said."""
    found = set()
    for match in _DATE.finditer(squeezed(text)):
        year = int(match["west"]) if match["west"] else _ERAS[match["era"]] + int(match["in_era"].replace("元", "1"))
        found.add((year, int(match["month"] or 0), int((match["month"] and match["day"]) or 0)))
    return found


def date_violations(answer: str, pages: Iterable[str]) -> list[str]:
    """The answer's dates of which no cited page has the month and day, or that none has with that year."""
    text = "\n".join(pages)
    held = dates(text) | {(int(y), int(m), 0) for y, m in _CELLS.findall(squeezed(text))}
    month_days = {(int(m), int(d or 0)) for m, d in _MONTH_DAY.findall(squeezed(text))}
    years = {y for y, _, _ in held} | {int(y) for y in re.findall(r"(?<!\d)(?:18|19|20)\d\d(?!\d)", squeezed(text))}
    years |= {1900 + int(y) for y in re.findall(r"['’‘](\d\d)", squeezed(text))}
    missing = []
    for year, month, day in sorted(dates(answer)):
        exact = any((year, month, day) == (y, m if month else 0, d if day else 0) for y, m, d in held)
        apart = year in years and any(month == m and (not day or day == d) for m, d in month_days)
        if not exact and not (apart if month else year in years or _short(year, text)):
            missing.append(f"{year}-{month}-{day} is on none of the cited pages")
    return missing


def _short(year: int, text: str) -> bool:
    """A year that pages write without its era or century: 15年度 for 2003, 98年 for 1998."""
    short = {year % 100, *(year - first for first in _ERAS.values() if 0 < year - first < 65)}
    return any(re.search(rf"(?<!\d)0?{n}年", squeezed(text)) for n in short)


def name_violations(answer: str, pages: Iterable[str], question: str, corpus: str) -> list[str]:
    """Words of the answer that name something and stand neither on the cited pages nor in the question.

    Katakana, capitalised Latin words, what stands before 氏, 大学 and the like; and kanji that no document holds, also not in two
    parts: an invented name.
    """
    held = squeezed("\n".join([*pages, question]))
    said = squeezed(re.sub(r"[「」『』]", " ", answer))
    spaced = normalize("NFKC", answer)
    words = [part for w in _KATAKANA.findall(said) for part in w.split("・") if len(part) > 2]
    words += [w for w in _LATIN.findall(spaced) if w not in _ENGLISH]
    words += _TITLED.findall(said)
    missing = [w for w in words if len(w) >= 2 and w not in _COMPOSED and w.lower() not in held.lower()]
    whole = squeezed(corpus) + held
    missing += [k for k in _KANJI.findall(said) if k not in held and not _known(k, whole)]
    return [f"{w} is on none of the cited pages" for w in dict.fromkeys(missing)]


def _known(word: str, whole: str) -> bool:
    """Is the word in some document, whole, without an affix, or in two parts of two characters or more?"""
    bare = word.strip(_AFFIXES)
    if len(bare) < 2 or word in whole or bare in whole:
        return True
    return any(word[:i].strip(_AFFIXES) in whole and word[i:].strip(_AFFIXES) in whole for i in range(2, len(word) - 1))
