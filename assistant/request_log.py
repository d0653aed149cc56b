"""Every request counted and, in JSON logs, a line: route, status, time, door, key name, request id. Never a question."""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.caller import caller
from assistant.metrics import Metrics

_LOG = logging.getLogger(__name__)


class RequestLog:
    """Plain ASGI, inside of RequestId: it knows the caller, and streams flow through."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500  # of a request that ends without a response
        begun = time.monotonic()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._metrics.begun()
        try:
            await self._app(scope, receive, sending)
        finally:
            seconds = time.monotonic() - begun
            route = route_of(scope)
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._metrics.ended(route, method, status, caller().door, seconds)
            said = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
            _LOG.info("request", extra={"fields": said | {"key": scope.get("state", {}).get("key_name", "")}})


_METHODS = frozenset("GET HEAD POST PUT PATCH DELETE OPTIONS".split())


def route_of(scope: Scope) -> str:
    """The template of the route that answered (`/v1/documents/{document_id}`), `page` for what is mounted, else `none`."""
    route = scope.get("route")
    path = getattr(route, "path", "")
    if path:
        return str(path)
    return "page" if scope.get("root_path") or "endpoint" in scope else "none"
