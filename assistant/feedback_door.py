"""The door of judgements: POST /v1/feedback."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.openapi import model
from assistant.replies import StoredOut
from assistant.schemas import FeedbackIn
from assistant.service import Service


def feedback_door(service: Service) -> APIRouter:
    router = APIRouter(tags=["質問"])

    @router.post(
        "/v1/feedback",
        summary="答えを評価する（何度でもよく、最後の評価が残る）",
        status_code=201,
        response_model=None,
        responses={201: model(StoredOut)},
    )
    def feedback(body: FeedbackIn) -> dict[str, str]:
        service.feedback(body.answer_id, body.verdict, body.kind, body.comment)
        return {"status": "stored"}

    return router
