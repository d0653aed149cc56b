"""What every request carries: an id that comes back with the answer, the door that it knocks at, and who asks."""

from __future__ import annotations

import re
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.caller import Caller, calls

HEADER = "X-Request-Id"
_SANE = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}")
_TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_DOORS = {"/v1/ask": "ask", "/v1/chat/completions": "openai", "/gennai": "gennai", "/mcp": "mcp"}


class RequestId:
    """The outermost middleware: plain ASGI, so that streams flow through and what it sets is seen by all that is inside.

    An id that the client sends is kept when it can stand in a log line; else the request gets one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get(HEADER, "")
        request_id = given if _SANE.fullmatch(given) else uuid.uuid4().hex
        parent = headers.get("traceparent", "")
        calls(Caller(door_of(scope["path"]), "", request_id, parent if _TRACEPARENT.fullmatch(parent) else ""))

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        await self._app(scope, receive, answered)


def door_of(path: str) -> str:
    """The door behind a path: ask, openai, gennai, mcp, api (what else has a route) or page."""
    for prefix, door in _DOORS.items():
        if path == prefix or path.startswith(f"{prefix}/"):
            return door
    return "api" if path.startswith("/v1/") else "page"
