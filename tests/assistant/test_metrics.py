"""What operators see: numbers without words at /metrics, honest readiness, lines of JSON, spans."""

import json
import logging
import re
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, cast

import numpy as np
import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assistant.answer import Usage
from assistant.api import create_app
from assistant.audit_log import AuditState
from assistant.caller import Caller, calls
from assistant.compose import LiveService
from assistant.json_log import JsonLines
from assistant.library_desk import LibraryDesk
from assistant.metrics import Metrics, index_age_s
from assistant.service import Service
from assistant.timed_reranker import TimedReranker
from assistant.tracing import SpanWitness, span_witness
from assistant.watch import Watch
from assistant.watched_service import WatchedService
from index.errors import VectorStoreUnreachable

from .answers import Fixed, answer, said
from .invented import FOUNDED, MEMBERS, NOT_HELD, READER, Place, make_settings


def value(text: str, line: str) -> float:
    found = re.search(rf"^{re.escape(line)} (\S+)$", text, re.MULTILINE)
    assert found, f"{line} is not in:\n{text}"
    return float(found[1])


def site(service: Any, place: Place, watch: Watch, keys: str = "") -> TestClient:
    given = make_settings(place.home, place.documents, api_keys=keys).keys()
    app = create_app(cast(Service, service), LibraryDesk(place.home), given, watch=watch)
    return TestClient(app, raise_server_exceptions=False)


def test_answers_stages_and_requests_are_counted(service: LiveService, indexed: Place) -> None:
    watch = Watch(audit=lambda: AuditState(2, 1, 0, "満杯です。"))
    client = site(WatchedService(service, [watch.metrics]), indexed, watch)
    for question in (MEMBERS, NOT_HELD):
        client.post("/v1/ask", json={"question": question}, headers={"accept": "text/event-stream"})
    client.post("/v1/ask", json={"question": ""})
    client.get("/v1/documents/minami-plan/pages/1")
    client.get("/v1/nowhere/geheim-in-a-path")
    text = client.get("/metrics").text
    assert value(text, 'tenkyo_answers_total{door="ask",outcome="answered",reader="built-in"}') == 1
    assert value(text, 'tenkyo_answers_total{door="ask",outcome="abstained",reader="built-in"}') == 1
    for stage in ("retrieve", "answer", "verify", "total"):
        assert value(text, f'tenkyo_stage_seconds_count{{stage="{stage}"}}') == 2
    assert value(text, 'tenkyo_requests_total{door="ask",method="POST",route="/v1/ask",status="200"}') == 2
    assert value(text, 'tenkyo_requests_total{door="ask",method="POST",route="/v1/ask",status="422"}') == 1
    pages = 'route="/v1/documents/{document_id}/pages/{label:path}",status="200"'
    assert value(text, f'tenkyo_requests_total{{door="api",method="GET",{pages}}}') == 1
    assert value(text, "tenkyo_conflicts_total") >= 1
    assert (value(text, "tenkyo_audit_waiting"), value(text, "tenkyo_audit_ok")) == (2, 0)
    assert value(text, "tenkyo_index_age_seconds") > 0
    assert value(text, "process_resident_memory_bytes") > 0
    assert not [word for word in ("geheim", "会員", "みなみ", "協議会") if word in text]


def test_metrics_need_a_key_where_keys_are_configured(service: LiveService, indexed: Place) -> None:
    client = site(service, indexed, Watch(), f"tanaka:reader:{READER}")
    assert client.get("/metrics").status_code == 401
    found = client.get("/metrics", headers={"x-api-key": READER})
    assert found.status_code == 200
    assert READER not in found.text


def test_what_a_language_model_took_and_why_it_was_replaced_is_counted() -> None:
    metrics = Metrics()
    metrics.answered(said(usage=Usage("p", 100, 20)))
    metrics.answered(said(usage=Usage("p", 50, 0, "failed")))
    text = metrics.text().decode()
    assert value(text, 'tenkyo_llm_tokens_total{direction="input"}') == 150
    assert value(text, 'tenkyo_llm_tokens_total{direction="output"}') == 20
    assert value(text, 'tenkyo_llm_fallbacks_total{reason="failed"}') == 1
    assert value(text, "tenkyo_checks_dropped_total") == 2


def test_the_circuit_is_one_of_its_states() -> None:
    class Tired(Fixed):
        circuit_state = "open"

    metrics = Metrics()
    metrics.watch(Tired(), None)
    text = metrics.text().decode()
    states = [value(text, f'tenkyo_llm_circuit{{state="{one}"}}') for one in ("closed", "half-open", "open")]
    assert states == [0, 0, 1]
    assert "tenkyo_audit" not in text


