"""A citation's link in a browser: the page to read, with the quote marked."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from assistant.compose import LiveService
from assistant.page_view import page_view
from corpus.document import Page
from index.library import PageView

from .invented import FOUNDED, MEMBERS, PLAN
from .test_api import ask, assert_problem

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


class _Read(HTMLParser):
    """The text of the page's main part, and of its mark."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.text = self.mark = ""
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "mark" or values.get("class") == "text":
            self.inside.append(tag)
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if "div" in self.inside:
            self.text += data
        if "mark" in self.inside:
            self.mark += data


def read(html: str) -> _Read:
    page = _Read()
    page.feed(html)
    return page


@pytest.mark.parametrize("question", [MEMBERS, FOUNDED])
def test_a_browser_sees_the_quote_marked_where_a_tool_gets_the_text(client: TestClient, question: str) -> None:
    for citation in ask(client, question)["citations"]:
        shown, told = client.get(citation["url"], headers=BROWSER), client.get(citation["url"])
        assert shown.headers["content-type"].startswith("text/html")
        assert told.headers["content-type"] == "application/json"
        assert shown.headers["vary"] == told.headers["vary"] == "Accept"
        page = read(shown.text)
        assert page.mark == citation["quote"]
        assert page.text == told.json()["text"]
        assert citation["title"] in shown.text


def test_the_page_leads_to_its_neighbours(client: TestClient) -> None:
    links = read(client.get("/v1/documents/minami-plan/pages/1", headers=BROWSER).text).links
    labels = list(PLAN)
    assert len(links) == 2
    for link, label in zip(links, (labels[1], labels[3]), strict=True):
        assert client.get(link).json()["label"] == label


@pytest.mark.parametrize(
    "span", ["", "?start=9&end=3", "?start=x&end=-1", "?start=99999999999&end=1e9", "?start=5000&end=6000"]
)
def test_an_impossible_span_marks_nothing(client: TestClient, span: str) -> None:
    response = client.get(f"/v1/documents/minami-plan/pages/1{span}", headers=BROWSER)
    assert response.status_code == 200
    assert "<mark" not in response.text


def test_a_page_that_is_not_there_is_a_problem_for_browsers_too(client: TestClient) -> None:
    assert_problem(client.get("/v1/documents/minami-plan/pages/9", headers=BROWSER), 404, "minami-plan")


def test_nothing_of_a_document_acts(service: LiveService) -> None:
    text = "<script>alert(1)</script> \u202e円001\u202c {{ 7*7 }} &amp; <img src=x onerror=alert(2)>"
    view = PageView(replace(service.documents()[0], title="<b>題</b>"), Page(1, "1", text), None, None)
    response = page_view(view, 0, 8, picture=False)
    html = bytes(response.body).decode()
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "\u202e" not in html
    assert "[U+202E]円001" in html
    assert "{{ 7*7 }} &amp;amp;" in html
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert not re.search(r"https?://", html)
