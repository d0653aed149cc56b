"""Sign in, add a document, ask about it, take it out again: in a browser, over the real service and a real index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI

from assistant.access import AccessRules
from assistant.api import create_app
from assistant.compose import LiveService, open_service
from assistant.ingesting import ingest
from assistant.library_desk import LibraryDesk
from assistant.page_needs import PageNeeds
from assistant.reindexing import Reindexing
from assistant.settings import Settings
from assistant.sign_in import SignIn
from assistant.users import Users
from ui.page import mount_page

from ..assistant.live_server import serving
from .asking import ask
from .conftest import aside

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    # gradio 6.31 keeps the times of its events with two things that pandas 3 deprecates
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
    pytest.mark.browser,
]
_PASSWORD = "a long enough one"
_ANSWER_S = 60_000


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory, e5_folder: Path) -> Iterator[str]:
    root = tmp_path_factory.mktemp("page")
    settings = Settings(home=root / "home", documents=root / "documents")
    (root / "home" / "models").mkdir(parents=True)
    (root / "home" / "models" / e5_folder.name).symlink_to(e5_folder)
    settings.documents.mkdir()
    (settings.documents / "plan.txt").write_text("中央公園の再整備は2027年度に始める。\n面積は3.2haである。\n", "utf-8")
    ingest(settings, [], quiet=True)
    users = Users(settings.home / "users.json")
    users.add("tanaka", "maintainer", _PASSWORD)
    with closing(open_service(settings)) as service, serving(aside(_app, service, settings, SignIn(users))) as address:
        yield address


def _app(service: LiveService, settings: Settings, sign_in: SignIn) -> FastAPI:
    app = create_app(service, LibraryDesk(settings.home), rules=AccessRules(sign_in=sign_in))
    return mount_page(app, PageNeeds(service, sign_in=sign_in, reindexing=Reindexing(settings.home)))


def test_a_maintainer_adds_a_document_asks_about_it_and_removes_it(
    blank: Page, real_site: str, tmp_path: Path, expected: list[str]
) -> None:
    blank.goto(f"{real_site}/maintain")
    assert blank.url.startswith(f"{real_site}/login?")
    blank.fill("[name=name]", "tanaka")
    blank.fill("[name=password]", _PASSWORD)
    blank.keyboard.press("Enter")
    blank.wait_for_selector("#tm-documents tr:has-text('plan')")
    (tmp_path / "harbour.txt").write_text("港湾課の職員数は42人である。\n", "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    expected.append("422")
    blank.set_input_files("#tm-file", [tmp_path / "harbour.txt", tmp_path / "broken.pdf"])
    blank.wait_for_selector("#tm-uploads .tm-good:has-text('harbour.txt')", timeout=_ANSWER_S)
    blank.wait_for_selector("#tm-uploads .tm-bad:has-text('broken.pdf')", timeout=_ANSWER_S)
    blank.goto(real_site)
    blank.wait_for_selector(".tk-example, .tk-welcome")
    ask(blank, "港湾課の職員数は何人ですか？")
    assert "42人" in blank.inner_text("#tk-current .tk-answer")
    assert "42人" in blank.inner_text("#tk-mark")
    blank.goto(f"{real_site}/maintain")
    blank.locator("#tm-documents tr", has_text="harbour").get_by_role("button").click()
    blank.click("#tm-remove [value=yes]")
    blank.locator("#tm-documents tr", has_text="harbour").wait_for(state="detached", timeout=_ANSWER_S)
    blank.click("text=サインアウト")
    blank.goto(f"{real_site}/maintain")
    assert blank.url.startswith(f"{real_site}/login?")
