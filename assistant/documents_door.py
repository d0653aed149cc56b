"""The door of the library: documents listed, added, removed; their pages as text."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import JSONResponse

from assistant.accounts import accounts_json
from assistant.library_desk import LibraryDesk, UploadAbout
from assistant.openapi import model
from assistant.page_image import PageImages
from assistant.page_view import page_view
from assistant.replies import DocumentsOut, PageOut, ReportOut
from assistant.schemas import page_json
from assistant.service import Service

_Said = Annotated[str, Form(max_length=500, description="省ける。文書から読み取ったものの代わりになる")]
_VIEW = {
    "text/html": {
        "schema": {
            "type": "string",
            "description": "`Accept: text/html`（ブラウザー）のとき。`?start=&end=` に印を付けて読む形",
        }
    }
}


def documents_door(service: Service, desk: LibraryDesk, images: PageImages | None) -> APIRouter:
    router = APIRouter(tags=["文書"])

    @router.get("/v1/documents", summary="文書の一覧", response_model=None, responses={200: model(DocumentsOut)})
    def documents() -> dict[str, Any]:
        return accounts_json(service.documents(), desk.accounts())

    @router.post(
        "/v1/documents",
        summary="文書を加える（maintainer）",
        status_code=201,
        response_model=None,
        responses={201: model(ReportOut)},
    )
    def add(file: UploadFile, title: _Said = "", publisher: _Said = "", published: _Said = "") -> dict[str, Any]:
        return desk.add(
            file.filename or "", file.file, UploadAbout(title.strip(), publisher.strip(), published.strip())
        )

    @router.delete(
        "/v1/documents/{document_id}",
        summary="文書を外す（maintainer）",
        response_model=None,
        responses={200: model(ReportOut)},
    )
    def remove(document_id: str) -> dict[str, Any]:
        return desk.remove(document_id)

    # A label is what is printed, and that may hold a slash.
    @router.get(
        "/v1/documents/{document_id}/pages/{label:path}",
        summary="ページの本文",
        response_model=None,
        responses={200: {**model(PageOut), "content": _VIEW}},
    )
    def page(document_id: str, label: str, request: Request) -> Response:
        view = service.page(document_id, label)
        picture = images is not None and images.possible(view.document)
        if "text/html" in request.headers.get("accept", ""):
            start, end = (_number(request.query_params.get(name, "")) for name in ("start", "end"))
            return page_view(view, start, end, picture)
        return JSONResponse(page_json(view, picture), headers={"Vary": "Accept"})

    return router


def _number(text: str) -> int:
    """0 for anything but a number that a page could have."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
