from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.fold import key
from corpus.numeral import NUMBER, grouped, parse_numeral, plain

MANY = settings(deadline=None, max_examples=200, database=None, derandomize=True)
FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
_DIGITS = "〇一二三四五六七八九"


def below_10000(number: int) -> str:
    out = ""
    for scale, name in ((1000, "千"), (100, "百"), (10, "十")):
        digit, number = divmod(number, scale)
        if digit:
            out += ("" if digit == 1 else _DIGITS[digit]) + name
    return out + (_DIGITS[number] if number else "")


def in_kanji(number: int) -> str:
    """12,030,000 → 千二百三万"""
    if number == 0:
        return "〇"
    out = ""
    for scale, name in ((10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, "")):
        part, number = divmod(number, scale)
        if part:
            out += (below_10000(part) if part != 1 or not name else "一") + name
    return out


def mixed(number: int) -> str:
    """289,452,000 → 2億8,945万2,000"""
    out = ""
    for scale, name in ((10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, "")):
        part, number = divmod(number, scale)
        if part:
            out += f"{part:,}{name}"
    return out or "0"


@MANY
@given(st.integers(0, 10**16 - 1))
def test_every_way_to_write_a_number_has_the_same_value(number: int) -> None:
    forms = {str(number), f"{number:,}", mixed(number), in_kanji(number), "".join(_DIGITS[int(d)] for d in str(number))}
    forms |= {form.translate(FULL_WIDTH) for form in forms}
    assert {form: parse_numeral(key(form)) for form in forms} == dict.fromkeys(forms, Decimal(number))


@MANY
@given(st.decimals(0, 10**9, places=3), st.sampled_from([("万", 10**4), ("億", 10**8), ("兆", 10**12), ("", 1)]))
def test_a_decimal_counts_its_scale(value: Decimal, scale: tuple[str, int]) -> None:
    assert parse_numeral(f"{value:f}{scale[0]}") == value * scale[1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二〇一〇", 2010),
        ("千二百", 1200),
        ("一〇〇万", 1_000_000),
        ("3億1,200万", 312_000_000),
        ("3千5百万", 35_000_000),
        ("289百万", 289_000_000),
        ("2 万 5 千", 25_000),
        ("百", 100),
        ("万", 10_000),
        ("壱万", 10_000),
        ("0千", 0),
        ("0百万", 0),
        ("0億", 0),
        ("〇", 0),
    ],
)
def test_numerals_have_the_value_that_a_reader_gives_them(text: str, value: int) -> None:
    assert parse_numeral(text) == value


@pytest.mark.parametrize("text", ["", " ", "人", "3人", "1,2345", "10,00", "1.2.3", "第3", "-5"])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("10万 20万", ["10万", "20万"]),
        ("3億 5億", ["3億", "5億"]),
        ("10万 500", ["10万", "500"]),
        ("10万500", ["10万500"]),
        ("2 万 500", ["2 万 500"]),
        ("68億 5000万", ["68億 5000万"]),
        ("2億8,945万2千", ["2億8,945万2千"]),
        ("1 兆2,000億", ["1 兆2,000億"]),
    ],
)
def test_numbers_of_neighbouring_cells_are_not_one_number(text: str, numbers: list[str]) -> None:
    assert re.findall(NUMBER, text) == numbers


@MANY
@given(st.text(alphabet="0123456789,.一二三〇十百千万億兆 人", max_size=20) | st.text(max_size=20))
def test_any_text_is_a_number_or_none(text: str) -> None:
    value = parse_numeral(key(text))
    assert value is None or value >= 0


@MANY
@given(st.decimals(-(10**12), 10**12, places=4))
def test_plain_and_grouped_keep_the_value(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert Decimal(grouped(value).replace(",", "")) == value
    assert plain(value) == grouped(value).replace(",", "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1E+3", "1,000"),
        ("0E+3", "0"),
        ("289452000.00", "289,452,000"),
        ("0.20", "0.2"),
        ("-0.5", "-0.5"),
        ("1200", "1,200"),
    ],
)
def test_numbers_are_shown_without_exponent_and_trailing_zeros(value: str, expected: str) -> None:
    assert grouped(Decimal(value)) == expected


def test_long_numbers_are_not_rounded() -> None:
    assert plain(Decimal(10**40 + 1)) == str(10**40 + 1)
