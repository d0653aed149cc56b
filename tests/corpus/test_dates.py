from __future__ import annotations

import calendar
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dates import DateMention, era_shorthand, find_dates, last_era, listed_dates
from corpus.era import era_names

MANY = settings(deadline=None, max_examples=150, database=None, derandomize=True)
FULL_WIDTH = str.maketrans("0123456789/.HRS", "０１２３４５６７８９／．ＨＲＳ")
DIGITS = "〇一二三四五六七八九"
LETTERS = {"昭和": "S", "平成": "H", "令和": "R"}
Found = tuple[str, int, int | None, int | None, bool]


def found(text: str, *, bare_years: bool = False) -> list[Found]:
    return [(text[d.start : d.end], d.year, d.month, d.day, d.fiscal) for d in find_dates(text, bare_years=bare_years)]


def years(text: str, *, bare_years: bool = False) -> list[int]:
    return [d.year for d in find_dates(text, bare_years=bare_years)]


def kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


def written(year: int, month: int, day: int) -> set[str]:
    """The ways to write a day."""
    forms = {
        f"{year}年{month}月{day}日",
        f"{year} 年 {month} 月 {day} 日",
        f"{year}/{month}/{day}",
        f"{year}.{month}.{day}",
    }
    forms |= {f"{year}-{month:02}-{day:02}", f"{year}/{month:02}/{day:02}"}
    forms.add("".join(DIGITS[int(c)] for c in str(year)) + f"年{kanji(month)}月{kanji(day)}日")
    for name in era_names(year):
        era, count = name[:2], name[2:]
        forms |= {
            f"{name}年{month}月{day}日",
            f"{era} {count} 年 {month} 月 {day} 日",
            f"{year}年（{name}年）{month}月{day}日",
        }
        forms |= {f"{year}（{name}）年{month}月{day}日", f"{name}（{year}）年{month}月{day}日"}
        if count != "元":
            forms |= {f"{era}{kanji(int(count))}年{kanji(month)}月{kanji(day)}日"}
            if era in LETTERS:
                forms |= {f"{LETTERS[era]}{count}年{month}月{day}日", f"{LETTERS[era]}{count}.{month}.{day}"}
    return forms | {form.translate(FULL_WIDTH) for form in forms}


