"""A list in one line: what its marks count, in their order."""

from dataclasses import replace

import pytest

from assistant.inline_items import inline_items

from .pages import candidates_of, said

FIELDS = "■ 予算の方針\n　事業を見直し、次の３つを重点分野として予算を配分した。\n　① 子どもの育ち ② 港のにぎわい ③ 雨に強いまち\n　残りは次の年に回す。\n"


def items(line: str) -> list[str]:
    return [c.unit.text for c in inline_items(candidates_of(f"{line}\n")[0])]


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("① 子どもの育ち ② 港のにぎわい ③ 雨に強いまち", ["子どもの育ち", "港のにぎわい", "雨に強いまち"]),
        (
            "１点目は人への投資、２点目は技術の育成、３点目は地域の連携です。",
            ["人への投資", "技術の育成", "地域の連携です"],
        ),
        ("選ぶ1 育てる２ 広げる３", ["選ぶ", "育てる", "広げる"]),
    ],
)
def test_marks_of_one_line_count_its_items(line: str, listed: list[str]) -> None:
    assert items(line) == listed


def test_labels_that_count_down_are_read_in_their_order_and_end_with_their_line() -> None:
    lines = candidates_of("方向性.2 客船を呼ぶ\n方向性.1 魚を加工する\n港の船が減った。\n")
    whole = replace(lines[0], unit=replace(lines[0].unit, end=lines[-1].unit.end))
    assert [c.unit.text for c in inline_items(whole)] == ["魚を加工する", "客船を呼ぶ"]


@pytest.mark.parametrize(
    "line", ["令和1年 2月 3日", "② 港のにぎわい ③ 雨に強いまち", "視点.1 魚 課題.2 船", "会員は① 5社である。"]
)
def test_numbers_that_count_no_items_make_no_list(line: str) -> None:
    assert items(line) == []


def test_line_of_items_below_a_sentence_that_announces_them_answers() -> None:
    assert (
        said("予算の3つの重点分野を挙げてください。", FIELDS)
        == "3つあります：子どもの育ち、港のにぎわい、雨に強いまち。"
    )
