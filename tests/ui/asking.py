"""What every test of the page does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

MARK_IN_VIEW = """() => {
  const mark = document.getElementById('tk-mark')?.getBoundingClientRect();
  const text = document.querySelector('.tk-text').getBoundingClientRect();
  return !!mark && mark.top >= text.top && mark.bottom <= Math.min(text.bottom, innerHeight);
}"""


def ask(page: Page, question: str) -> None:
    """Types a question, sends it with Enter, and waits for its finished answer."""
    page.fill("#tk-box textarea", question)
    page.press("#tk-box textarea", "Enter")
    finished = page.locator("#tk-current .tk-exchange:not([aria-busy])", has_text=question)
    finished.locator(".tk-fine, .tk-failed").first.wait_for()
