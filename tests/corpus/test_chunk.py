from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.chunk import Chunk, chunk_context, chunk_page
from corpus.text_loader import TextLoader
from corpus.tokenizer import count_tokens
from corpus.units import Unit, page_units

MANY = settings(deadline=None, max_examples=100, database=None, derandomize=True)
LINES = st.lists(
    st.sampled_from(
        [
            "",
            "■ 体制",
            "■ 成果と課題",
            "◆ 川下地域",
            "1. 目的",
            "・会員を増やす",
            "・相談窓口を設け、県内の企業に参加を呼びかける",
            "県は会議を設けた。会員は10社である。",
            "会議は三年で会員を二倍に増やし、県内の工場の受注が伸びた。",
            "| 2011年 | 1,200千円 | 300 |",
            "| 2012年 | 1,450千円 | 400 |",
            "東団地 12.4ha",
            "西団地 7.5ha",
            "資本金： 68億円",
        ]
    ),
    max_size=25,
).map("\n".join)
PAGE = (
    "産業会議の取組\n\n■ 体制\n"
    + "県は三つの部会を設け、毎月開いた。" * 6
    + "\n\n■ 成果\n・会員が二倍になった\n・受注が伸びた\n"
)


def inside(chunk: Chunk, page: str) -> list[Unit]:
    return [u for u in page_units(page) if chunk.start <= u.start and u.end <= chunk.end]


@MANY
@given(LINES | st.text(alphabet="県の産業 \n|■・1２年。", max_size=80), st.integers(1, 60))
def test_chunks_hold_every_unit_of_the_page_whole_once_and_in_order(page: str, max_tokens: int) -> None:
    chunks = chunk_page(7, page, max_tokens)
    edges = [edge for c in chunks for edge in (c.start, c.end)]
    assert edges == sorted(edges)
    assert all(0 <= c.start < c.end <= len(page) and c.page_number == 7 for c in chunks)
    assert [u for c in chunks for u in inside(c, page)] == list(page_units(page))


@MANY
@given(LINES, st.integers(1, 60))
def test_a_chunk_keeps_the_limit_unless_one_unit_is_longer(page: str, max_tokens: int) -> None:
    for chunk in chunk_page(1, page, max_tokens):
        units = inside(chunk, page)
        assert len(units) == 1 or sum(count_tokens(u.text) for u in units) <= max_tokens


@MANY
@given(LINES, st.integers(10, 60))
def test_a_heading_ends_a_chunk_only_where_what_it_heads_does_not_fit(page: str, max_tokens: int) -> None:
    chunks = chunk_page(1, page, max_tokens)
    for chunk, following in pairwise(chunks):
        units = inside(chunk, page)
        if units[-1].kind == "heading":
            assert all(u.kind == "heading" for u in units)
            first = inside(following, page)[0]
            assert sum(count_tokens(u.text) for u in (*units, first)) > max_tokens


def test_chunk_never_crosses_a_page() -> None:
    pages = [page.text for page in TextLoader().load(f"{PAGE}\f{PAGE}".encode(), "a.txt").pages]
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        chunks = chunk_page(number, page, 40)
        assert all(c.page_number == number and c.end <= len(page) for c in chunks)
        assert inside(chunks[-1], page)[-1] == page_units(page)[-1]


def test_a_chunk_knows_the_headings_that_it_stands_under_but_not_its_own() -> None:
    chunks = chunk_page(1, PAGE, 20)
    assert chunks[0].headings == ()
    assert PAGE[chunks[0].start :].startswith("産業会議")
    last = chunks[-1]
    assert PAGE[last.start : last.end] == "■ 成果\n・会員が二倍になった\n・受注が伸びた"
    assert last.headings == ("産業会議の取組",)


def test_a_short_page_is_one_chunk() -> None:
    assert [(c.start, c.end) for c in chunk_page(1, "\n 県は会議を設けた。\n・会員は10社 \n", 256)] == [(2, 19)]


@pytest.mark.parametrize("page", ["", "\n　 \n"])
def test_a_blank_page_has_no_chunks(page: str) -> None:
    assert chunk_page(1, page, 256) == ()


def test_equal_pages_give_equal_chunks() -> None:
    assert chunk_page(1, PAGE, 40) == chunk_page(1, PAGE, 40)


def test_the_context_adds_title_and_headings_that_the_text_lacks() -> None:
    assert chunk_context("計画", ("第１章", "体制"), "県は会議を設けた。") == "計画\n第１章\n体制\n県は会議を設けた。"
    assert chunk_context("計画", ("体制",), " 体制\n県は") == "計画\n 体制\n県は"
