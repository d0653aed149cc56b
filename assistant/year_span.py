"""The other end of a span of which a question names one end and the length: 1975年からの20年で, 2005年までの10年間, 2010年から5年後."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.dates import DateMention
from corpus.fold import fold

_LENGTH = re.compile(
    r"\s*度?\s*(?P<way>から|以降|まで|の)(?:の|、)?(?P<length>\d{1,2})(?:年間?|か年)(?P<end>で|に|の間|後|前|にわたり|にわたって|、)"
)


def with_other_end(text: str, dates: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """The dates, and the year at the other end where the question names one year and how long the span is.

    >>> [d.year for d in with_other_end("1975年からの20年で", (DateMention(0, 5, 1975),))]
    [1975, 1995]
    """
    if len(dates) != 1:
        return tuple(dates)
    date = dates[0]
    span = _LENGTH.match(fold(text[date.end :]).text)
    if not span or (span["way"] == "の") != (span["end"] in ("後", "前")):
        return tuple(dates)
    back = span["way"] == "まで" or span["end"] == "前"
    length = int(span["length"]) * (-1 if back else 1)
    other = replace(date, year=date.year + length, month=None, day=None, start=date.end, end=date.end + span.end())
    return tuple(sorted((date, other), key=lambda d: d.year))
