from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant.answer import Answer, Checks, Citation, CitedConflict, Evidence
from corpus.document import Page
from index.ledger import DocumentRow
from index.library import PageView
from ui.about import Facts, built_at, render_about
from ui.escape import safe
from ui.place import readable_date
from ui.render import lead_value, render_answer, render_failure, render_waiting, render_welcome
from ui.scope import render_scope, year_of
from ui.source_page import Original, notes_of, render_page
from ui.words_en import EN
from ui.words_ja import JA

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>[押す](javascript:alert(3))\"'><b>${x}{{y}} 100\u202e円\u202c"
)
CITATION = Citation(1, "plan", "推進計画", "ii", 2, "ページ", "会員数３２８", 3, 9, "")
ANSWER = Answer(
    "a1",
    "設立時の会員数は？",
    "令和４年の会員数は328で、193社を含みます。[1]事務局は県です。[1]",
    False,
    (CITATION,),
    (),
    Checks(True),
    "built-in",
    {"total": 63.0},
    "g1",
)
ROW = DocumentRow("plan", "推進計画", "県", "2024-03-29", "ページ", "", "0", "folder", "x", "default", (), "", "", 3)


class Markup(HTMLParser):
    """The elements with their attributes, and the text, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def buttons(html: str, kind: str) -> list[dict[str, str | None]]:
    return [b for b in Markup(html).named("button") if b["class"] == kind]


def assert_harmless(html: str) -> None:
    seen = Markup(html)
    assert not {"script", "b"} & {tag for tag, _ in seen.elements}
    targets = [one.get("href") or one.get("src") or "" for tag in ("a", "img") for one in seen.named(tag)]
    assert all(target.startswith(("./v1/documents/", "../v1/documents/")) for target in targets)
    for _, attributes in seen.elements:
        assert not [name for name in attributes if name.startswith("on")]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)


def test_markers_become_buttons_that_name_their_page_and_span() -> None:
    found = buttons(render_answer(ANSWER, JA), "tk-marker")
    assert len(found) == 2
    assert found[0]["data-marker"] == "1"
    assert (found[0]["data-document"], found[0]["data-page"]) == ("plan", "ii")
    assert (found[0]["data-start"], found[0]["data-end"]) == ("3", "9")
    assert found[0]["aria-label"] == "典拠1を表示：推進計画、ページ ii"


def test_a_marker_without_a_citation_is_no_button() -> None:
    html = render_answer(replace(ANSWER, answer="会員数は328です。[7]"), JA)
    assert not buttons(html, "tk-marker")
    assert "[7]" in Markup(html).text


def test_a_marker_is_kept_with_the_character_before_it() -> None:
    assert '<span class="tk-keep">。<button' in render_answer(ANSWER, JA)


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("令和４年の会員数は328で、193社を含みます。[1]", "令和４年の会員数は？", "328"),
        ("令和４年の会員数は３２８です。[1]", "2022年の会員数は？", "３２８"),
        ("2011年の費用: 229千円.[1]", "How much was the cost in fiscal year 2011?", "229千円"),
        ("計画期間は令和６年度からです。[1]", "計画期間は？", "令和６年度"),
        ("事務局は県政策企画課です。[1]費用は100円です。[2]", "事務局は？", ""),
        ("生産金額（億円）は2,636億円です。[1]", "生産金額は？", "2,636億円"),
        ("", "質問", ""),
    ],
)
def test_the_first_value_that_the_question_does_not_hold_is_emphasised(text: str, question: str, value: str) -> None:
    start, end = lead_value(text, question)
    assert text[start:end] == value


def test_the_shown_text_is_the_answer_to_the_letter() -> None:
    body = re.search(r'<div class="tk-answer[^>]*>(.*?)</div>', render_answer(ANSWER, JA))
    assert body
    assert Markup(body[1]).text == ANSWER.answer
    assert '<strong class="tk-value">' in body[1]


def test_an_abstention_says_so_in_words_and_lists_the_nearest_pages() -> None:
    html = render_answer(replace(ANSWER, abstained=True, answer="文書には3件も記載がありません。"), JA)
    assert JA.abstained in html
    assert JA.nearest in html
    assert f"<h3>{JA.sources}</h3>" not in html
    assert "tk-value" not in html


def test_a_conflict_names_its_markers() -> None:
    second = replace(CITATION, marker=2, document_id="cases")
    conflict = CitedConflict("会員数：328[1]と331", (1, 2))
    html = render_answer(replace(ANSWER, citations=(CITATION, second), conflicts=(conflict,)), JA)
    aside = html[html.index("<aside") : html.index("</aside>")]
    assert JA.conflict in aside
    assert [b["data-marker"] for b in buttons(aside, "tk-marker")] == ["1", "2"]


def test_unsupported_and_dropped_words_are_listed() -> None:
    html = render_answer(replace(ANSWER, checks=Checks(False, ("500円",), ("外した文。",))), JA)
    text = Markup(html).text
    assert JA.unchecked in text
    assert "500円" in text
    assert "外した文。" in text


def test_reader_and_time_stand_in_small_print() -> None:
    text = Markup(render_answer(ANSWER, JA)).text
    assert "内蔵リーダー" in text
    assert "0.06秒" in text
    assert "openai:x" in Markup(render_answer(replace(ANSWER, reader="openai:x"), JA)).text


def test_half_a_marker_is_held_back_while_streaming() -> None:
    assert Markup(render_waiting("問", "会員数は328です。[1", "…", JA)).text.endswith("328です。")


def test_hostile_text_is_only_text_everywhere() -> None:
    citation = replace(CITATION, title=HOSTILE, document_id=HOSTILE, page=HOSTILE, quote=HOSTILE, locator=HOSTILE)
    evidence = Evidence(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE, HOSTILE, 0, 3, HOSTILE, HOSTILE, HOSTILE)
    answer = Answer(
        "a",
        HOSTILE,
        HOSTILE + "[1]",
        False,
        (citation,),
        (CitedConflict(HOSTILE, (1,)),),
        Checks(False, (HOSTILE,), (HOSTILE,)),
        HOSTILE,
        {},
        "g",
        (evidence,),
    )
    row = replace(ROW, id=HOSTILE, title=HOSTILE, publisher=HOSTILE, published=HOSTILE, locator=HOSTILE, note=HOSTILE)
    view = PageView(row, Page(1, HOSTILE, HOSTILE), HOSTILE, HOSTILE)
    for words in (JA, EN):
        assert_harmless(render_answer(answer, words))
        assert_harmless(render_waiting(HOSTILE, HOSTILE, HOSTILE, words))
        assert_harmless(render_failure(HOSTILE, HOSTILE, words))
        assert_harmless(render_welcome([HOSTILE], words))
        assert_harmless(render_page(view, 3, 20, words, Original(True)))
        assert_harmless(render_scope([row], words))
        assert_harmless(render_about([row], HOSTILE, HOSTILE, Facts(HOSTILE), words))


def test_direction_marks_become_badges_that_are_not_copied() -> None:
    seen = Markup(safe("100\u202e円\x00", JA))
    assert [a["data-code"] for a in seen.named("span")] == ["U+202E", "U+0000"]
    assert seen.text == "100円"


def test_a_page_marks_exactly_the_span_in_code_points_and_keeps_white_space() -> None:
    text = "𠮷野家　\n\t会員数３２８  から\n"
    start = text.index("会員")
    html = render_page(PageView(ROW, Page(2, "ii", text), "i", None), start, start + 6, JA)
    assert f'<mark id="tk-mark" title="{JA.marked}">会員数３２８</mark>' in html
    assert text in Markup(html).text


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (900, 950), (-4, 0)])
def test_an_empty_or_impossible_span_marks_nothing(start: int, end: int) -> None:
    html = render_page(PageView(ROW, Page(1, "1", "本文"), None, None), start, end, JA)
    assert "<mark" not in html
    assert "本文" in html


def test_a_page_names_its_document_label_and_neighbours() -> None:
    html = render_page(PageView(replace(ROW, note="推定"), Page(2, "ii", "本文"), "i", None), 0, 0, JA)
    text = Markup(html).text
    for part in ("推進計画", "県", "2024年3月29日", "ページ ii", "ファイル内 2／3", "推定"):
        assert part in text
    steps = [b for b in Markup(html).named("button") if (b["class"] or "").startswith("tk-step")]
    assert steps[0]["data-page"] == "i"
    assert "disabled" in steps[1]


def test_documents_are_listed_with_title_publisher_date_and_pages() -> None:
    text = Markup(render_scope([ROW], JA)).text
    for part in ("すべて（1件）", "推進計画", "県", "2024年3月29日", "全3ページ"):
        assert part in text


@pytest.mark.parametrize(
    ("published", "shown"),
    [("2024-03-29", "2024年3月29日"), ("2024-10", "2024年10月"), ("令和6年", "令和6年"), ("", "")],
)
def test_only_iso_dates_are_reworded(published: str, shown: str) -> None:
    assert readable_date(published, JA) == shown


@pytest.mark.parametrize(
    ("published", "year"),
    [("2024-03-29", 2024), ("令和6年", 2024), ("2014頃", 2014), ("平成２５年６月", 2013), ("不明", None), ("", None)],
)
def test_a_year_is_read_from_any_writing_of_a_date(published: str, year: int | None) -> None:
    assert year_of(published) == year


def test_what_weakens_a_page_is_said_beside_it() -> None:
    row = replace(ROW, note="概要版", guessed=("page_labels", "title"))
    view = PageView(row, Page(1, "1", "", ocr=True, problem="文字がありません"), None, None)
    assert notes_of(view, JA) == (
        JA.recognised,
        "文字がありません",
        JA.guessed_title,
        JA.guessed_labels,
        "概要版",
    )


def test_a_page_with_a_picture_offers_both_views_and_the_original() -> None:
    html = render_page(PageView(ROW, Page(2, "別表 1/2", "本文"), None, None), 0, 2, EN, Original(True, 0.5))
    image = Markup(html).named("img")[0]
    assert image["src"] == "../v1/documents/plan/pages/%E5%88%A5%E8%A1%A8%201%2F2/image?start=0&end=2"
    assert [b["aria-pressed"] for b in buttons(html, "tk-view")] == ["true", "false"]
    assert Markup(html).named("a")[0]["href"] == "../v1/documents/plan/file#page=2"
    assert "tk-picture" not in render_page(PageView(ROW, Page(2, "1", "本文"), None, None), 0, 2, EN)


def test_settings_at_a_glance_tell_the_age_of_the_index() -> None:
    assert built_at("20261122T051856-8f81b8ab", JA) == "2026年11月22日 05:18"
    assert built_at("g-1", JA) == ""
    text = Markup(render_about([ROW], "built-in", "20261122T051856-8f81b8ab", Facts("e5", True), JA)).text
    for part in ("内蔵リーダー", "2026年11月22日 05:18に更新", "1件、3ページ", "e5", JA.about_on):
        assert part in text