@MANY
@given(st.integers(1868, 2060), st.integers(1, 12), st.data())
def test_every_way_to_write_a_day_is_found_whole_with_the_same_value(
    year: int, month: int, data: st.DataObject
) -> None:
    day = data.draw(st.integers(1, calendar.monthrange(year, month)[1]))
    for form in written(year, month, day):
        for text in (form, f"会議は{form}に開いた。", f"（{form}）", f"発足：{form}、県庁"):
            assert found(text) == [(form, year, month, day, False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２００７年５月に拡大", ("２００７年５月", 2007, 5, None, False)),
        ("平成10年の 4 月から", ("平成10年の 4 月", 1998, 4, None, False)),
        ("H23年8月", ("H23年8月", 2011, 8, None, False)),
        ("H 23 年度", ("H 23 年度", 2011, None, None, True)),
        ("Ｒ５年度", ("Ｒ５年度", 2023, None, None, True)),
        ("平成元年度", ("平成元年度", 1989, None, None, True)),
        ("令和元年5月1日", ("令和元年5月1日", 2019, 5, 1, False)),
        ("2001年度の予算", ("2001年度", 2001, None, None, True)),
        ("FY2010", ("FY2010", 2010, None, None, True)),
        ("’98年4月", ("’98年4月", 1998, 4, None, False)),
        ("‘05", ("‘05", 2005, None, None, False)),
        ("（2013.6）", ("2013.6", 2013, 6, None, False)),
        ("2013.6現在", ("2013.6", 2013, 6, None, False)),
        ("H23.8", ("H23.8", 2011, 8, None, False)),
        ("二〇一〇年", ("二〇一〇年", 2010, None, None, False)),
        ("千九百九十八年五月", ("千九百九十八年五月", 1998, 5, None, False)),
        ("二千十年度", ("二千十年度", 2010, None, None, True)),
        ("㍻23年", ("㍻23年", 2011, None, None, False)),
        ("平成\n　２３ 年", ("平成\n　２３ 年", 2011, None, None, False)),
        ("M45年", ("M45年", 1912, None, None, False)),
    ],
)
def test_parts_of_a_date_are_found_as_far_as_they_are_given(text: str, expected: Found) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2000～2010年度の推移", [("2000", 2000, None, None, True), ("2010年度", 2010, None, None, True)]),
        ("2000-2010年", [("2000", 2000, None, None, False), ("2010年", 2010, None, None, False)]),
        ("2000年度～2010年度", [("2000年度", 2000, None, None, True), ("2010年度", 2010, None, None, True)]),
        ("2003～05年度", [("2003", 2003, None, None, True), ("05年度", 2005, None, None, True)]),
        ("1998～02年", [("1998", 1998, None, None, False), ("02年", 2002, None, None, False)]),
        ("平成13～15年度", [("平成13", 2001, None, None, True), ("15年度", 2003, None, None, True)]),
        ("平成13年度から15年度まで", [("平成13年度", 2001, None, None, True), ("15年度", 2003, None, None, True)]),
        ("H10年～14年", [("H10年", 1998, None, None, False), ("14年", 2002, None, None, False)]),
        ("平成13年4月～15年3月", [("平成13年4月", 2001, 4, None, False), ("15年3月", 2003, 3, None, False)]),
        ("昭和60～平成2年", [("昭和60", 1985, None, None, False), ("平成2年", 1990, None, None, False)]),
    ],
)
def test_both_ends_of_a_range_share_what_is_written_once(text: str, expected: list[Found]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2000年～10年間", [2000]),
        ("平成13年から3年間", [2001]),
        ("平成3年から5年が経過", [1991]),
        ("平成20年度は5件であったが24年度、25年度", [2008]),
    ],
)
def test_a_length_of_time_and_a_year_without_its_era_are_no_dates(text: str, expected: list[int]) -> None:
    assert years(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "面積 m2",
        "㎡",
        "面積100m2",
        "M7.3の地震",
        "H2Oと",
        "the company's 5 plants",
        "TAMA's 2010 budget",
        "平成100年",
        "平成32年",
        "昭和2丁目",
        "平成大学",
        "平成三十",
        "1985.4億円",
        "2000.5万人",
        "2000/10,000",
        "03-2012-5678",
        "第2010号",
        "12010年",
        "20年度",
        "10年間",
        "2,010",
        "2010人",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert years(text) == []


def test_a_year_after_a_full_width_comma_or_a_heading_number_is_found() -> None:
    assert years("協議会は，2001年に発足") == [2001]
    assert years("2005，2006年") == [2006]
    assert years("１．２００６年の動き") == [2006]


def test_a_month_that_does_not_exist_is_left_out() -> None:
    assert found("平成18年13月") == [("平成18年", 2006, None, None, False)]
    assert found("平成18年1月32日") == [("平成18年", 2006, None, None, False)]


@pytest.mark.parametrize("text", ["TAMA 2010", "What was the budget in 2010?", "2010の予算", "2010, 事業費", "2010"])
def test_a_year_without_its_sign_counts_only_where_it_is_asked_for(text: str) -> None:
    assert years(text) == []
    assert years(text, bare_years=True) == [2010]


@pytest.mark.parametrize("text", ["2010人", "2,010", "2010.55", "12010", "2010万円", "3010", "1939"])
def test_a_bare_number_with_a_unit_or_outside_living_memory_is_no_year(text: str) -> None:
    assert years(text, bare_years=True) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14年度は5件、15年度は8件", [("14年度", 2002, None, None, True), ("15年度", 2003, None, None, True)]),
        ("14年4月1日に移った", [("14年4月1日", 2002, 4, 1, False)]),
        ("14年四月に移った", [("14年四月", 2002, 4, None, False)]),
        ("14年13月", [("14年", 2002, None, None, False)]),
        ("平成14年度と2003年度", []),
        ("14年間で、10年後に、3年連続、第2年、50年", []),
    ],
)
def test_years_written_short_belong_to_the_era_that_the_caller_names(text: str, expected: list[Found]) -> None:
    assert [(text[d.start : d.end], d.year, d.month, d.day, d.fiscal) for d in era_shorthand(text, "平成")] == expected


