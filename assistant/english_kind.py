"""What an English question asks for, by its question words and the noun they ask about; its dates as the documents write them."""

from __future__ import annotations

import re
from typing import Literal

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_DATE = re.compile(
    rf"\b{_MONTH}(?:\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?)?(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))\b", re.IGNORECASE
)
_FISCAL = re.compile(r"\b(?:fiscal(?: year)?|fy)\s*((?:19|20)\d\d)\b", re.IGNORECASE)
# What is the (name of the noun) of …, What was the estimated total damage to …
_WHAT_IS = re.compile(
    r"\bwhat (?:is|was|are|were|will be|would be) (?:the |its |their )?(?P<noun>[a-z \-'’]+?)(?= (?:of|for|in|to|at|on|by|from|that|which|who|per|as|after|before|recorded|under|set|with)\b|[?,.]|$)"
)
Asked = Literal["amount", "number", "date", "person"]
_NOUNS: dict[Asked, str] = {
    "amount": "cost costs budget price amount expenditure fee fees revenue damage damages sales turnover investment capital salary wage wages income debt balance ceiling",
    "number": "number population area size length capacity share rate percentage proportion ratio rainfall total average membership volume height distance weight acreage speed temperature count",
    "date": "deadline date year day month",
    "person": "president chair chairman chairperson chairwoman governor mayor director professor minister leader",
}
_KIND_OF_NOUN = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
_SHARE = re.compile(
    r"\b(?:what|which) (?:share|proportion|percentage|percent|fraction|rate)\b|\bhow (?:large|high|big|long|far|tall|wide)\b"
)
_SINCE = re.compile(r"\b(?:since when|until when|by when|what date|what month|which month|what day)\b")
_PERCENT = re.compile(r"\b(?:share|proportion|percentage|percent|rate)\b")
_COUNTED = (
    ("人", "people|persons|workers|employees|residents|students|participants|visitors|evacuees|interns|foreigners|drivers|engineers|graduates|women|men"),
    ("件", "comments|cases|applications|consultations|patents"),
    ("回", "times"),
    ("社", "companies|firms"),
    ("校", "schools"),
)  # fmt: skip


def english_kind(text: str) -> Asked | None:
    """The kind of answer that question word and noun ask for; None when they do not tell."""
    lower = text.lower()
    if _SHARE.search(lower):
        return "number"
    if _SINCE.search(lower):
        return "date"
    asked = _WHAT_IS.search(lower)
    return _KIND_OF_NOUN.get(re.split(r"[ -]", asked["noun"].strip())[-1]) if asked else None


def english_counter(text: str) -> str | None:
    """The unit of the figure that an English question asks for: 人 for how many workers, % for what share."""
    lower = text.lower()
    for unit, nouns in _COUNTED:
        if re.search(rf"\bhow many (?:[a-z\-]+ ){{0,3}}?(?:{nouns})\b", lower):
            return unit
    return "%" if _PERCENT.search(lower) else None


def with_japanese_dates(text: str) -> str:
    """The text with May 9, 2013 as 2013年5月9日 and fiscal 2023 as 2023年度."""

    def written(found: re.Match[str]) -> str:
        day = f"{found['day']}日" if found["day"] else ""
        return f"{found['year']}年{_MONTHS.index(found['month'].lower()) + 1}月{day}"

    return _FISCAL.sub(r"\1年度", _DATE.sub(written, text))
