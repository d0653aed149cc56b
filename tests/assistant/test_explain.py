"""A trace tells what the answer was made of, and never changes the answer."""

import json
from dataclasses import asdict, replace

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer
from assistant.explain import UNITS, Trace, score_parts
from assistant.scoring import Weights
from assistant.trace_lines import trace_lines

from .conftest import Run
from .invented import FOUNDED
from .pages import ALL, question_on, ranked_on
from .test_chain import QUESTIONS, Invents, chain


def timeless(answer: Answer) -> Answer:
    return replace(answer, id="", timings_ms={})


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_explained_answer_is_the_answer(question: str) -> None:
    opened = chain()
    explained = opened.explain(question)
    answer, trace = explained.answer, explained.trace
    assert timeless(answer) == timeless(opened.once(question))
    assert trace.decision.abstained == answer.abstained


def test_passages_and_units_are_numbered_best_first() -> None:
    trace = chain().explain(QUESTIONS[0]).trace
    assert [p.rank for p in trace.passages] == list(range(1, len(trace.passages) + 1))
    assert len(trace.units) <= UNITS
    scores = [u.score for u in trace.units]
    assert scores == sorted(scores, reverse=True)
    assert "平成11年5月20日" in trace.units[0].text


def test_coverage_and_parts_add_up_to_the_score() -> None:
    trace = chain().explain(QUESTIONS[2]).trace
    for unit in trace.units:
        assert unit.coverage + sum(unit.parts.values()) == pytest.approx(unit.score, abs=0.01)


def test_a_sign_that_is_there_has_a_part_and_one_that_is_not_has_none() -> None:
    parts = score_parts(question_on(QUESTIONS[0], ALL), ranked_on(QUESTIONS[0], ALL)[0].candidate)
    assert parts["value"] == pytest.approx(Weights().value)
    assert "no_value" not in parts


def test_a_question_in_two_parts_shows_every_query_that_was_searched() -> None:
    trace = chain().explain(QUESTIONS[1]).trace
    assert trace.query.searched[0] == QUESTIONS[1]
    assert len(trace.query.searched) == 3


def test_a_dropped_sentence_is_told_with_what_its_pages_lack() -> None:
    explained = chain(Invents("会員数は328です。", "会員数は999です。")).explain("会員数はいくつですか？")
    answer, trace = explained.answer, explained.trace
    assert [c.kept for c in trace.checks] == [True, False]
    assert trace.checks[1].missing == ("999",)
    assert "999" not in answer.answer
    text = "\n".join(trace_lines(trace))
    assert "通過：会員数は328です。" in text
    assert "除外（典拠にない：999）" in text


def test_the_trace_travels_as_json() -> None:
    trace = chain().explain(QUESTIONS[3]).trace
    assert json.loads(json.dumps(asdict(trace)))["decision"]["abstained"] is True


def test_an_answer_from_nothing_has_a_trace_too() -> None:
    trace = chain().explain("", document_ids=[]).trace
    assert trace.decision.abstained


def test_the_api_explains_only_when_asked(client: TestClient) -> None:
    plain = client.post("/v1/ask", json={"question": FOUNDED}).json()
    told = client.post("/v1/ask?explain=true", json={"question": FOUNDED}).json()
    assert "explain" not in plain
    assert told["answer"] == plain["answer"]
    assert set(told["explain"]) == set(Trace.__slots__)
    assert told["explain"]["query"]["kind"] == "date"
    assert told["explain"]["passages"][0]["ranks"]["lexical"] == 1


def test_the_command_explains_in_words_and_as_json(run: Run) -> None:
    code, out, _ = run("ask", FOUNDED, "--explain")
    assert code == 0
    assert all(part in out for part in ("── 問いの読み取り", "── 見つかった箇所", "── 照合", "通過：", "控える基準"))
    code, out, _ = run("ask", FOUNDED, "--explain", "--json")
    assert json.loads(out)["explain"]["units"][0]["rank"] == 1
