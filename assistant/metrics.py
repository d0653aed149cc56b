"""What Prometheus reads at /metrics: stages, answers, requests, the language model, the index and the audit. No words, no keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from assistant.audit_log import AuditState
from assistant.watched_service import Said

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_STATES = ("closed", "half-open", "open")


class Watched(Protocol):
    """The state of what is looked at when Prometheus asks."""

    @property
    def index_name(self) -> str:
        """The serving generation."""

    @property
    def circuit_state(self) -> str:
        """Of the language model: closed, half-open, open; "" without one."""


class Metrics:
    """A Witness with a registry of its own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._stages = Histogram(
            "tenkyo_stage_seconds", "Time of a stage of an answer", ["stage"], buckets=_SECONDS, registry=registry
        )
        self._answers = Counter(
            "tenkyo_answers", "Answers by door, reader and outcome", ["door", "reader", "outcome"], registry=registry
        )
        self._dropped = Counter("tenkyo_checks_dropped", "What the checks took out of answers", registry=registry)
        self._conflicts = Counter("tenkyo_conflicts", "Answers that show conflicting documents", registry=registry)
        self._tokens = Counter("tenkyo_llm_tokens", "Tokens, as the server counts", ["direction"], registry=registry)
        self._fallbacks = Counter(
            "tenkyo_llm_fallbacks",
            "Answers of the built-in reader in place of the model's",
            ["reason"],
            registry=registry,
        )
        self._requests = Counter(
            "tenkyo_requests", "HTTP requests", ["route", "method", "status", "door"], registry=registry
        )
        self._durations = Histogram(
            "tenkyo_request_seconds", "Time to the end of a response", ["route"], buckets=_SECONDS, registry=registry
        )
        self._running = Gauge("tenkyo_requests_running", "Requests that are being answered", registry=registry)

    def answered(self, said: Said) -> None:
        answer, usage = said.answer, said.answer.usage
        for stage, milliseconds in answer.timings_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)
        if usage is None:
            reader = "built-in"
        else:
            reader = "fallback" if usage.failure else "language-model"
            self._tokens.labels("input").inc(usage.input_tokens)
            self._tokens.labels("output").inc(usage.output_tokens)
            if usage.failure:
                self._fallbacks.labels(usage.failure).inc()
        outcome = "abstained" if answer.abstained else "answered" if said.complete else "broken-off"
        self._answers.labels(said.caller.door, reader, outcome).inc()
        self._dropped.inc(len(answer.checks.dropped))
        self._conflicts.inc(bool(answer.conflicts))

    def stage(self, name: str, seconds: float) -> None:
        """A stage that answers do not time themselves."""
        self._stages.labels(name).observe(seconds)

    def begun(self) -> None:
        """A request came in."""
        self._running.inc()

    def ended(self, route: str, method: str, status: int, door: str, seconds: float) -> None:
        """Its response is out. `route` is a template, never a path that somebody typed."""
        self._running.dec()
        self._requests.labels(route, method, str(status), door).inc()
        self._durations.labels(route).observe(seconds)

    def watch(self, service: Watched, audit: Callable[[], AuditState] | None) -> None:
        """Adds what is looked at when Prometheus asks."""
        self.registry.register(_States(service, audit))

    def text(self) -> bytes:
        """The exposition format, version 0.0.4."""
        return generate_latest(self.registry)


class _States:
    """Gauges that are read, not kept."""

    def __init__(self, service: Watched, audit: Callable[[], AuditState] | None) -> None:
        self._service = service
        self._audit = audit

    def describe(self) -> list[Any]:
        return []  # nothing is read when it is registered

    def collect(self) -> Iterator[Any]:
        age = index_age_s(self._service.index_name, time.time())
        yield GaugeMetricFamily("tenkyo_index_age_seconds", "Time since the serving index was built", age)
        state = self._service.circuit_state
        if state:
            circuit = GaugeMetricFamily(
                "tenkyo_llm_circuit", "1 for the state of the circuit breaker", labels=["state"]
            )
            for one in _STATES:
                circuit.add_metric([one], float(one == state))
            yield circuit
        if self._audit is not None:
            audit = self._audit()
            yield GaugeMetricFamily("tenkyo_audit_waiting", "Audit records that are not written yet", audit.waiting)
            yield GaugeMetricFamily(
                "tenkyo_audit_ok", "1 when the last audit record could be written", not audit.problem
            )
            yield CounterMetricFamily(
                "tenkyo_audit_failures", "Times that the audit could not be written", audit.failures
            )
            yield CounterMetricFamily("tenkyo_audit_lost", "Audit records that are lost", audit.lost)


def index_age_s(name: str, now: float) -> float:
    """Seconds since a generation was named, from its name; 0 when a clock went back or the name tells no time."""
    try:
        return max(0.0, now - datetime.strptime(name[:15], "%Y%m%dT%H%M%S").timestamp())
    except ValueError:
        return 0.0
