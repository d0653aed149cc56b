from __future__ import annotations

import pytest

from corpus.dates import find_dates
from corpus.era import ERAS, era_names, gregorian

YEARS = range(1868, 2061)


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_an_era_name_that_leads_back_to_it(year: int) -> None:
    names = era_names(year)
    assert names
    for name in names:
        assert [d.year for d in find_dates(f"{name}年に設立")] == [year]
        era, count = name[:2], name[2:]
        assert gregorian(era, 1 if count == "元" else int(count)) == year


def test_the_year_in_which_eras_change_has_both_names_newest_first() -> None:
    assert era_names(1989) == ("平成元", "昭和64")
    assert era_names(2019) == ("令和元", "平成31")
    assert era_names(1926) == ("昭和元", "大正15")
    assert era_names(1912) == ("大正元", "明治45")


def test_years_before_meiji_have_no_era() -> None:
    assert era_names(1867) == ()


def test_era_letters_stand_for_their_eras_in_either_case() -> None:
    for name, letter, first, _ in ERAS:
        assert gregorian(letter, 1) == gregorian(letter.upper(), 1) == gregorian(name, 1) == first


@pytest.mark.parametrize(
    ("era", "year"), [("平成", 32), ("昭和", 65), ("大正", 16), ("明治", 46), ("平成", 0), ("慶応", 3)]
)
def test_a_year_that_an_era_never_had_is_none(era: str, year: int) -> None:
    assert gregorian(era, year) is None
