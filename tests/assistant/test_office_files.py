"""Documents of every kind, from the file to the cited answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.compose import LiveService, open_service
from assistant.ingesting import ingest
from assistant.library_desk import LibraryDesk

from .invented import Place, link_model
from .office_files import ASKED, Asked, write_office_files


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, e5_folder: Path) -> Place:
    root = tmp_path_factory.mktemp("office")
    place = Place(root / "home", write_office_files(root / "documents"))
    link_model(place.home, e5_folder)
    report = ingest(place.settings, [], quiet=True)
    assert not report.failed
    return place


@pytest.fixture(scope="module")
def service(office: Place) -> Iterator[LiveService]:
    with closing(open_service(office.settings)) as opened:
        yield opened


@pytest.mark.parametrize("asked", ASKED, ids=lambda a: f"{a.document_id}-{a.page}")
def test_each_kind_of_file_is_answered_from_its_page(service: LiveService, asked: Asked) -> None:
    answer = service.ask(asked.question)
    assert asked.holds in answer.answer
    cited = [c for c in answer.citations if (c.document_id, c.page) == (asked.document_id, asked.page)]
    assert any(asked.quote in c.quote for c in cited)
    for citation in answer.citations:
        text = service.page(citation.document_id, citation.page).page.text
        assert citation.quote == text[citation.start : citation.end]


def test_locators_titles_and_guesses_are_those_of_the_files(service: LiveService, office: Place) -> None:
    client = TestClient(create_app(service, LibraryDesk(office.home)))
    listed = {d["id"]: d for d in client.get("/v1/documents").json()["documents"]}
    assert {name: (d["locator"], d["title"], d["published"], d["guessed"]) for name, d in listed.items()} == {
        "sjis": ("ページ", "ひばり鉄道の現況", "", ["title"]),
        "eucjp": ("ページ", "eucjp", "", []),
        "jis": ("ページ", "つばめ図書館の概要", "", ["title"]),
        "park": ("節", "すずめ公園の整備方針", "", ["title"]),
        "support": ("節", "移住支援金のご案内｜こまどり市", "", []),
        "transport": ("節", "うぐいす市交通計画", "", ["title"]),
        "ordinance": ("ページ", "めじろ条例の手引き", "", ["title", "page_labels"]),
        "tourism": ("スライド", "つぐみ観光圏の整備計画", "2023-03", ["title", "published"]),
        "halls": ("シート", "halls", "", []),
        "estate": ("ページ", "もず工業団地の案内", "", ["title"]),
    }


def test_a_page_is_found_by_the_label_that_its_citation_gives(service: LiveService, office: Place) -> None:
    client = TestClient(create_app(service, LibraryDesk(office.home)))
    answer = client.post("/v1/ask", json={"question": ASKED[9].question}).json()
    page = client.get(answer["citations"][0]["url"]).json()
    assert (page["label"], page["previous"], page["next"]) == (
        "名簿（101–200行）",
        "名簿（1–100行）",
        "名簿（201–251行）",
    )
    assert page["text"].startswith(
        "# 名簿\n\n| 番号 | 会館 | 定員（人） |\n|---|---|---|\n| 100 | 第100会館 | 1,000 |\n"
    )
