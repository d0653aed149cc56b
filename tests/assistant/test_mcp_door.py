"""The door for the Model Context Protocol, called with the official client over a real connection."""

import asyncio
import logging
import re
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

import httpx
import mcp
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from assistant.access import AccessRules
from assistant.api import create_app
from assistant.compose import LiveService, access_rules
from assistant.library_desk import LibraryDesk
from assistant.mcp_tools import mcp_server
from assistant.settings import ApiKey

from .invented import FOUNDED, MEMBERS, NOT_HELD, READER, Place
from .live_server import serving
from .test_api import Failing, assert_problem

_Result = TypeVar("_Result")
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
JSON = {"accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def site(service: LiveService, indexed: Place) -> Iterator[str]:
    """A server for this computer alone, as `tenkyo serve` starts it without keys."""
    app = create_app(service, LibraryDesk(indexed.home), rules=access_rules(indexed.settings))
    with serving(app) as address:
        yield address


def called(site: str, tool: str, path: str = "/mcp", **arguments: Any) -> Any:
    async def call() -> Any:
        async with mcp.Client(f"{site}{path}") as client:
            return await client.call_tool(tool, arguments)

    return finished(call())


def finished(work: Coroutine[Any, Any, _Result]) -> _Result:
    return asyncio.run(work)


def asked(site: str, question: str) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.post(f"{site}/v1/ask", json={"question": question}, timeout=60).json()
    return answer


@pytest.mark.parametrize("question", [MEMBERS, FOUNDED, NOT_HELD])
@pytest.mark.parametrize("path", ["/mcp", "/mcp/"])
def test_ask_gives_the_answer_and_citations_of_the_plain_door(site: str, question: str, path: str) -> None:
    result, answer = called(site, "ask", path, question=question), asked(site, question)
    assert not result.is_error
    same = answer.keys() - {"id", "timings_ms"}
    assert {n: result.structured_content[n] for n in same} == {n: answer[n] for n in same}
    text = result.content[0].text
    assert text.startswith(answer["answer"])
    for citation in answer["citations"]:
        assert f"[{citation['marker']}] {citation['title']}　{citation['locator']} {citation['page']}「" in text


def test_search_and_read_page_lead_to_the_same_words(site: str) -> None:
    found = called(site, "search", query="協議会の会員数", k=3).structured_content["passages"]
    assert 1 <= len(found) <= 3
    for passage in found:
        page = called(site, "read_page", document_id=passage["document_id"], page=passage["page"])
        text = page.structured_content["text"]
        assert text[passage["start"] : passage["end"]] == passage["text"]
        assert page.content[0].text == text


def test_history_and_documents_are_passed_on(site: str) -> None:
    history = [{"question": "協議会の平成20年度の予算額はいくらですか？", "answer": "12,500千円です。"}]
    assert "25,010" in called(site, "ask", question="では平成22年度は？", history=history).structured_content["answer"]
    only = called(site, "ask", question=MEMBERS, document_ids=["minami-report"]).structured_content
    assert {c["document_id"] for c in only["citations"]} == {"minami-report"}


@pytest.mark.parametrize(
    ("tool", "arguments", "word"),
    [
        ("ask", {"question": " "}, "質問が空です"),
        ("ask", {"question": MEMBERS, "document_ids": ["nai"]}, "nai"),
        ("search", {"query": "会員", "k": 0}, "1から100まで"),
        ("read_page", {"document_id": "../../etc/passwd", "page": "1"}, "登録されていません"),
        ("read_page", {"document_id": "minami-plan", "page": "../1"}, "minami-plan"),
        ("ask", {}, "question"),
    ],
)
def test_what_is_wrong_is_a_tools_error(site: str, tool: str, arguments: dict[str, Any], word: str) -> None:
    result = called(site, tool, **arguments)
    assert result.is_error
    assert word in result.content[0].text


def test_the_tools_are_typed_and_described_in_japanese(site: str) -> None:
    async def listed() -> Any:
        async with mcp.Client(f"{site}/mcp") as client:
            return client.instructions, (await client.list_tools()).tools

    instructions, tools = finished(listed())
    assert "典拠" in instructions
    assert [t.name for t in tools] == ["ask", "search", "read_page"]
    for tool in tools:
        assert re.search("[ぁ-ん]", tool.description)
        assert tool.annotations.read_only_hint
        assert all("description" in p for p in tool.input_schema["properties"].values())
        assert tool.output_schema["properties"]
    assert {"answer", "citations", "abstained"} <= set(tools[0].output_schema["properties"])


def test_a_key_is_asked_for_here_too(service: LiveService, indexed: Place) -> None:
    rules = AccessRules((ApiKey(name="sato", role="reader", key=SecretStr(READER)),))
    with serving(create_app(service, LibraryDesk(indexed.home), rules=rules)) as site:
        assert_problem(httpx.post(f"{site}/mcp", json=LIST, headers=JSON), 401, "キー")
        for key in ({"authorization": f"Bearer {READER}"}, {"x-api-key": READER}):
            response = httpx.post(f"{site}/mcp", json=LIST, headers=JSON | key)
            assert response.status_code == 200
            assert len(response.json()["result"]["tools"]) == 3


def test_other_names_and_sites_are_turned_away(site: str) -> None:
    assert_problem(httpx.post(f"{site}/mcp", json=LIST, headers=JSON | {"host": "evil.example"}), 421)
    assert_problem(httpx.post(f"{site}/mcp", json=LIST, headers=JSON | {"origin": "https://evil.example"}), 403)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"jsonrpc":"2.0"}', b"\xff" * 50])
def test_a_malformed_message_is_refused(site: str, body: bytes) -> None:
    response = httpx.post(f"{site}/mcp", content=body, headers=JSON | {"content-type": "application/json"})
    assert 400 <= response.status_code < 500
    assert "Traceback" not in response.text


def test_an_unexpected_error_shows_nothing_of_its_insides() -> None:
    async def call() -> Any:
        async with mcp.Client(mcp_server(Failing(RuntimeError("secret /etc/passwd")), None)) as client:
            return await client.call_tool("ask", {"question": MEMBERS})

    result = finished(call())
    assert result.is_error
    assert "予期しない問題" in result.content[0].text
    assert "secret" not in str(result)


def test_before_it_opens_it_says_so(client: TestClient) -> None:
    assert_problem(client.post("/mcp", json=LIST, headers=JSON), 503, "少し待って")


def test_the_log_of_this_process_is_left_alone() -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    mcp_server(Failing(RuntimeError()), None)
    assert (root.handlers, root.level) == before
