"""The door of operators: is the process alive, can it answer, what does Prometheus read."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from assistant.openapi import model
from assistant.problems import Ending
from assistant.replies import AliveOut, ReadyOut
from assistant.service import Service
from assistant.watch import Watch


def health_door(service: Service, watch: Watch) -> APIRouter:
    router = APIRouter(tags=["運用"])

    @router.get("/healthz", summary="生きているか", response_model=None, responses={200: model(AliveOut)})
    async def healthz() -> dict[str, str]:  # on the event loop: it answers while every thread is busy
        return {"status": "ok"}

    @router.get(
        "/readyz",
        summary="答えられるか：索引、ベクトルの置き場所。言語モデルと監査記録の様子も",
        response_model=None,
        responses={200: model(ReadyOut)},
    )
    def readyz() -> dict[str, Any]:
        if watch.drain.ending:
            raise Ending("サーバーを止めています。")
        documents = len(service.documents())
        service.require_ready()
        audit = watch.audit() if watch.audit else None
        return {
            "status": "ready",
            "index": service.index_name,
            "documents": documents,
            "language_model": service.circuit_state or "none",
            "audit": "none" if audit is None else audit.problem or "ok",
        }

    @router.get("/metrics", summary="Prometheus の測定値", response_class=PlainTextResponse)
    def metrics() -> Response:
        return Response(watch.metrics.text(), media_type="text/plain; version=0.0.4")

    return router
