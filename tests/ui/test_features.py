"""What the page does besides answering: hands on, links, remembers, narrows the search, takes judgements, speaks."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
from docx import Document

from .asking import MARK_IN_VIEW, ask

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    # gradio 6.31 keeps the times of its events with two things that pandas 3 deprecates
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
    pytest.mark.browser,
]
_CLIPBOARD = """async () => { const [item] = await navigator.clipboard.read(); const out = {};
  for (const type of item.types) out[type] = await (await item.getType(type)).text(); return out; }"""
_NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
_CAUGHT = """() => { window.caught = {}; document.addEventListener('copy', (event) => {
  for (const type of ['text/plain', 'text/html']) window.caught[type] = event.clipboardData.getData(type); }); }"""


def test_an_answer_is_copied_in_every_form_with_links_to_its_pages(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    ask(page, "発足時の会員数は？")
    page.click("#tk-current [data-copy] >> text=公用文")
    page.wait_for_selector("#tk-toast:has-text('公用文をコピーしました')")
    official = page.evaluate(_CLIPBOARD)["text/plain"]
    assert "会員数328（うち企業会員193社）で発足しました（注１）。" in official
    assert (
        "（注１）「広域連携の取組事例集（令和６年度版）」（総務省自治行政局市町村課、2024年10月）スライド 4" in official
    )
    page.click("#tk-current [data-copy] >> text=Markdown")
    page.wait_for_selector("#tk-toast:has-text('Markdown')")
    assert f"(<{site}/?document=wide-area-cases&page=4&start=" in page.evaluate(_CLIPBOARD)["text/plain"]
    page.focus("#tk-current [data-kind=html]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#tk-toast:has-text('HTML')")
    copied = page.evaluate(_CLIPBOARD)
    assert f'<a href="{site}/?document=' in copied["text/html"]
    page.context.clear_permissions()


def test_a_copy_works_where_browsers_offer_no_clipboard(page: Page) -> None:
    page.evaluate(_NO_CLIPBOARD)
    ask(page, "発足時の会員数は？")
    page.evaluate(_CAUGHT)
    page.click("#tk-current [data-kind=html]")
    page.wait_for_selector("#tk-toast:has-text('HTMLをコピーしました')")
    caught = page.evaluate("window.caught")
    assert caught["text/html"] == caught["text/plain"]
    assert "<sup><a href=" in caught["text/html"]


def test_the_conversation_becomes_a_word_file(page: Page) -> None:
    assert page.is_hidden("[data-save]")
    ask(page, "発足時の会員数は？")
    ask(page, "目標は？")
    with page.expect_download() as saving:
        page.click("[data-save]")
    document = Document(saving.value.path())
    text = [p.text for p in document.paragraphs]
    assert "発足時の会員数は？" in text
    assert "目標は？" in text
    assert [row.cells[0].text for row in document.tables[0].rows] == ["番号", "[1]", "[2]", "[3]"]


def test_a_reload_keeps_the_conversation_and_its_context(page: Page, service: Any) -> None:
    ask(page, "発足時の会員数は？")
    ask(page, "目標は？")
    page.reload()
    page.wait_for_selector("#tk-current .tk-fine")
    assert "目標は？" in page.inner_text("#tk-current .tk-question")
    assert page.locator("#tk-past .tk-exchange").count() == 1
    ask(page, "食い違いはありますか")
    assert [turn.question for turn in service.asked[-1][1]] == ["発足時の会員数は？", "目標は？"]
    page.click("#tk-new")
    page.wait_for_selector(".tk-welcome")
    page.reload()
    page.wait_for_selector(".tk-example")
    assert page.locator(".tk-exchange").count() == 0


def test_links_open_an_answer_and_a_marked_page(page: Page, site: str) -> None:
    ask(page, "発足時の会員数は？")
    one = page.get_attribute("#tk-current [data-answer]", "data-answer")
    page.evaluate("sessionStorage.clear()")
    page.goto(f"{site}/?answer={one}")
    page.wait_for_selector("#tk-current .tk-question:has-text('発足時の会員数は？')")
    page.wait_for_selector("#tk-mark")
    page.goto(f"{site}/en/?document=wide-area-cases&page=4&start=5&end=9")
    page.wait_for_selector("#tk-source .tk-label:has-text('スライド 4')")
    assert page.evaluate(MARK_IN_VIEW)
    page.evaluate("sessionStorage.clear()")
    page.goto(f"{site}/?answer=never")
    page.wait_for_selector("#tk-current [role=alert]:has-text('保存されていません')")


def test_a_picture_shows_the_marked_words_and_gives_way_to_the_text(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 520})
    ask(page, "目標は？")
    top = float(page.get_attribute(".tk-picture img", "data-top") or 0)
    assert top > 0.1
    seen = """() => { const frame = document.querySelector('.tk-picture'); const image = frame.querySelector('img');
      const at = image.dataset.top * image.clientWidth; return frame.scrollTop <= at && at <= frame.scrollTop + frame.clientHeight; }"""
    assert page.evaluate(seen)
    assert page.is_hidden("#tk-source .tk-text")
    assert str(page.get_attribute("a.tk-link[target]", "href")).endswith("/file#page=3")
    page.click(".tk-view[data-view=text]")
    assert page.is_visible("#tk-mark")
    page.click("#tk-source .tk-previous")
    page.wait_for_selector("#tk-source .tk-label:has-text('ページ 1')")
    assert page.is_visible("#tk-source .tk-text")  # what was chosen stays


def test_judgements_are_stored_and_a_failure_says_so(page: Page, service: Any, expected: list[str]) -> None:
    ask(page, "発足時の会員数は？")
    one = page.get_attribute("#tk-current [data-answer]", "data-answer")
    page.click("#tk-current [data-verdict=bad]")
    page.check("#tk-current input[value=wrong_source]")
    page.fill("#tk-current .tk-feedback textarea", "満杯")
    expected.append("500")
    page.click("#tk-current .tk-feedback button")
    page.wait_for_selector("#tk-current .tk-told:has-text('記録できません')")
    page.fill("#tk-current .tk-feedback textarea", "ページが違う")
    page.click("#tk-current .tk-feedback button")
    page.wait_for_selector("#tk-current .tk-told:has-text('ありがとうございます')")
    assert service.judged[-1] == (one, "bad", "wrong_source", "ページが違う")
    ask(page, "目標は？")
    page.click("#tk-current [data-verdict=good]")
    page.wait_for_selector("#tk-current .tk-told:has-text('ありがとうございます')")
    assert service.judged[-1][1:] == ("good", "", "")


def test_the_search_is_narrowed_by_publisher_year_and_hand_and_stays_so(page: Page, service: Any) -> None:
    page.click("[data-dialog=tk-scope-dialog]")
    page.select_option("#tk-scope-dialog [data-filter=from]", "2024")
    assert page.locator("#tk-scope-dialog li:visible").count() == 2
    page.select_option("#tk-scope-dialog [data-filter=publisher]", "県政策企画課")
    page.click("[data-scope=some]")
    page.wait_for_selector(".tk-scope-state:has-text('1件だけ')")
    ask(page, "目標は？")
    assert service.searched[-1] == ("digital-plan",)
    page.reload()
    page.wait_for_selector(".tk-scope-state:has-text('1件だけ')")
    ask(page, "期間は？")
    assert service.searched[-1] == ("digital-plan",)
    page.click("[data-dialog=tk-scope-dialog]")
    for box in page.locator("#tk-scope-dialog li:visible input:checked").all():
        box.uncheck()
    page.click("[data-scope=some]")
    assert "一つ以上" in page.inner_text(".tk-scope-error")
    page.click("[data-scope=all]")
    page.wait_for_selector(".tk-scope-state:has-text('すべて')")
    ask(page, "会員数は？")
    assert service.searched[-1] is None


def test_a_screen_reader_hears_the_whole_answer_once(page: Page) -> None:
    page.evaluate(
        """() => { window.spoken = []; new MutationObserver(() => window.spoken.push(document.getElementById('tk-live').textContent))
          .observe(document.getElementById('tk-live'), { childList: true, characterData: true, subtree: true }); }"""
    )
    ask(page, "食い違いはありますか")
    page.wait_for_function("window.spoken.some((one) => one.startsWith('回答：'))")
    spoken = [one for one in page.evaluate("window.spoken") if one.startswith("回答：")]
    assert len(spoken) == 1
    assert "328" in spoken[0]
    assert "文書により内容が異なります" in spoken[0]
    assert page.get_attribute("#tk-live", "aria-live") == "polite"


def test_the_first_stop_of_the_tab_key_leads_to_the_question(page: Page) -> None:
    first = page.locator("a, button, input, textarea").first
    assert first.inner_text() == "質問の欄へ移動"
    first.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).clipPath") == "none"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('#tk-box textarea')")


def test_dark_colours_are_a_switch_that_is_remembered(page: Page) -> None:
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("[data-dark]")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.reload()
    page.wait_for_selector(".tk-example")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert page.get_attribute("[data-dark]", "aria-pressed") == "true"


def test_settings_are_told_at_a_glance(page: Page) -> None:
    page.click("[data-dialog=tk-about-dialog]")
    text = page.inner_text("#tk-about-dialog")
    for part in ("内蔵リーダー", "4件、9ページ", "g-0001", "外へは送られません"):
        assert part in text
    page.keyboard.press("Escape")
    assert page.is_hidden("#tk-about-dialog")


def test_a_line_of_a_megabyte_shows_as_text(page: Page) -> None:
    ask(page, "一行の文書は？")
    assert page.inner_text("#tk-mark") == "長い一行の文書です。"
    assert "印の前後だけ" in page.inner_text("#tk-source .tk-text")
    assert page.locator("#tk-source b").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_scripts_run_only_from_the_server_or_with_the_nonce_of_the_response(page: Page, expected: list[str]) -> None:
    expected.append("Content Security Policy")
    page.evaluate(
        "() => document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hacked = 9' }))"
    )
    page.evaluate(
        "() => { document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\" onerror=\"window.hacked = 8\">'); }"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None


def test_every_response_of_the_page_carries_a_policy_with_a_nonce_of_its_own(site: str) -> None:
    policies = set()
    for path in ("/", "/", "/en/"):
        with urlopen(site + path) as answer:
            policies.add(answer.headers["content-security-policy"])
            html = answer.read().decode()
        assert "gradio.app" not in html
        assert "<script>" not in html
    assert len(policies) == 3
    for policy in policies:
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy


def test_an_unknown_conversation_gives_an_empty_word_file(site: str) -> None:
    with urlopen(f"{site}/conversation.docx?answer=never") as answer:
        assert Document(BytesIO(answer.read())).paragraphs[0].text == "質問と回答の記録"
