"""The page in a real Chromium, over a real server, with a Service that knows its answers by heart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest

from .asking import MARK_IN_VIEW, ask

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    # gradio 6.31 keeps the times of its events with two things that pandas 3 deprecates
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
    pytest.mark.browser,
]


def test_an_answer_streams_and_its_first_source_shows_by_itself(page: Page) -> None:
    page.evaluate(
        """() => { window.seen = []; new MutationObserver(() => {
          const busy = document.querySelector('#tk-current [aria-busy] .tk-answer'); if (busy) window.seen.push(busy.textContent);
        }).observe(document.getElementById('tk-current'), {childList: true, subtree: true, characterData: true}); }"""
    )
    ask(page, "発足時の会員数は？")
    seen: list[str] = page.evaluate("window.seen")
    assert len({text for text in seen if text.startswith("会員数")}) > 1
    assert page.inner_text("#tk-current .tk-value") == "328"
    assert page.inner_text("#tk-mark") == "会員数３２８で出発（企業は１９３社）"
    assert page.evaluate(MARK_IN_VIEW)
    assert page.input_value("#tk-box textarea") == ""


def test_a_marker_opens_its_page_with_the_words_marked_and_in_view(page: Page) -> None:
    ask(page, "食い違いはありますか")
    page.click('#tk-current .tk-answer [data-marker="2"]')
    page.wait_for_selector("#tk-source h2:has-text('地域デジタル推進計画')")
    page.click("#tk-source .tk-view[data-view=text]")
    assert page.inner_text("#tk-mark") == "３３１であった"
    assert page.evaluate(MARK_IN_VIEW)
    assert page.get_attribute('#tk-current .tk-answer [data-marker="2"]', "aria-current") == "true"
    page.click('#tk-current .tk-answer [data-marker="1"]')
    page.wait_for_selector("#tk-source h2:has-text('広域連携')")
    assert page.inner_text("#tk-mark") == "会員数３２８で出発"
    assert page.evaluate(MARK_IN_VIEW)
    assert "スライド 4" in page.inner_text("#tk-source .tk-label")


def test_a_marker_whose_page_is_shown_already_brings_its_words_back_into_view(page: Page) -> None:
    ask(page, "発足時の会員数は？")
    page.eval_on_selector(".tk-text", "e => { e.scrollTop = 0; }")
    assert not page.evaluate(MARK_IN_VIEW)
    page.click('#tk-current .tk-answer [data-marker="1"]')
    assert page.evaluate(MARK_IN_VIEW)


def test_the_newest_question_stands_at_the_top(page: Page) -> None:
    for question in ("発足時の会員数は？", "目標は？", "食い違いはありますか"):
        ask(page, question)
    top = """() => document.querySelector('#tk-current .tk-question').getBoundingClientRect().top
      - document.getElementById('tk-conversation').getBoundingClientRect().top"""
    assert 0 <= page.evaluate(top) <= 40


def test_pages_turn_by_their_printed_labels(page: Page) -> None:
    ask(page, "発足時の会員数は？")
    page.click("#tk-source .tk-next")
    page.wait_for_selector("#tk-source .tk-label:has-text('スライド 6')")
    assert page.is_disabled("#tk-source .tk-next")
    assert page.locator("#tk-mark").count() == 0
    page.click("#tk-source .tk-previous")
    page.wait_for_selector("#tk-source .tk-label:has-text('スライド 4')")


def test_evidence_that_was_considered_can_be_opened(page: Page) -> None:
    ask(page, "発足時の会員数は？")
    page.click("#tk-current .tk-considered summary")
    page.click("#tk-current .tk-considered-item >> nth=2")
    page.wait_for_selector("#tk-source .tk-label:has-text('ページ 1')")
    assert page.inner_text("#tk-mark").startswith("計画期間は")


def test_a_follow_up_carries_the_history_and_a_new_conversation_drops_it(page: Page, service: Any) -> None:
    ask(page, "発足時の会員数は？")
    ask(page, "目標は？")
    question, history = service.asked[-1]
    assert question == "目標は？"
    assert [(turn.question, turn.answer[:6]) for turn in history] == [("発足時の会員数は？", "会員数328")]
    assert page.locator("#tk-past .tk-exchange").count() == 1
    page.click("#tk-new")
    page.wait_for_selector(".tk-welcome")
    ask(page, "目標は？")
    assert service.asked[-1] == ("目標は？", ())
    assert page.locator("#tk-past .tk-exchange").count() == 0


def test_an_example_is_asked_at_a_click(page: Page, service: Any) -> None:
    page.click(".tk-example >> nth=1")
    page.wait_for_selector("#tk-current .tk-fine")
    assert service.asked[-1][0] == service.examples(6)[1]


def test_an_abstention_and_a_conflict_look_different_from_an_answer(page: Page) -> None:
    ask(page, "大阪の人口は？")
    assert page.inner_text("#tk-current .tk-badge") == "文書に記載なし"
    style = "e => getComputedStyle(e).borderTopWidth === '0px' ? 'none' : getComputedStyle(e).borderTopStyle"
    assert page.eval_on_selector("#tk-current .tk-answer", style) == "dashed"
    ask(page, "食い違いはありますか")
    assert page.inner_text("#tk-current .tk-conflict .tk-badge") == "文書により内容が異なります"
    assert page.eval_on_selector("#tk-current .tk-answer", style) == "none"


@pytest.mark.parametrize(("question", "notice"), [("故障？", "索引<b>が開けません。"), ("爆発？", "予期しない問題")])
def test_an_error_is_a_notice_and_the_question_stays(page: Page, question: str, notice: str) -> None:
    ask(page, question)
    assert notice in page.inner_text("#tk-current [role=alert]")
    assert page.input_value("#tk-box textarea") == question


def test_hostile_text_shows_as_text(page: Page) -> None:
    ask(page, "危険な文書は？")
    assert '<script>window.hacked=1;alert("x")</script>' in page.inner_text("#tk-mark")
    assert "${window.hacked=3} {{constructor}}" in page.inner_text("#tk-current .tk-answer")
    assert page.locator("#tk-main img, #tk-main script, #tk-main a:not(.tk-link)").count() == 0
    ask(page, '<img src=x onerror="window.hacked=4"> {{x}} ${window.hacked=5}')
    assert page.inner_text("#tk-current .tk-question").endswith("${window.hacked=5}")


def test_an_enter_that_ends_a_conversion_does_not_send(page: Page, service: Any) -> None:
    before = len(service.asked)
    page.focus("#tk-box textarea")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "かいいん", "selectionStart": 4, "selectionEnd": 4})
    composing = "(init) => document.querySelector('#tk-box textarea').dispatchEvent(new KeyboardEvent(init.type, init))"
    for kind in ("keydown", "keypress"):
        init = {"type": kind, "key": "Enter", "bubbles": True, "cancelable": True, "isComposing": True, "keyCode": 229}
        page.evaluate(composing, init)
    session.send("Input.insertText", {"text": "会員数は？"})
    page.wait_for_timeout(400)
    assert len(service.asked) == before
    assert page.input_value("#tk-box textarea") == "会員数は？"
    page.press("#tk-box textarea", "Shift+Enter")
    page.keyboard.type("教えて")
    assert page.input_value("#tk-box textarea") == "会員数は？\n教えて"
    page.press("#tk-box textarea", "Enter")
    page.wait_for_selector("#tk-current .tk-fine")
    assert service.asked[-1][0] == "会員数は？\n教えて"


def test_the_keyboard_alone_reaches_the_source(page: Page) -> None:
    page.keyboard.type("食い違いはありますか")
    page.keyboard.press("Enter")
    page.wait_for_selector("#tk-current .tk-fine")
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.dataset.marker") == "2":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_selector("#tk-mark:has-text('３３１であった')", state="attached")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for question in ("危険な文書は？", "食い違いはありますか"):
        ask(page, question)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_narrow_screen_a_marker_leads_to_the_source_and_back(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    ask(page, "食い違いはありますか")
    page.click('#tk-current .tk-answer [data-marker="2"]')
    page.wait_for_selector("#tk-source h2:has-text('地域デジタル推進計画')")
    page.click("#tk-source .tk-view[data-view=text]")
    page.wait_for_function(MARK_IN_VIEW)
    page.click(".tk-back")
    page.wait_for_function(
        "document.querySelector('#tk-current .tk-answer').getBoundingClientRect().bottom <= innerHeight"
    )


def test_the_page_is_in_japanese_and_names_its_documents(page: Page) -> None:
    assert page.evaluate("document.documentElement.lang") == "ja"
    assert page.title() == "tenkyo 典拠"
    assert "文書 4件" in page.inner_text(".tk-state")
    page.click("[data-dialog=tk-scope-dialog]")
    assert "地域デジタル推進計画" in page.inner_text("#tk-scope-dialog")
    assert page.locator("footer:visible").count() == 0


def test_the_english_page_is_one_link_away(page: Page) -> None:
    page.click(".tk-language")
    page.wait_for_selector(".tk-example")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.inner_text("#tk-send") == "Ask"
    page.click(".tk-language")
    page.wait_for_selector("#tk-send:has-text('質問する')")


def test_routes_of_the_api_win_over_the_page(site: str) -> None:
    for path, data in (("/healthz", None), ("/docs", None), ("/openapi.json", None), ("/v1/ask", b"{}")):
        with urlopen(Request(site + path, data=data)) as answer:
            assert answer.status == 200
            assert b"gradio" not in answer.read().lower()
