"""和暦 ↔ 西暦. An era's first year is 元年; the year in which eras change belongs to both."""

from __future__ import annotations

# First Gregorian year of each era and the last year that it names (from 1868, Meiji).
ERAS: tuple[tuple[str, str, int, int], ...] = (
    ("明治", "m", 1868, 1912),
    ("大正", "t", 1912, 1926),
    ("昭和", "s", 1926, 1989),
    ("平成", "h", 1989, 2019),
    ("令和", "r", 2019, 9999),
)


def gregorian(era: str, year: int) -> int | None:
    """The Gregorian year of era year `year` (平成 or its letter h); None when the era never had it."""
    for name, letter, first, last in ERAS:
        if era.lower() in (name, letter):
            value = first + year - 1
            return value if year >= 1 and value <= last else None
    return None


def era_names(year: int) -> tuple[str, ...]:
    """Every era year that names the Gregorian `year`, newest era first: 1989 → 平成元年, 昭和64年 without 年."""
    names = []
    for name, _, first, last in reversed(ERAS):
        if first <= year <= last:
            count = year - first + 1
            names.append(f"{name}{'元' if count == 1 else count}")
    return tuple(names)