def test_an_index_is_never_younger_than_now() -> None:
    assert index_age_s("20260401T093000-abcd", datetime(2026, 4, 1, 9, 31).timestamp()) == 60
    assert index_age_s("20260401T093000-abcd", datetime(2025, 1, 1).timestamp()) == 0
    assert index_age_s("g1", 10.0) == 0


def test_a_reranker_is_timed() -> None:
    class Even:
        def score(self, query: str, texts: Any) -> Any:  # noqa: ARG002
            return np.zeros(len(texts), np.float32)

    seen: list[str] = []
    scores = TimedReranker(Even(), lambda stage, _: seen.append(stage)).score("q", ["a", "b"])
    assert (list(scores), seen) == ([0, 0], ["rerank"])


def test_ready_says_how_its_parts_do(service: LiveService, indexed: Place) -> None:
    found = site(service, indexed, Watch(audit=lambda: AuditState(0, 3, 0, "ディスクが満杯です。"))).get("/readyz")
    assert found.status_code == 200
    assert found.json()["audit"] == "ディスクが満杯です。"
    assert found.json()["language_model"] == "none"


def test_a_server_that_cannot_answer_is_not_ready(indexed: Place) -> None:
    class Cut(Fixed):
        circuit_state = ""

        def documents(self) -> tuple[()]:
            return ()

        def require_ready(self) -> None:
            raise VectorStoreUnreachable("Chromaサーバーに接続できません。")

    found = site(Cut(), indexed, Watch()).get("/readyz")
    assert (found.status_code, found.headers["content-type"]) == (503, "application/problem+json")


def test_a_server_that_ends_is_not_ready_but_alive(service: LiveService, indexed: Place) -> None:
    watch = Watch()
    client = site(service, indexed, watch)
    watch.drain.begin()
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert client.post("/v1/ask", json={"question": MEMBERS}).status_code == 503


def test_a_request_is_a_line_without_its_question(
    service: LiveService, indexed: Place, caplog: pytest.LogCaptureFixture
) -> None:
    client = site(service, indexed, Watch(), f"tanaka:reader:{READER}")
    with caplog.at_level(logging.INFO, "assistant"):
        headers = {"x-api-key": READER, "x-request-id": "r-1"}
        client.post("/v1/ask?x=geheim", json={"question": FOUNDED}, headers=headers)
    (record,) = [r for r in caplog.records if r.name == "assistant.request_log"]
    fields = vars(record)["fields"]
    assert (fields["route"], fields["status"], fields["key"]) == ("/v1/ask", 200, "tanaka")
    assert not [word for word in ("設立", "geheim", READER) if word in caplog.text + str(fields)]


def test_a_log_line_is_one_json_object_with_the_request_id() -> None:
    calls(Caller("ask", "", "r-7"))
    try:
        raise ValueError("改行\nあり")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("assistant.x", logging.ERROR, "x.py", 1, "失敗 %s", ("a\nb",), info)
    calls(Caller())
    record.__dict__["fields"] = {"ms": 3}
    line = JsonLines().format(record)
    data = json.loads(line)
    assert "\n" not in line
    assert (data["level"], data["message"], data["ms"]) == ("error", "失敗 a\nb", 3)
    assert "ValueError" in data["exception"]


def test_an_answer_becomes_a_span_with_its_stages_under_the_callers() -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    given = said(at=datetime(2026, 4, 1, tzinfo=UTC))
    with closing(SpanWitness(provider)) as witness:
        witness.answered(type(given)(given.at, Caller("ask", "", "r1", parent), (), None, answer()))
    spans = {s.name: s for s in exporter.get_finished_spans()}
    assert set(spans) == {"tenkyo.ask", "tenkyo.retrieve", "tenkyo.answer", "tenkyo.verify"}
    whole = spans["tenkyo.ask"]
    assert whole.parent is not None
    assert f"{whole.context.trace_id:032x}" == "0af7651916cd43dd8448eb211c80319c"
    assert whole.end_time - whole.start_time == 4_000_000  # type: ignore[operator]
    assert spans["tenkyo.answer"].start_time == spans["tenkyo.retrieve"].end_time
    assert "会員" not in str(whole.attributes)


def test_without_an_endpoint_there_are_no_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)
    assert span_witness() is None
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    witness = span_witness()
    assert witness is not None
    witness.close()
