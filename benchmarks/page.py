"""How soon the page can be used and an answer is seen, in Chromium: `python -m benchmarks.page URL [QUESTION…]`."""

from __future__ import annotations

import argparse
import shutil
import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_ROUNDS = 5
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def measured(browser: Browser, url: str, question: str) -> tuple[float, float, float]:
    """Seconds: until the box takes a question, until the first words of the answer, until all of it. A fresh browser each time."""
    with browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        begun = time.perf_counter()
        page.goto(url)
        page.locator(".tk-example").first.wait_for()
        page.fill("#tk-box textarea", question)
        ready = time.perf_counter() - begun
        begun = time.perf_counter()
        page.press("#tk-box textarea", "Enter")
        page.locator("#tk-current .tk-answer p:not(.tk-status)").first.wait_for()
        first = time.perf_counter() - begun
        page.locator("#tk-current .tk-fine").wait_for()
        return ready, first, time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("questions", nargs="*", default=["TAMA産業活性化協議会の発足時の会員数は？"])
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(_ARGUMENTS))
        times = [measured(browser, options.url, q) for q in options.questions for _ in range(_ROUNDS)]
        browser.close()
    for name, values in zip(
        ("画面が使えるまで", "答えの始まりまで", "答えの終わりまで"), zip(*times, strict=True), strict=True
    ):
        print(f"{name}\t中央値 {statistics.median(values):.2f} 秒\t最大 {max(values):.2f} 秒\tn={len(values)}")


if __name__ == "__main__":
    main()
