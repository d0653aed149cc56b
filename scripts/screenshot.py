"""Pictures for the README: asks a running server two questions in Chromium and saves what an official sees.

python scripts/screenshot.py http://127.0.0.1:8000 docs [QUESTION QUESTION]
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
_TIMEOUT_MS = 120_000


def open_page(page: Page, url: str) -> None:
    page.set_default_timeout(_TIMEOUT_MS)
    page.goto(url)
    page.locator(".tk-example").first.wait_for()


def ask(page: Page, question: str) -> None:
    """Sends a question with Enter and waits for its answer and for the marked words."""
    page.fill("#tk-box textarea", question)
    page.press("#tk-box textarea", "Enter")
    page.locator("#tk-current .tk-exchange:not([aria-busy])", has_text=question).locator(".tk-fine").wait_for()
    page.wait_for_timeout(300)
    page.mouse.move(0, 0)


def examples(page: Page) -> tuple[str, str]:
    """The first two questions that the page offers."""
    first, second, *_ = (str(b.get_attribute("data-question")) for b in page.locator(".tk-example").all())
    return first, second


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("url")
    parser.add_argument("out", type=Path)
    parser.add_argument("questions", nargs="*", metavar="QUESTION", help="two questions (default: the page's examples)")
    options = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium がありません。apt-get install chromium fonts-noto-cjk を実行してください。", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        wide = browser.new_page(locale="ja-JP", viewport={"width": 1280, "height": 800})
        open_page(wide, options.url)
        wide.screenshot(path=options.out / "welcome.png")
        first, second = options.questions or examples(wide)
        ask(wide, first)
        wide.screenshot(path=options.out / "answer.png")
        ask(wide, second)
        wide.screenshot(path=options.out / "follow-up.png")
        small = browser.new_page(locale="ja-JP", viewport={"width": 390, "height": 844}, device_scale_factor=2)
        open_page(small, options.url)
        ask(small, first)
        small.screenshot(path=options.out / "mobile-answer.png")
        small.locator("#tk-current .tk-marker, #tk-current .tk-source").first.click()
        small.wait_for_timeout(800)
        small.screenshot(path=options.out / "mobile-source.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
