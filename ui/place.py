"""Places and dates as an official reads them. Plain text."""

from __future__ import annotations

import re

from ui.words import Words

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")


def place(locator: str, label: str, words: Words) -> str:
    """`スライド 4`: what the label counts, and the printed label."""
    return words.place.format(locator=locator, label=label)


def readable_date(published: str, words: Words) -> str:
    """2024-03-29 as 2024年3月29日; what is no ISO date stays as it is."""
    match = _ISO_DATE.fullmatch(published.strip())
    if not match:
        return published
    year, month, day = (int(part or 0) for part in match.groups())
    return words.date.format(year=year, month=month, day=day) if day else words.month.format(year=year, month=month)