@pytest.mark.parametrize(
    ("text", "era"), [("昭和60年から平成2年", "平成"), ("平成2年と2001年", "平成"), ("2001年", None), ("", None)]
)
def test_the_era_that_was_named_last_is_the_one_a_text_goes_on_with(text: str, era: str | None) -> None:
    assert last_era(text) == era


def test_precision_counts_the_given_parts() -> None:
    assert [DateMention(0, 1, 2000, *rest).precision for rest in ((), (4,), (4, 1))] == [1, 2, 3]


@MANY
@given(
    st.text(max_size=80)
    | st.text(alphabet="平成昭和HhRMs元年度月日0123456789０９～-/.,（）('’の \n一十〇千", max_size=60)
)
def test_any_text_gives_ordered_dates_within_it_that_do_not_overlap(text: str) -> None:
    assert all(0 <= d.start < d.end <= len(text) for d in era_shorthand(text, "昭和"))
    for bare_years in (False, True):
        dates = find_dates(text, bare_years=bare_years)
        edges = [edge for d in dates for edge in (d.start, d.end)]
        assert edges == sorted(edges)
        assert all(0 <= d.start < d.end <= len(text) for d in dates)
        assert all(d.month is None or 1 <= d.month <= 12 for d in dates)
        assert all(d.day is None or (d.month is not None and 1 <= d.day <= 31) for d in dates)
        assert all(1800 <= d.year <= 9999 for d in dates)


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "平成" * 10_000, "2000年" * 1000, "平成1" + " " * 20_000, "二" * 20_000, "2000-" * 4000]
)
def test_long_hostile_texts_take_no_long_time(text: str) -> None:
    begun = time.perf_counter()
    find_dates(text, bare_years=True)
    assert time.perf_counter() - begun < 3


def test_a_year_alone_in_brackets_is_a_year() -> None:
    assert years("米国の委員会（2001）による") == [2001]
    assert years("人口(1995)") == [1995]


@pytest.mark.parametrize(
    ("wanted", "said", "given"),
    [
        ("2009年", "平成21年4月1日", True),
        ("2009年4月", "2009年", False),
        ("2009年4月", "平成21年4月1日", True),
        ("2009年4月2日", "平成21年4月1日", False),
        ("2009年", "2008年", False),
    ],
)
def test_a_date_is_given_by_one_that_is_the_same_and_no_less_exact(wanted: str, said: str, given: bool) -> None:
    assert find_dates(wanted)[0].given_by(find_dates(said)[0]) is given


@pytest.mark.parametrize("text", ["比較（2000-2019, %）", "出荷額 2000→2019", "2000～2019年", "2000-2019年"])
def test_both_ends_of_a_span_of_years_are_dates(text: str) -> None:
    assert [d.year for d in find_dates(text)] == [2000, 2019]


def test_numbers_that_only_look_like_years_are_no_span() -> None:
    assert find_dates("電話 1234-20001-20195") == ()


def test_first_year_of_an_era_in_a_column_head_is_a_date() -> None:
    assert [d.year for d in find_dates("R元")] == [2019]
    assert [d.year for d in find_dates("| H30 | R元 | R2 |")] == [2018, 2019, 2020]
    assert find_dates("S元素の量") == ()


@pytest.mark.parametrize("text", ["2017時点では、年間約3,000件", "2017頃", "2017 現在"])
def test_year_before_a_word_of_time_needs_no_unit(text: str) -> None:
    assert [d.year for d in find_dates(text)] == [2017]


def test_figure_before_another_word_is_no_year() -> None:
    assert not find_dates("2017件の相談")


def test_years_of_a_list_share_the_era_that_is_written_once() -> None:
    assert [d.year for d in listed_dates("平成25年、26年、27年の額")] == [2013, 2014, 2015]
    assert [d.year for d in listed_dates("平成25年に26年の契約を結んだ")] == [2013]
    assert [d.year for d in listed_dates("25年、26年の額")] == []
