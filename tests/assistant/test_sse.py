"""Answers as server-sent events, over a real connection."""

import json
from contextlib import closing
from typing import Any

import httpx
import pytest

from .invented import FOUNDED, MEMBERS, NOT_HELD


def events_of(site: str, question: str, **others: Any) -> list[tuple[str, Any]]:
    """(event, data) in the order of arrival; every frame has exactly these two lines."""
    with closing(httpx.Client(base_url=site, timeout=60)) as client:
        response = client.post(
            "/v1/ask", json={"question": question, **others}, headers={"accept": "text/event-stream"}
        )
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache"
    assert response.text.endswith("\n\n")
    events = []
    for frame in response.text.removesuffix("\n\n").split("\n\n"):
        name, data = frame.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


@pytest.mark.parametrize("question", [MEMBERS, FOUNDED, NOT_HELD, "部会の一覧", "製造品出荷額の目標は？"])
def test_evidence_comes_first_then_deltas_then_the_answer(site: str, question: str) -> None:
    names = [name for name, _ in events_of(site, question)]
    assert names[0] == "evidence"
    assert names[-1] == "answer"
    assert len(names) >= 3
    assert set(names[1:-1]) == {"delta"}


@pytest.mark.parametrize("question", [MEMBERS, FOUNDED, NOT_HELD, "部会の一覧", "協議会の予算の推移"])
def test_the_deltas_put_together_are_the_text_of_the_answer(site: str, question: str) -> None:
    events = events_of(site, question)
    assert "".join(data["text"] for name, data in events if name == "delta") == events[-1][1]["answer"]


@pytest.mark.parametrize("question", [MEMBERS, NOT_HELD])
def test_the_last_event_is_what_the_plain_door_answers(site: str, question: str) -> None:
    streamed = events_of(site, question)[-1][1]
    plain = httpx.post(f"{site}/v1/ask", json={"question": question}, timeout=60).json()
    different_each_time = {"id", "timings_ms"}
    assert streamed.keys() == plain.keys()
    assert {k: v for k, v in streamed.items() if k not in different_each_time} == {
        k: v for k, v in plain.items() if k not in different_each_time
    }


def test_evidence_names_pages_that_hold_it(site: str) -> None:
    passages = events_of(site, FOUNDED)[0][1]["passages"]
    assert passages
    for passage in passages:
        page = httpx.get(
            f"{site}/v1/documents/{passage['document_id']}/pages/{passage['page'].replace('/', '%2F')}"
        ).json()
        assert page["text"][passage["start"] : passage["end"]] == passage["text"]


def test_a_known_error_is_an_error_event(site: str) -> None:
    events = events_of(site, MEMBERS, document_ids=["nai"])
    assert [name for name, _ in events] == ["error"]
    assert events[0][1]["status"] == 404
    assert "nai" in events[0][1]["detail"]


def test_a_question_that_is_refused_is_a_problem_not_a_stream(site: str) -> None:
    response = httpx.post(f"{site}/v1/ask", json={"question": " "}, headers={"accept": "text/event-stream"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
