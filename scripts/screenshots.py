"""Ten pictures for the documentation, from a running server with the bundled documents: `python scripts/screenshots.py URL docs`.

An invented plan is added as a PDF, shown and removed again, so the server has to let this computer in.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
_TIMEOUT_MS = 120_000
_MAX_BYTES = 200_000
_QUESTION = "TAMA産業活性化協議会の発足時の会員数は？"
_FOLLOW_UP = "そのうち企業会員は何社ですか？"
_UNANSWERED = "京都市の地下鉄の乗車料金はいくらですか？"
_PICTURED = "みなと市の窓口予約システムの整備費はいくらですか？"
_PLAN = """<html lang="ja"><title>みなと市デジタル窓口推進計画</title><style>
body { font-family: "Noto Sans CJK JP"; font-size: 11pt; line-height: 1.9 } h1 { font-size: 20pt } h2 { font-size: 14pt; margin-top: 2em }
table { border-collapse: collapse } td, th { border: 1px solid #555; padding: 4px 14px } .page { page-break-before: always }</style>
<h1>みなと市デジタル窓口推進計画</h1><p>みなと市政策企画部　2025年3月</p>
<h2>第1章　計画の目的</h2><p>本計画は、窓口での待ち時間を減らし、来庁せずに手続を終えられる市役所をつくるために定める。
計画期間は2025年度から2029年度までの5年間とする。</p>
<h2 class="page">第2章　現状と目標</h2><p>2024年度の窓口来庁者数は延べ182,400人であり、平均の待ち時間は27分であった。</p>
<table><tr><th>年度</th><th>オンライン申請の手続数</th><th>平均の待ち時間（分）</th></tr><tr><td>2025</td><td>110</td><td>24</td></tr>
<tr><td>2027</td><td>150</td><td>17</td></tr><tr><td>2029</td><td>190</td><td>10</td></tr></table>
<h2>第3章　費用</h2><p>5年間の総事業費は4億8,000万円と見込む。うち窓口予約システムの整備費は1億2,500万円である。</p>
<p>財源には国のデジタル田園都市国家構想交付金を充て、残りを一般財源とする。</p></html>"""
_ENGLISH = "How much was the total project budget of the TAMA Association in fiscal year 2011?"


def opened(
    browser: Browser, url: str, width: int = 1280, height: int = 800, scale: float = 1, dark: bool = False
) -> Page:
    colours = "dark" if dark else "light"
    page = browser.new_page(
        locale="ja-JP", viewport={"width": width, "height": height}, device_scale_factor=scale, color_scheme=colours
    )
    page.set_default_timeout(_TIMEOUT_MS)
    page.goto(url)
    return page


def asked(page: Page, *questions: str) -> Page:
    """Sends questions with Enter, each when the one before is answered and its source shown."""
    page.locator(".tk-example").first.wait_for()
    for question in questions:
        page.fill("#tk-box textarea", question)
        page.press("#tk-box textarea", "Enter")
        page.locator("#tk-current .tk-exchange:not([aria-busy])", has_text=question).locator(".tk-fine").wait_for()
    page.wait_for_timeout(600)
    page.mouse.move(0, 0)
    return page


def source(page: Page) -> Page:
    """A page of a PDF as its picture."""
    asked(page, _PICTURED)
    page.wait_for_function("document.querySelector('.tk-picture img').naturalWidth > 0")
    page.mouse.move(0, 0)
    return page


@contextmanager
def invented_plan(browser: Browser, url: str) -> Iterator[None]:
    """The plan is among the documents meanwhile."""
    page = browser.new_page()
    page.set_default_timeout(_TIMEOUT_MS)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "minato-plan.pdf"
        page.set_content(_PLAN)
        page.pdf(path=path, format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "22mm"))
        page.goto(url + "maintain")
        page.set_input_files("#tm-file", path)
        page.locator("#tm-uploads .tm-good").wait_for()
    yield
    page.locator("#tm-documents tr", has_text="minato-plan").get_by_role("button").click()
    page.click("#tm-remove [value=yes]")
    page.locator("#tm-documents tr", has_text="minato-plan").wait_for(state="detached")


def listed(page: Page) -> Page:
    page.locator("#tm-documents tr").first.wait_for()
    return page


def upload_problem(page: Page) -> Page:
    listed(page)
    with TemporaryDirectory() as folder:
        broken = Path(folder) / "会議資料.pdf"
        broken.write_bytes(b"%PDF-1.7 broken")
        page.set_input_files("#tm-file", broken)
        page.locator("#tm-uploads .tm-bad").wait_for()
    page.wait_for_timeout(300)
    return page


def mobile_source(page: Page) -> Page:
    asked(page, _QUESTION)
    page.locator("#tk-current .tk-answer").scroll_into_view_if_needed()
    return page


def views(browser: Browser, url: str) -> dict[str, Callable[[], Page]]:
    """Every picture by its name."""
    return {
        "ask": lambda: asked(opened(browser, url)),
        "answer": lambda: asked(opened(browser, url), _QUESTION),
        "source": lambda: source(opened(browser, url)),
        "conflict": lambda: asked(opened(browser, url), _QUESTION, _FOLLOW_UP),
        "abstention": lambda: asked(opened(browser, url), _UNANSWERED),
        "documents": lambda: listed(opened(browser, url + "maintain")),
        "upload-problem": lambda: upload_problem(opened(browser, url + "maintain")),
        "mobile": lambda: mobile_source(opened(browser, url, 360, 740, 2)),
        "dark": lambda: asked(opened(browser, url, dark=True), _QUESTION),
        "english": lambda: asked(opened(browser, url + "en/"), _ENGLISH),
    }


def save(page: Page, path: Path) -> None:
    """As PNG in few colours, at most 200 kB."""
    from PIL import Image

    page.screenshot(path=path)
    page.close()
    with Image.open(path) as image:
        few = image.convert("RGB").quantize(64)
    few.save(path, optimize=True)
    if path.stat().st_size > _MAX_BYTES:
        print(f"{path} は{path.stat().st_size:,}バイトです。", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("url", help="http://127.0.0.1:8000/")
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*", help="only these pictures")
    options = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium がありません。apt-get install chromium fonts-noto-cjk を実行してください。", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        url = options.url.rstrip("/") + "/"
        with invented_plan(browser, url):
            for name, view in views(browser, url).items():
                if not options.names or name in options.names:
                    save(view(), options.out / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
