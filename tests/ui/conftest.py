"""The page over a real server, in a real Chromium; what has to hold on every page is checked after every test."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI, Response

from assistant.feedback_door import feedback_door
from assistant.page_needs import PageNeeds
from index.ledger import DocumentRow
from ui.page import mount_page

from ..assistant.live_server import serving
from .sample import SampleService

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pings",
)


class SampleImages:
    """Pictures of the digital plan, and the original of everything."""

    def has_original(self, document: DocumentRow) -> bool:
        return document.id != "long-line"

    def has_pdf(self, document: DocumentRow) -> bool:
        return document.id == "digital-plan"


def white_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def sample_app(service: SampleService) -> FastAPI:
    """An application with API routes of its own and the page mounted after them."""
    app = FastAPI()

    @app.get("/healthz")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/v1/ask")
    def ask() -> dict[str, str]:
        return {"answer": "api"}

    @app.get("/v1/documents/{document_id}/pages/{label:path}/image")
    def image(document_id: str, label: str) -> Response:
        assert document_id == "digital-plan", label
        return Response(white_png(600, 849), media_type="image/png")

    app.include_router(feedback_door(service))
    images: Any = SampleImages()
    return mount_page(app, PageNeeds(service, images))


@pytest.fixture(scope="session")
def service() -> SampleService:
    return SampleService(pause_s=0.04)


@pytest.fixture(scope="session")
def site(service: SampleService) -> Iterator[str]:
    """Address of a running server on a free port of loopback."""
    with serving(aside(sample_app, service)) as address:
        yield address


def aside(make: Callable[..., FastAPI], *arguments: Any) -> FastAPI:
    """Made in a thread of its own: Playwright leaves an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(make, *arguments).result()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs chromium: apt-get install chromium fonts-noto-cjk")
    if find_spec("playwright") is None:
        pytest.skip("needs playwright: pip install -e '.[dev]'")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests, for its cache; every page has a session of its own."""
    with browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 800}) as context:
        yield context


@pytest.fixture
def expected() -> list[str]:
    """Parts of console messages that a test brings about on purpose."""
    return []


@pytest.fixture
def blank(context: BrowserContext, expected: list[str]) -> Iterator[Page]:
    """An empty page; afterwards: nothing left loopback, no error was written, no dialog opened, no script of a document ran."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.set_viewport_size({"width": 1280, "height": 800})
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: problems.append(str(e)))
    page.on("dialog", lambda d: (problems.append(f"dialog {d.message}"), d.dismiss()))
    page.on("request", lambda r: problems.append(r.url) if not _local(r.url) else None)
    page.on("response", lambda r: problems.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    yield page
    assert page.evaluate("window.hacked") is None
    page.evaluate("localStorage.clear()")
    page.close()
    assert _unexpected(problems, expected) == []


@pytest.fixture
def page(blank: Page, site: str) -> Page:
    """The page, opened."""
    blank.goto(site)
    blank.wait_for_selector(".tk-example")
    return blank


def _local(url: str) -> bool:
    return urlsplit(url).hostname == "127.0.0.1" or url.startswith(("data:", "blob:"))


def _unexpected(problems: Sequence[str], expected: Sequence[str]) -> list[str]:
    return [one for one in problems if not any(part in one for part in expected)]
