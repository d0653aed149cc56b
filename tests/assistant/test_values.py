"""The value of a unit is the one that the question asks for, shown as the document writes it."""

from decimal import Decimal

import pytest

from assistant.values import Value, cell_number, find_value, value_key

from .pages import ASSOC, SHIP, candidates_of, question_on, said


def value_of(question: str, text: str) -> Value:
    (unit,) = [c for c in candidates_of(text) if c.unit.kind != "heading"]
    found = find_value(question_on(question, text), unit)
    assert found is not None
    return found


@pytest.mark.parametrize(("asked", "value"), [("会員数", "３２８"), ("企業会員", "１９０"), ("大学会員", "２５")])
def test_figure_right_after_the_asked_words_is_taken(asked: str, value: str) -> None:
    assert said(f"あおば産業協議会の{asked}はいくつですか？", ASSOC).startswith(f"{value}です")


@pytest.mark.parametrize(("year", "value"), [(2008, "374億円"), (2018, "937億円")])
def test_value_with_its_year_in_brackets_answers_for_that_year(year: int, value: str) -> None:
    assert said(f"{year}年の水産加工品の出荷額はいくらですか？", SHIP).startswith(f"{value}です")


@pytest.mark.parametrize("bound", ["以下", "以上", "未満", "を超える額"])
def test_limit_is_not_the_figure(bound: str) -> None:
    text = f"　大空精機は、資本金3億円{bound}の企業向けの助成を受け、資本金は2億5千万円である。\n"
    assert value_of("大空精機の資本金はいくらですか？", text).text == "2億5千万円"


def test_thousands_of_yen_are_shown_with_the_full_amount() -> None:
    value = value_of("みなと計画の目標額はいくらですか？", "　みなと計画の目標額は289,452千円である。\n")
    assert (value.text, value.number, value.unit) == ("289,452千円（2億8,945万2千円）", Decimal(289_452_000), "円")


def test_asked_unit_is_shown_first_and_the_written_amount_beside_it() -> None:
    text = "　みなと計画の目標額は3億円である。\n"
    assert value_of("みなと計画の目標額は百万円単位でいくらですか？", text).text == "300百万円（3億円）"


def test_asked_decimals_are_rounded_half_up_and_named_as_computed() -> None:
    text = "　みなと計画の目標額は250,000千円である。\n"
    value = value_of("みなと計画の目標額は億円単位で小数第1位までいくらですか？", text)
    assert value.text.startswith("2.5億円（250,000千円")
    assert value.computed == (Decimal("2.5"),)


def test_value_stands_where_it_says() -> None:
    text = "　緑市の人口は8万人、世帯数は3万戸である。\n"
    value = value_of("緑市の人口は何人ですか？", text)
    (unit,) = candidates_of(text)
    assert unit.unit.text[slice(*value.where)] == "8万人"


def test_equal_amounts_have_equal_keys_whatever_their_form() -> None:
    a = value_of("目標額はいくらですか？", "　目標額は289,452千円である。\n")
    b = value_of("目標額はいくらですか？", "　目標額は2億8,945万2千円である。\n")
    assert value_key(a) == value_key(b)


def test_sentence_without_a_figure_gives_none() -> None:
    text = "　目標額は、別に定める。\n"
    assert find_value(question_on("目標額はいくらですか？", text), candidates_of(text)[0]) is None


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("万人", "45万人"),
        ("千人", "45千人"),
        ("百万円", "45百万円"),
        ("十億円", "450億円"),
        ("万台", "45万台"),
        ("人", "45人"),
    ],
)
def test_cell_keeps_the_scale_of_its_table(unit: str, shown: str) -> None:
    page = f"表１ 市の数（単位：{unit}）\n\n| 市 | 数 | 前年の数 |\n|---|---|---|\n| 若草市 | 45 | 44 |\n| 白浜市 | 12 | 11 |\n"
    rows = [c for c in candidates_of(page) if c.unit.kind == "row"]
    number = cell_number(rows[0], rows[0].unit.cells[1], rows)
    assert number is not None
    assert number[2] == shown


def test_value_of_the_asked_year_is_the_one_that_stands_after_it() -> None:
    page = "　人工種苗の割合を令和２年の15％から令和５年には43％に引き上げた。\n"
    assert said("人工種苗の割合は令和5年に何％になりましたか", page).startswith("43％です")
    assert said("人工種苗の割合は令和2年に何％でしたか", page).startswith("15％です")


def test_value_in_a_bracket_behind_a_clause_is_not_that_of_the_clause() -> None:
    page = "　協会は認可を得て、会員数520で始動（うち企業会員は264社）した。\n"
    assert said("協会が始動したときの会員数はいくつですか", page).startswith("520です")
    assert said("協会が始動したときの企業会員は何社ですか", page).startswith("264社です")


def test_number_of_an_item_is_no_value() -> None:
    page = "　計画：①自動車の事業所1,200の集積を目指す。\n"
    assert said("計画では自動車の事業所をいくつ集めますか", page).startswith("1,200です")


def test_figure_with_the_asked_counter_comes_before_a_bare_one() -> None:
    page = "　会員数440で始動（うち企業会員は217社）。\n"
    assert said("始動したときの企業の会員は何社ですか", page).startswith("217社です")
