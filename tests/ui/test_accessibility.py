"""axe-core finds nothing serious or critical in any view (WCAG 2.1 A and AA)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from .asking import ask

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    # gradio 6.31 keeps the times of its events with two things that pandas 3 deprecates
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
    pytest.mark.browser,
]
_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}


def findings(page: Page) -> list[str]:
    """Rules that are broken seriously or critically, each with the first elements."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=_RULES).response["violations"]
    return [
        f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def welcome(page: Page) -> None:
    page.wait_for_selector(".tk-example")


def answer(page: Page) -> None:
    ask(page, "発足時の会員数は？")
    page.click("#tk-current .tk-considered summary")
    page.click("#tk-current .tk-checks summary")
    page.click("#tk-current [data-verdict=bad]")


def conflict(page: Page) -> None:
    ask(page, "目標は？")
    ask(page, "食い違いはありますか")


def abstention(page: Page) -> None:
    ask(page, "大阪の人口は？")


def failure(page: Page) -> None:
    ask(page, "故障？")


def documents(page: Page) -> None:
    page.click("[data-dialog=tk-scope-dialog]")


def about(page: Page) -> None:
    page.click("[data-dialog=tk-about-dialog]")


@pytest.mark.parametrize(
    "view", [welcome, answer, conflict, abstention, failure, documents, about], ids=lambda v: v.__name__
)
def test_no_serious_finding(page: Page, view: Callable[[Page], None]) -> None:
    view(page)
    assert findings(page) == []


@pytest.mark.parametrize("view", [answer, conflict, documents], ids=lambda v: v.__name__)
def test_no_serious_finding_in_dark_colours(page: Page, view: Callable[[Page], None]) -> None:
    page.click("[data-dark]")
    view(page)
    assert findings(page) == []


def test_no_serious_finding_on_a_narrow_page_in_english(blank: Page, site: str) -> None:
    blank.set_viewport_size({"width": 360, "height": 740})
    blank.goto(f"{site}/en/")
    blank.wait_for_selector(".tk-example")
    ask(blank, "食い違いはありますか")
    assert findings(blank) == []


def test_text_at_twice_the_size_needs_no_sideways_scrolling(page: Page) -> None:
    page.set_viewport_size({"width": 640, "height": 400})  # 1280 × 800 at 200 %
    ask(page, "食い違いはありますか")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.is_visible("#tk-send")
