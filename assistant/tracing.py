"""OpenTelemetry: a span for every answer and its stages, when OTEL_EXPORTER_OTLP_ENDPOINT is set. No words of anybody."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from assistant.watched_service import Said

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_STAGES = ("retrieve", "answer", "verify")


class SpanWitness:
    """Makes the spans when the answer is there, from the times that it carries: the chain knows nothing of them.

    The span is a child of the caller's when the request named one (`traceparent`).
    """

    def __init__(self, provider: TracerProvider) -> None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._provider = provider
        self._tracer = provider.get_tracer("tenkyo")
        self._propagator = TraceContextTextMapPropagator()

    def answered(self, said: Said) -> None:
        from opentelemetry.trace import set_span_in_context

        answer, timings = said.answer, said.answer.timings_ms
        end = int(said.at.timestamp() * 1e9)
        begin = end - _ns(timings.get("total", 0.0))
        parent = self._propagator.extract({"traceparent": said.caller.traceparent} if said.caller.traceparent else {})
        span = self._tracer.start_span("tenkyo.ask", parent, start_time=begin)
        span.set_attributes(
            {
                "tenkyo.answer_id": answer.id,
                "tenkyo.door": said.caller.door,
                "tenkyo.request_id": said.caller.request_id,
                "tenkyo.reader": answer.reader,
                "tenkyo.index": answer.index,
                "tenkyo.abstained": answer.abstained,
                "tenkyo.citations": len(answer.citations),
            }
        )
        at = begin
        for stage in _STAGES:
            if stage in timings:
                child = self._tracer.start_span(f"tenkyo.{stage}", set_span_in_context(span), start_time=at)
                at += _ns(timings[stage])
                child.end(at)
        span.end(end)

    def close(self) -> None:
        """Sends what waits."""
        self._provider.shutdown()


def span_witness() -> SpanWitness | None:
    """The witness that sends spans; None when no endpoint is configured (OTEL_… settings are those of OpenTelemetry)."""
    if not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        return None
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({SERVICE_NAME: os.environ.get("OTEL_SERVICE_NAME", "tenkyo")})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return SpanWitness(provider)


def _ns(milliseconds: float) -> int:
    return int(milliseconds * 1e6)
