from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

from assistant.answer import Answer, Checks, Citation, CitedConflict
from index.ledger import DocumentRow
from ui.copies import answer_url, as_html, as_markdown, as_official_text, page_url
from ui.words_en import EN
from ui.words_ja import JA

BASE = "http://server/tenkyo/"
ROW = DocumentRow("plan", "計画", "県", "2024-03", "ページ", "", "0", "folder", "x", "c", (), "", "", 3)
FIRST = Citation(1, "plan", "計画", "ii", 2, "ページ", "会員数３２８", 4, 10, "")
SECOND = Citation(2, "plan", "計画", "別表 1/2", 3, "ページ", "企業は１９３社", 0, 7, "")
ANSWER = Answer(
    "a1", "会員数は？", "会員数は328です。[1][2]\n内訳は別表のとおりです。[2]", False, (FIRST, SECOND), (), Checks(True), "built-in", {}, "g"
)  # fmt: skip


def test_official_text_puts_notes_before_the_full_stop_and_explains_them_below() -> None:
    assert as_official_text(ANSWER, {"plan": ROW}, BASE, JA) == (
        "（問）\n　会員数は？\n（答）\n　会員数は328です（注１、２）。\n　内訳は別表のとおりです（注２）。\n\n"
        "（注１）「計画」（県、2024年3月）ページ ii\n　　原文：会員数３２８\n"
        "（注２）「計画」（県、2024年3月）ページ 別表 1/2\n　　原文：企業は１９３社\n"
    )


def test_a_conflict_is_handed_on_in_every_form() -> None:
    answer = replace(ANSWER, conflicts=(CitedConflict("328[1]と331[2]", (1, 2)),))
    for form in (as_official_text, as_markdown, as_html):
        for words in (JA, EN):
            assert words.copy_conflict.rstrip(".") in form(answer, {}, BASE, words)


def test_markdown_has_a_footnote_for_each_source_with_a_link_to_the_marked_page() -> None:
    text = as_markdown(ANSWER, {"plan": ROW}, BASE, JA)
    assert "会員数は328です。[^1][^2]" in text
    assert f"[^1]: [「計画」（県、2024年3月）ページ ii](<{page_url(FIRST, BASE)}>) 原文：会員数３２８" in text


def test_text_of_documents_is_no_markup_in_a_copy() -> None:
    hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) **b**\n# h"
    answer = replace(
        ANSWER, question=hostile, answer=hostile + "[1]", citations=(replace(FIRST, title=hostile, quote=hostile),)
    )
    tags = Tags(as_html(answer, {}, BASE, JA))
    assert set(tags.names) == {"div", "p", "strong", "sup", "a", "ol", "li", "br"}
    assert all(link.startswith(BASE) for link in tags.links)
    markdown = as_markdown(answer, {}, BASE, JA)
    assert "<img" not in markdown.replace("\\<img", "")
    assert "[x](" not in markdown
    assert "\n#" not in markdown


def test_direction_marks_are_not_handed_on() -> None:
    answer = replace(ANSWER, answer="100\u202e円です。[1]")
    for form in (as_official_text, as_markdown, as_html):
        assert "\u202e" not in form(answer, {}, BASE, JA)


def test_addresses_name_the_span_and_the_answer() -> None:
    query = parse_qs(urlsplit(page_url(SECOND, BASE)).query)
    assert query == {"document": ["plan"], "page": ["別表 1/2"], "start": ["0"], "end": ["7"]}
    assert answer_url(ANSWER, BASE) == f"{BASE}?answer=a1"


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
