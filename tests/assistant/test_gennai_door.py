"""The 源内 door: the same answer as Markdown in which nothing of the documents acts."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer, Checks, Citation
from assistant.gennai_door import escaped, markdown

from .invented import FOUNDED, MEMBERS, NOT_HELD
from .test_api import ask, assert_problem


def outputs(client: TestClient, question: str) -> str:
    response = client.post("/gennai", json={"inputs": {"question": question}}, headers={"x-api-key": "any"})
    assert response.status_code == 200, response.text
    assert set(response.json()) == {"outputs"}
    return str(response.json()["outputs"])


@pytest.mark.parametrize("question", [MEMBERS, FOUNDED])
def test_the_answer_comes_with_every_source(client: TestClient, question: str) -> None:
    text, answer = outputs(client, question), ask(client, question)
    assert text.startswith(answer["answer"])
    assert "### 出典" in text
    for citation in answer["citations"]:
        assert f"{citation['marker']}. [{citation['title']}　{citation['locator']} {citation['page']}]" in text
        assert f"(<http://testserver{citation['url']}#quote>)" in text
        assert citation["quote"].strip() in text


def test_what_the_documents_do_not_hold_is_said(client: TestClient) -> None:
    text, answer = outputs(client, NOT_HELD), ask(client, NOT_HELD)
    assert text.startswith(answer["answer"])
    assert "### 出典" not in text


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({}, "inputs がありません"),
        ({"inputs": {}}, "inputs.question がありません"),
        ({"inputs": "会員数は？"}, "inputs"),
        ({"inputs": {"question": 3}}, "inputs.question"),
        ({"inputs": {"question": " "}}, "空"),
        ({"inputs": {"question": "あ" * 2001}}, "2,000字以内"),
    ],
    ids=str,
)
def test_a_malformed_body_is_a_problem(client: TestClient, body: Any, word: str) -> None:
    assert_problem(client.post("/gennai", json=body), 422, word)


def test_nothing_of_a_document_acts_as_markdown() -> None:
    quote = "![x](http://evil.example/p) <script>*a*</script> `b`\n# c | d"
    citation = Citation(1, "a", "# [題](http://evil.example)", "1", 1, "ページ", quote, 0, len(quote), "")
    answer = Answer("i", "q", f"{quote}[1](注)", False, (citation,), (), Checks(True), "built-in", {}, "g")
    text = markdown(answer, "http://here")
    for active in ("![x](", "<script>", "*a*", "`b`", "\n# ", "[題](", "[1]("):
        assert active not in text.replace("\\" + active, "")
    assert text.count(f"](<http://here/v1/documents/a/pages/1?start=0&end={len(quote)}#quote>)") == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("会員数は120です。[1][2]", "会員数は120です。[1][2]"),
        ("注[3]参照[1]", "注\\[3\\]参照[1]"),
        ("[1]: http://evil.example", "\\[1\\]: http://evil.example"),
        ("1. 一\n- 二\n3) 三", "1\\. 一\n\\- 二\n3\\) 三"),
        ("a-b 1.5 -", "a-b 1.5 -"),
        ("---\n===", "\\---\n\\==="),
    ],
)
def test_only_what_would_act_is_escaped(text: str, shown: str) -> None:
    assert escaped(text, {"1", "2"}) == shown


def test_escaped_markdown_reads_as_the_text() -> None:
    markdown_it = pytest.importorskip("markdown_it")
    for text in ("*a* _b_ `c` [d](e) <f> ~~g~~ & \\ | h", "# a", "> a", "+ a", "1) a", "&amp; &lt;"):
        tokens = markdown_it.MarkdownIt("commonmark").parse(escaped(text))
        inline = next(t for t in tokens if t.type == "inline")
        assert "".join(t.content for t in inline.children) == text
        assert tokens[0].type == "paragraph_open"
