"""The door of operators: is the process alive, is the index loaded."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from assistant.openapi import model
from assistant.replies import AliveOut, ReadyOut
from assistant.service import Service


def health_door(service: Service) -> APIRouter:
    router = APIRouter(tags=["運用"])

    @router.get("/healthz", summary="生きているか", response_model=None, responses={200: model(AliveOut)})
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz", summary="索引を読み込んでいるか", response_model=None, responses={200: model(ReadyOut)})
    def readyz() -> dict[str, Any]:
        return {"status": "ready", "index": service.index_name, "documents": len(service.documents())}

    return router
