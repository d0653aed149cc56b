"""One question through every door of a running server, with the clients that people use: one answer, one set of citations."""

import asyncio
import json
import re
import shutil
import subprocess
from typing import Any

import httpx
import mcp
import openai
import pytest

from assistant.answer import Finished
from assistant.client import Client

from .invented import FOUNDED, MEMBERS, NOT_HELD
from .test_sse import events_of

QUESTIONS = [MEMBERS, FOUNDED, NOT_HELD, "部会の一覧", "製造品出荷額の目標は？"]
PLACE = ("document_id", "page", "page_number", "quote", "start", "end", "title", "locator")


def places(citations: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(c[name] for name in PLACE) for c in citations]


@pytest.fixture(scope="module", params=QUESTIONS)
def asked(site: str, request: pytest.FixtureRequest) -> dict[str, Any]:
    """The question and what the plain door answers."""
    answer: dict[str, Any] = httpx.post(f"{site}/v1/ask", json={"question": request.param}, timeout=60).json()
    assert answer["citations"]
    return answer


@pytest.fixture(scope="module")
def official(site: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{site}/v1", api_key="any", max_retries=0)


def cited(annotations: list[Any], content: str) -> list[tuple[Any, ...]]:
    """Each citation once, in the order of the markers; every one points at its marker."""
    found = {}
    for annotation in annotations:
        one = annotation["url_citation"]
        assert content[one["start_index"] : one["end_index"]] == f"[{one['marker']}]"
        found[one["marker"]] = one
    return places([found[marker] for marker in sorted(found)])


def test_the_official_openai_client(official: openai.OpenAI, asked: dict[str, Any]) -> None:
    completion = official.chat.completions.create(
        model="tenkyo", messages=[{"role": "user", "content": asked["question"]}]
    )
    message = completion.choices[0].message
    assert message.content is not None
    assert message.content.startswith(asked["answer"])
    assert cited([a.model_dump() for a in message.annotations or []], message.content) == places(asked["citations"])
    assert completion.usage is not None
    assert completion.usage.total_tokens > 0


def test_the_official_openai_client_streaming(official: openai.OpenAI, asked: dict[str, Any]) -> None:
    stream = official.chat.completions.create(
        model="tenkyo",
        messages=[{"role": "user", "content": asked["question"]}],
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    content = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert content.startswith(asked["answer"])
    assert chunks[-1].usage is not None
    last = chunks[-2].choices[0]
    assert last.finish_reason == "stop"
    assert last.delta.model_extra is not None
    assert cited(last.delta.model_extra["annotations"], content) == places(asked["citations"])


def test_the_openai_clients_stream_can_be_closed_early(official: openai.OpenAI) -> None:
    stream = official.chat.completions.create(
        model="tenkyo", messages=[{"role": "user", "content": MEMBERS}], stream=True
    )
    next(iter(stream))
    stream.close()
    assert [m.id for m in official.models.list()] == ["tenkyo"]


def test_the_openai_client_understands_what_is_wrong(official: openai.OpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as error:
        official.chat.completions.create(model="tenkyo", messages=[{"role": "user", "content": " "}])
    assert "質問が空です" in str(error.value)
    with pytest.raises(openai.NotFoundError, match="gpt-4o"):
        official.models.retrieve("gpt-4o")


def test_an_mcp_client_of_the_official_sdk(site: str, asked: dict[str, Any]) -> None:
    async def call() -> Any:
        async with mcp.Client(f"{site}/mcp") as client:
            return await client.call_tool("ask", {"question": asked["question"]})

    result = asyncio.run(call())
    assert result.structured_content["answer"] == asked["answer"]
    assert places(result.structured_content["citations"]) == places(asked["citations"])


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl: apt-get install curl")
def test_curl(site: str, asked: dict[str, Any]) -> None:
    body = json.dumps({"question": asked["question"]})
    command = ["curl", "-sS", f"{site}/v1/ask", "-H", "Content-Type: application/json", "-d", body]
    shown = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    assert (shown["answer"], places(shown["citations"])) == (asked["answer"], places(asked["citations"]))


def test_server_sent_events(site: str, asked: dict[str, Any]) -> None:
    answer = events_of(site, asked["question"])[-1][1]
    assert (answer["answer"], places(answer["citations"])) == (asked["answer"], places(asked["citations"]))


def test_a_call_as_gennai_makes_it(site: str, asked: dict[str, Any]) -> None:
    body = {"inputs": {"question": asked["question"]}}
    outputs = httpx.post(f"{site}/gennai", json=body, headers={"x-api-key": "any"}, timeout=60).json()["outputs"]
    plain = re.sub(r"\\([\\`*_\[\]<>|~&$#+=.\-)])", r"\1", outputs).replace("  \n", "\n")
    assert plain.startswith(asked["answer"].strip())
    links = re.findall(r"^(\d+)\. \[(.+)\]\(<http[^>]*(/v1/documents/[^>]+)#quote>\)", plain, re.M)
    assert links == [
        (str(c["marker"]), f"{c['title']}　{c['locator']} {c['page']}", c["url"]) for c in asked["citations"]
    ]
    for citation in asked["citations"]:
        assert " ".join(citation["quote"].split()) in plain


def test_the_python_client(site: str, asked: dict[str, Any]) -> None:
    client = Client(site)
    last = list(client.stream(asked["question"]))[-1]
    assert isinstance(last, Finished)
    for answer in (client.ask(asked["question"]), last.answer):
        assert answer.answer == asked["answer"]
        assert [c.url for c in answer.citations] == [c["url"] for c in asked["citations"]]
