"""A sentence that says what the asked term means is told from one that only uses it."""

import pytest

from assistant.definitions import defined

from .pages import candidates_of, said


@pytest.mark.parametrize(
    ("line", "least"),
    [
        ("「小さな市」とは、月に一度だけ開く市をいう。", 1.0),
        ("月に一度だけ開くものを小さな市という。", 0.8),
        ("小さな市は、月に一度だけ開く。", 0.6),
        ("県は小さな市の数を50か所に増やす。", 0.0),
        ("大きな小さな店とは別の制度である。", 0.0),
    ],
)
def test_form_tells_how_surely_a_line_defines(line: str, least: float) -> None:
    [candidate] = candidates_of(f"　{line}\n")
    assert defined("県の計画でいう「小さな市」とは何ですか", candidate) == least


def test_definition_under_its_heading() -> None:
    page = "■ 小さな市\n　・定義：月に一度だけ開く市\n"
    assert [defined("小さな市とは何ですか", c) for c in candidates_of(page)] == [0.0, 1.0]


def test_line_that_defines_answers_before_lines_that_use_the_term() -> None:
    page = "　小さな市の数は、県の計画で50か所とする。小さな市の支援は商工課が行う。「小さな市」とは、月に一度だけ開く市をいう。\n"
    assert said("県の計画でいう「小さな市」とは何ですか", page).startswith("「小さな市」とは、月に一度だけ開く")


def test_definition_alone_is_shown_even_where_it_was_set_as_a_note() -> None:
    page = "■ 支援\n　みどり相談員の派遣\n　みどり相談員の育成\n※みどり相談員は、第三者として企業を助ける\n■ 評価\n"
    assert said("県の分析でいう「みどり相談員」とは何ですか", page).startswith("みどり相談員は、第三者として")


def test_reason_that_takes_up_the_question_comes_first() -> None:
    page = "（３）収益納付 緑の補助金では収益納付は求めません。\n　収益納付を求めないのは、企業が賃上げに充てることを促すためです。\n"
    assert said("緑の補助金で、収益納付を求めないのはなぜですか？", page).startswith(
        "収益納付を求めないのは、企業が賃上げ"
    )
