"""The door of the originals: a page as a picture with the cited words marked, and the file itself."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from assistant.page_image import DEFAULT_WIDTH, MAX_WIDTH, MIN_WIDTH, PageImages
from assistant.service import Service

_SAFE = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache"}
_PNG: dict[int | str, dict[str, Any]] = {200: {"content": {"image/png": {}}, "description": "ページの画像（PNG）"}}
# Without `object-src` and `sandbox`, which keep a browser's own PDF viewer from opening the file.
_PDF_POLICY = "script-src 'none'; form-action 'none'; frame-ancestors 'self'"
_Width = Annotated[int, Query(ge=MIN_WIDTH, le=MAX_WIDTH, description="画像の幅（ピクセル）")]
_At = Annotated[int, Query(ge=0, description="印を付ける範囲（本文のコードポイント）")]


def pictures_door(service: Service, images: PageImages) -> APIRouter:
    """Has to come before the door of the pages, whose labels may hold a slash."""
    router = APIRouter(tags=["文書"])

    @router.get(
        "/v1/documents/{document_id}/pages/{label:path}/image",
        summary="ページの画像（start から end に印）",
        response_class=Response,
        responses=_PNG,
    )
    def image(
        document_id: str, label: str, request: Request, start: _At = 0, end: _At = 0, width: _Width = DEFAULT_WIDTH
    ) -> Response:
        view = service.page(document_id, label)
        tag = images.tag(view, start, end, width)
        headers = _SAFE | {"ETag": tag}
        if tag in (one.strip() for one in request.headers.get("if-none-match", "").split(",")):
            return Response(status_code=304, headers=headers)
        drawn = images.draw(view, service.geometry(document_id, view.page.number), start, end, width)
        return Response(drawn, media_type="image/png", headers=headers)

    @router.get("/v1/documents/{document_id}/file", summary="原本のファイル", response_class=Response)
    def file(document_id: str) -> Response:
        # PDFs open in the browser, at #page=N; anything else could be markup or a macro and is only saved.
        source = images.original(service.document(document_id))
        is_pdf = images.is_pdf(source)
        headers = _SAFE | {
            "Content-Disposition": f"{'inline' if is_pdf else 'attachment'}; filename*=UTF-8''{quote(source.name, safe='')}",
            "Content-Security-Policy": _PDF_POLICY if is_pdf else "default-src 'none'; sandbox",
        }
        kind = "application/pdf" if is_pdf else "application/octet-stream"
        if source.member:
            return Response(source.read(), media_type=kind, headers=headers)
        return FileResponse(source.path, media_type=kind, headers=headers)

    return router
