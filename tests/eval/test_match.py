"""Values are compared as values, names as strings."""

import pytest

from eval.match import Reference, says, says_all


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("平成18年7月14日です。", "2006年7月14日"),
        ("2006年7月14日です。", "平成18年7月14日"),
        ("平成十八年七月十四日です。", "2006年7月14日"),
        ("2006年7月14日です。", "2006年7月"),
        ("H18.7.14", "2006年7月14日"),
        ("8418万8千円です。", "84,188千円"),
        ("84,188千円です。", "8418万8千円"),
        ("約1億2,000万円です。", "120百万円"),
        ("2兆円です。", "20000億円"),
        ("会員数は３２８です。", "328"),
        ("会員数は三百二十八人です。", "328人"),
        ("1,200事業所です。", "千二百事業所"),
        ("ＴＡＭＡ協会です。", "tama協会"),
        ("岩手 県です。", "岩手県"),
        ("2012/7に発足", "7月"),
        ("150万台です。", "150万"),
    ],
)
def test_equal_values_match_in_every_form(text: str, wanted: str) -> None:
    assert says(text, wanted, Reference(()))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2016年に始まった。", "16"),
        ("1,328人です。", "328"),
        ("3280人です。", "328"),
        ("39003058面積です。", "3058"),
        ("55万台です。", "55"),
        ("12兆円です。", "2兆"),
        ("平成18年7月15日です。", "2006年7月14日"),
        ("平成18年です。", "2006年7月14日"),
        ("84,188円です。", "84,188千円"),
        ("0.25%です。", "0.2"),
        ("宮城県です。", "岩手"),
        ("17月期です。", "7月"),
    ],
)
def test_a_figure_within_another_figure_does_not_match(text: str, wanted: str) -> None:
    assert not says(text, wanted, Reference.of(["正しくは328人"]))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2億8945万2千円です。", "2億89"),
        ("289,452千円です。", "28945"),
        ("2.89億円です。", "2.89"),
        ("28,945万円です。", "28945"),
    ],
)
def test_a_shortened_figure_matches_the_value_of_the_reference(text: str, wanted: str) -> None:
    assert says(text, wanted, Reference.of(["予算は289,452千円である。"]))


def test_a_shortened_figure_does_not_match_another_value() -> None:
    assert not says("2億8,999万円です。", "2億89", Reference.of(["予算は289,452千円である。"]))


def test_four_digits_are_a_year_where_a_date_is_asked() -> None:
    assert says_all("平成12年です。", [["2000", "平成12年"]], Reference(()))
    assert not says_all("2000人です。", [["2001", "平成13年"]], Reference(()))


def test_every_group_has_to_be_said() -> None:
    assert says_all("岩手県と宮城県です。", [["岩手"], ["宮城", "仙台"]], Reference(()))
    assert not says_all("岩手県です。", [["岩手"], ["宮城", "仙台"]], Reference(()))
