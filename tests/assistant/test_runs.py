"""What makes a list on a page: items side by side, things told one by one, names under a heading."""

import pytest

from assistant.runs import announces, ordinal, parts_below, runs

from .pages import LISTS, candidates_of

TOLD = (
    "　協議会は新たに三つの組織を設けた。\n　ひとつは、あさひ商社で、展示会を開く。\n　その職員は5人である。\n"
    "　第2は、ゆうひ基金で、資金を出す。\n　そして第 3 に、まひる研究所を開いた。\n"
)
PARTS = (
    "■ 成功の要件\n(1)連携の強化\n　大学と企業が組み、会を開いた。\n　会員も増えた。\n"
    "(2)資金の確保\n　基金を設けた。\n(3)人の育成\n　講座を開いた。\n"
)
NAMES = "■ 若草県における支援の仕組み\n\nあさひ研究会\n大学を中心とした研究会\n若草県技術センター\n"


def texts(pages: str) -> list[list[str]]:
    return [[c.unit.text for c in run] for run in runs(candidates_of(pages))]


@pytest.mark.parametrize(
    "text",
    [
        "企業は、次の3社である。",
        "要件は以下のとおり。",
        "取組は次のとおりである。",
        "会員：",
        "調査は、次の市町を対象としない。",
    ],
)
def test_sentence_that_only_leads_in_announces(text: str) -> None:
    assert announces(text)


@pytest.mark.parametrize("text", ["会員数は328である。", "次の世代の人材を育てる事業が始まり、会員も増えた。"])
def test_sentence_that_says_something_does_not_announce(text: str) -> None:
    assert not announces(text)


def test_item_that_announces_the_next_ones_ends_its_run() -> None:
    pages = "■ 図\n・川の産業を改める。\n・新しい産業は次の2項目である。\n・紙の産業\n・木の産業\n"
    assert texts(pages) == [["・川の産業を改める。", "・新しい産業は次の2項目である。"], ["・紙の産業", "・木の産業"]]


def test_outer_bullets_are_one_list_whatever_stands_under_each() -> None:
    pages = (
        "■ 特徴\n・業績のよさ\n　– 市場を読む力\n　– 研究を好む心\n・地域の中核\n　– 多くの外注先\n■ 課題\n・人の不足\n"
    )
    assert texts(pages)[0] == ["・業績のよさ", "・地域の中核"]


def test_item_that_speaks_of_those_before_it_ends_the_list() -> None:
    pages = "■ 協力する会社\n・あさひ商社\n・ゆうひ商社\n・これらの会社は、人を紹介する。\n・会の職員は5人である。\n"
    assert texts(pages)[0] == ["・あさひ商社", "・ゆうひ商社"]


def test_sentences_that_count_up_are_one_list() -> None:
    (run,) = texts(TOLD)
    assert [t[:6] for t in run] == ["ひとつは、あ", "第2は、ゆう", "そして第 3"]


def test_sentences_that_do_not_count_up_are_none() -> None:
    assert texts(TOLD.replace("第2は", "第4は")) == []


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("第２に、資金を出す。", 2, "資金を出す。"),
        ("三つ目は、港である。", 3, "港である。"),
        ("もう一つは、港である。", 0, "港である。"),
        ("第2章では港を述べる。", None, "第2章では港を述べる。"),
    ],
)
def test_number_that_a_sentence_opens_with_is_read(text: str, number: int | None, rest: str) -> None:
    found, end = ordinal(text)
    assert (found, text[end:]) == (number, rest)


def test_numbered_headings_are_one_list_however_much_stands_under_each() -> None:
    assert texts(PARTS) == [["(1)連携の強化", "(2)資金の確保", "(3)人の育成"]]


def test_number_of_a_section_does_not_begin_the_list_of_its_parts() -> None:
    pages = "13. 取組の柱\n1. 港の再生\n2. 山の再生\n"
    assert texts(pages) == [["1. 港の再生", "2. 山の再生"]]


def test_numbered_parts_of_a_heading_stand_below_it() -> None:
    page = candidates_of(PARTS)
    assert [c.unit.text[:3] for c in parts_below(page[0], page)] == ["(1)", "(2)", "(3)"]
    assert parts_below(page[1], page) == []


def test_names_below_a_heading_are_its_list() -> None:
    page = candidates_of(NAMES)
    assert [c.unit.text for c in parts_below(page[0], page)] == NAMES.split("\n")[2:-1]


def test_sentences_below_a_heading_are_no_names() -> None:
    page = candidates_of("支援の仕組み\nあさひ研究会\n県が研究会を支えている。\n")
    assert parts_below(page[0], page) == []


def test_marked_lists_are_found_between_headings() -> None:
    assert [len(r) for r in texts(LISTS)] == [3, 4]
