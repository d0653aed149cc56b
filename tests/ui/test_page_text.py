"""A page's text as HTML: nothing is lost or added, and what is cited is marked wherever it stands."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from ui.page_text import page_text_html
from ui.words_ja import JA

TABLE = (
    "# 予算\n\n（単位：千円）\n\n| 区分 | 令和5年度 |\n|---|---|\n| 運行費 | 12,300 |\n| 施設費 | 4,560 |\n\n終わり\n"
)


def html(text: str, start: int = 0, end: int = 0) -> str:
    return page_text_html(text, start, end, JA)


def words_of(markup: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", markup)))


def test_rows_are_a_table_under_their_heads() -> None:
    assert html(TABLE) == (
        '<strong class="tk-heading">予算</strong>\n\n（単位：千円）\n<table class="tk-rows">'
        '<tr><th scope="col">区分</th><th scope="col">令和5年度</th></tr>'
        '<tr><td>運行費</td><td class="tk-figure">12,300</td></tr>'
        '<tr><td>施設費</td><td class="tk-figure">4,560</td></tr></table>\n終わり\n'
    )


def test_a_cited_row_is_marked_cell_by_cell_and_the_first_mark_is_where_the_page_scrolls_to() -> None:
    start = TABLE.index("施設費")
    marks = re.findall(r"<mark([^>]*)>([^<]*)</mark>", html(TABLE, start, TABLE.index("4,560") + 5))
    assert [text for _, text in marks] == ["施設費", "4,560"]
    assert 'id="tk-mark"' in marks[0][0]
    assert marks[1][0] == ' class="tk-marked"'


def test_a_mark_in_running_text_is_one_mark() -> None:
    assert html("前の文。\n後の文。\n", 2, 7).count("<mark") == 1
    assert "前の<mark" in html("前の文。\n後の文。\n", 2, 7)


def test_what_looks_like_markup_stays_text() -> None:
    assert html("| <b>甲</b> | 1 |") == (
        '<table class="tk-rows"><tr><td>&lt;b&gt;甲&lt;/b&gt;</td><td class="tk-figure">1</td></tr></table>'
    )


@settings(deadline=None, max_examples=300, database=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(["| 甲 | 12 |", "|---|---|", "# 見出し", "本文である。", "", "|", "| |", "a | b", "<i>&amp;"]),
        max_size=8,
    ),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_no_word_is_lost_and_the_marked_words_are_the_span(lines: list[str], start: int, length: int) -> None:
    text = "\n".join(lines)
    end = min(start + length, len(text))
    markup = html(text, start, end)
    signs = re.compile(r"[|#\s-]")
    assert signs.sub("", words_of(markup)) == signs.sub("", text)
    marked = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", markup, re.DOTALL))
    assert signs.sub("", words_of(marked)) == signs.sub("", text[start:end])
