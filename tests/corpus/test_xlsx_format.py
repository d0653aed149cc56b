from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.xlsx_format import shown

EPOCH = datetime(1899, 12, 30)
DAY = datetime(2024, 4, 1, 9, 5)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12345, "#,##0", "12,345"),
        (-12345, "#,##0", "-12,345"),
        (12345.678, "#,##0.00", "12,345.68"),
        (0.1234, "0.0%", "12.3%"),
        (-1234, '#,##0;"△"#,##0', "△1,234"),
        (-1234.5, '#,##0.0;"▲ "#,##0.0', "▲1,234.5"),
        (-1234, "#,##0;[Red]-#,##0", "-1,234"),
        (12345678, "#,##0,", "12,346"),
        (1200, '#,##0"円"', "1,200円"),
        (1200, "[$¥-411]#,##0", "¥1,200"),
        (5, "0000", "0005"),
        (1200, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "1,200"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (0.5, "0.##", "0.5"),
        (1.25, '0.0"倍"', "1.3倍"),
        (3, 'General"人"', "3人"),
        (3.0, "General", "3"),
        (1.5, "General", "1.5"),
        (1, "@", "1"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        ("文字", "#,##0", "文字"),
        (0.1 + 0.2, "General", "0.3"),
    ],
)
def test_numbers_are_shown_as_excel_shows_them(value: object, code: str, text: str) -> None:
    assert shown(value, code, EPOCH) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (DAY, "yyyy/m/d", "2024/4/1"),
        (DAY, 'yyyy"年"m"月"d"日"', "2024年4月1日"),
        (DAY, '[$-411]ggge"年"m"月"d"日"', "令和6年4月1日"),
        (DAY, "[$-411]ge.m.d", "R6.4.1"),
        (45383, '[$-411]ggge"年"m"月"d"日"', "令和6年4月1日"),
        (45383, 'ggge"年度"', "令和6年度"),
        (datetime(2019, 4, 30), 'ggge"年"', "平成31年"),
        (datetime(2019, 5, 1), 'ggge"年"', "令和1年"),
        (DAY, "yyyy/mm/dd hh:mm", "2024/04/01 09:05"),
        (DAY, 'm"月"d"日("aaa")"', "4月1日(月)"),
        (date(2024, 4, 1), "General", "2024/4/1"),
        (time(9, 5), 'h"時"mm"分"', "9時05分"),
        (timedelta(hours=30, minutes=5), "[h]:mm:ss", "30:05:00"),
    ],
)
def test_dates_are_shown_as_excel_shows_them(value: object, code: str, text: str) -> None:
    assert shown(value, code, EPOCH) == text


@settings(deadline=None, max_examples=200, database=None, derandomize=True)
@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**18), 10**18) | st.datetimes(),
    st.text(alphabet='#0,.;%"円年月日ymdgeahs/[]$-4E+@_*\\ General', max_size=20),
)
def test_no_format_makes_it_fail(value: object, code: str) -> None:
    assert isinstance(shown(value, code, EPOCH), str)
