"""The HTTP doors, as CONTRACT.md fixes them."""

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Event
from assistant.api import create_app
from assistant.compose import LiveService
from assistant.library_desk import LibraryDesk
from index.errors import StorageError, UnknownDocument

from .invented import FOUNDED, MEMBERS, NOT_HELD, PLAN, Place

ANSWER = {
    "id": str,
    "question": str,
    "answer": str,
    "abstained": bool,
    "citations": list,
    "conflicts": list,
    "checks": dict,
    "reader": str,
    "timings_ms": dict,
    "index": str,
}
CITATION = {
    "marker": int,
    "document_id": str,
    "title": str,
    "page": str,
    "page_number": int,
    "locator": str,
    "quote": str,
    "start": int,
    "end": int,
    "url": str,
    "note": str,
}
PASSAGE = {
    "document_id": str,
    "title": str,
    "page": str,
    "page_number": int,
    "start": int,
    "end": int,
    "text": str,
    "score": float,
    "ranks": dict,
}
ALL_LABELS = sorted(PLAN)


def types_of(data: dict[str, Any], wanted: dict[str, type]) -> dict[str, type]:
    return {name: type(data[name]) for name in wanted}


def ask(client: TestClient, question: str, **others: Any) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question, **others})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def assert_problem(response: Any, status: int, *words: str) -> None:
    """A problem+json with one line of Japanese."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    data = response.json()
    assert set(data) == {"title", "detail", "status"}
    assert data["status"] == status
    assert re.search("[ぁ-ん]", data["detail"])
    assert "\n" not in data["detail"]
    assert "Traceback" not in response.text
    assert all(word in data["detail"] for word in words), data["detail"]


@pytest.mark.parametrize(
    "question", [MEMBERS, FOUNDED, NOT_HELD, "協議会の平成21年度の予算額はいくらですか？", "部会の一覧"]
)
def test_an_answer_has_every_field_of_the_contract(client: TestClient, question: str) -> None:
    answer = ask(client, question)
    assert types_of(answer, ANSWER) == ANSWER
    assert answer["question"] == question
    assert answer["reader"] == "built-in"
    assert types_of(answer["checks"], {"supported": bool, "unsupported": list}) == {
        "supported": bool,
        "unsupported": list,
    }
    assert set(answer["timings_ms"]) == {"retrieve", "answer", "verify", "total"}
    assert all(isinstance(v, float) for v in answer["timings_ms"].values())
    for citation in answer["citations"]:
        assert types_of(citation, CITATION) == CITATION
        assert set(citation) == set(CITATION)
    for conflict in answer["conflicts"]:
        assert types_of(conflict, {"text": str, "markers": list}) == {"text": str, "markers": list}


@pytest.mark.parametrize("question", [MEMBERS, FOUNDED, "製造品出荷額の目標は？", "部会の一覧", "みなみ県の面積は？"])
def test_a_quote_is_the_slice_of_the_page_that_its_url_serves(client: TestClient, question: str) -> None:
    citations = ask(client, question)["citations"]
    assert citations
    for citation in citations:
        page = client.get(citation["url"])
        assert page.status_code == 200
        assert page.json()["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert page.json()["label"] == citation["page"]
        assert page.json()["page_number"] == citation["page_number"]
        assert f"?start={citation['start']}&end={citation['end']}" in citation["url"]


@pytest.mark.parametrize("question", [MEMBERS, FOUNDED, "協議会の予算の推移", "部会の一覧"])
def test_the_markers_of_the_text_are_those_of_the_citations(client: TestClient, question: str) -> None:
    answer = ask(client, question)
    in_text = {int(m) for m in re.findall(r"\[(\d+)\]", answer["answer"])}
    in_conflicts = {m for c in answer["conflicts"] for m in c["markers"]}
    assert in_text
    assert [c["marker"] for c in answer["citations"]] == sorted(in_text | in_conflicts)
    assert in_conflicts <= in_text


def test_documents_that_disagree_are_both_named(client: TestClient) -> None:
    answer = ask(client, MEMBERS)
    assert answer["conflicts"]
    text = normalize("NFKC", answer["answer"])
    assert "120" in text
    assert "125" in text
    assert {c["document_id"] for c in answer["citations"]} >= {"minami-plan", "minami-report"}


def test_what_the_documents_do_not_hold_is_an_abstention_without_a_value(client: TestClient) -> None:
    answer = ask(client, NOT_HELD)
    assert answer["abstained"]
    assert not re.search(r"\d", re.sub(r"\[\d+\]", "", answer["answer"]))


def test_document_ids_restrict_the_evidence(client: TestClient) -> None:
    answer = ask(client, MEMBERS, document_ids=["minami-report"])
    assert {c["document_id"] for c in answer["citations"]} == {"minami-report"}
    assert "125" in answer["answer"]


def test_history_makes_a_follow_up_self_contained(client: TestClient) -> None:
    earlier = {"question": "協議会の平成20年度の予算額はいくらですか？", "answer": "1,250万円です。"}
    answer = ask(client, "では平成22年度は？", history=[earlier])
    assert "25010" in re.sub(r"[,，]", "", " ".join(c["quote"] for c in answer["citations"]))


@pytest.mark.parametrize("question", ["", "   ", "\u3000\n"])
def test_an_empty_question_is_refused(client: TestClient, question: str) -> None:
    assert_problem(client.post("/v1/ask", json={"question": question}), 422, "空", "入力してください")


def test_a_question_of_twenty_thousand_characters_is_refused(client: TestClient) -> None:
    assert_problem(client.post("/v1/ask", json={"question": "あ" * 20_000}), 422, "20,000字", "2,000字以内")
    assert_problem(client.post("/v1/search", json={"query": "あ" * 20_001}), 422, "20,001字", "2,000字以内")


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"{", "JSON"),
        (b"", "本文"),
        (b"{}", "question がありません"),
        (b'{"question": 3}', "question"),
        (b'{"question": "x", "history": [{"q": 1}]}', "history"),
        (b'{"question": "x", "document_ids": "a"}', "document_ids"),
        (b'{"question": "x", "history": [{"question": "' + b"a" * 20_001 + b'"}]}', "history"),
    ],
)
def test_a_malformed_body_is_told_in_one_line(client: TestClient, body: bytes, word: str) -> None:
    response = client.post("/v1/ask", content=body, headers={"content-type": "application/json"})
    assert_problem(response, 422, word)


def test_halves_of_surrogate_pairs_are_survived(client: TestClient) -> None:
    json = {"content-type": "application/json"}
    answered = client.post(
        "/v1/ask", content=b'{"question": "\\ud800\xe4\xbc\x9a\xe5\x93\xa1\xe6\x95\xb0"}', headers=json
    )
    assert answered.status_code == 200
    assert answered.json()["question"] == "\ufffd会員数"
    refused = client.post("/v1/ask", content=b'{"question": "x", "document_ids": ["\\udfff"]}', headers=json)
    assert_problem(refused, 404, "登録されていません")


def test_an_unknown_document_id_is_404(client: TestClient) -> None:
    assert_problem(client.post("/v1/ask", json={"question": MEMBERS, "document_ids": ["nai"]}), 404, "nai", "確かめて")
    assert_problem(client.post("/v1/search", json={"query": "会員", "document_ids": ["nai"]}), 404, "nai")
    assert_problem(client.get("/v1/documents/nai/pages/1"), 404, "nai")
    assert_problem(client.get("/v1/documents/minami-plan/pages/3"), 404, "3")
    assert_problem(client.delete("/v1/documents/nai"), 404, "nai")


def test_no_document_at_all_is_no_error(client: TestClient) -> None:
    answer = ask(client, MEMBERS, document_ids=[])
    assert answer["abstained"]
    assert answer["citations"] == []


def test_search_returns_ranked_passages_of_the_contract(client: TestClient) -> None:
    passages = client.post("/v1/search", json={"query": "協議会の会員数"}).json()["passages"]
    assert passages
    for passage in passages:
        assert set(passage) == set(PASSAGE)
        assert types_of(passage, PASSAGE) == PASSAGE
        assert set(passage["ranks"]) <= {"lexical", "dense"}
        text = client.get(f"/v1/documents/{passage['document_id']}/pages/{quote(passage['page'], safe='')}").json()[
            "text"
        ]
        assert text[passage["start"] : passage["end"]] == passage["text"]
    assert [p["score"] for p in passages] == sorted((p["score"] for p in passages), reverse=True)
    assert 1 in {p["ranks"].get("lexical") for p in passages}
    assert 1 in {p["ranks"].get("dense") for p in passages}


@pytest.mark.parametrize("k", [1, 2, 100])
def test_search_gives_at_most_k(client: TestClient, k: int) -> None:
    passages = client.post("/v1/search", json={"query": "協議会", "k": k}).json()["passages"]
    assert 1 <= len(passages) <= k


@pytest.mark.parametrize("k", [0, -1, 101, "viele", None, 1.5])
def test_k_outside_its_limits_is_refused(client: TestClient, k: object) -> None:
    assert_problem(client.post("/v1/search", json={"query": "協議会", "k": k}), 422, "1から100まで")


def test_the_list_names_every_document(client: TestClient) -> None:
    data = client.get("/v1/documents").json()
    assert [d["id"] for d in data["documents"]] == ["kita-cases", "minami-plan", "minami-report"]
    plan = data["documents"][1]
    assert (plan["title"], plan["publisher"], plan["published"]) == (
        "みなみ広域ものづくり推進計画",
        "みなみ県産業労働部",
        "2010-03",
    )
    assert (plan["locator"], plan["pages"], plan["note"]) == ("ページ", len(PLAN), "3頁は欠けている")
    assert data["failures"] == []


@pytest.mark.parametrize("label", ALL_LABELS)
def test_a_page_is_found_by_its_printed_label(client: TestClient, label: str) -> None:
    page = client.get(f"/v1/documents/minami-plan/pages/{quote(label, safe='')}")
    labels = list(PLAN)
    at = labels.index(label)
    assert page.status_code == 200
    data = page.json()
    assert data["text"] == PLAN[label]
    assert (data["label"], data["page_number"], data["locator"], data["image"]) == (label, at + 1, "ページ", None)
    assert data["previous"] == (labels[at - 1] if at else None)
    assert data["next"] == (labels[at + 1] if at + 1 < len(labels) else None)


def test_alive_and_ready(client: TestClient, service: LiveService) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["index"], ready["documents"]) == ("ready", service.index_name, 3)


def test_unknown_urls_and_methods_are_problems_too(client: TestClient) -> None:
    assert_problem(client.get("/v1/nothing"), 404, "/docs")
    assert_problem(client.get("/v1/ask"), 405, "/docs")
    assert client.get("/docs").status_code == 200
    assert "/v1/ask" in client.get("/openapi.json").json()["paths"]


class Failing:
    """A service whose every method raises."""

    index_name = "g"
    reader_name = "built-in"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def _raise(self, *_: Any) -> Any:
        raise self._error

    ask = search = documents = page = examples = _raise

    def stream(self, *_: Any) -> Iterator[Event]:
        yield self._raise()


@pytest.fixture(
    params=[
        (RuntimeError("secret /etc/passwd"), 500),
        (UnicodeEncodeError("utf-8", "x", 0, 1, "secret"), 500),
        (StorageError("ディスクの空きがありません。"), 507),
        (UnknownDocument("その文書はありません。"), 404),
    ],
    ids=lambda p: type(p[0]).__name__,
)
def failing(request: pytest.FixtureRequest, indexed: Place) -> tuple[TestClient, int]:
    error, status = request.param
    return TestClient(create_app(Failing(error), LibraryDesk(indexed.home)), raise_server_exceptions=False), status


@pytest.mark.parametrize("path", ["/v1/documents", "/v1/documents/a/pages/1", "/readyz"])
def test_no_error_of_a_reading_shows_its_insides(failing: tuple[TestClient, int], path: str) -> None:
    client, status = failing
    response = client.get(path)
    assert_problem(response, status)
    assert "secret" not in response.text


@pytest.mark.parametrize(("path", "body"), [("/v1/ask", {"question": "x"}), ("/v1/search", {"query": "x"})])
def test_no_error_of_an_answer_shows_its_insides(
    failing: tuple[TestClient, int], path: str, body: dict[str, str]
) -> None:
    client, status = failing
    response = client.post(path, json=body)
    assert_problem(response, status)
    assert "secret" not in response.text


def test_an_error_in_a_stream_is_its_last_event(failing: tuple[TestClient, int]) -> None:
    client, status = failing
    response = client.post("/v1/ask", json={"question": "x"}, headers={"accept": "text/event-stream"})
    assert response.text.startswith("event: error\ndata: {")
    assert f'"status": {status}' in response.text
    assert "secret" not in response.text
