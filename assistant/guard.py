"""What every request passes before any door, plain ASGI so that streams flow through it: the gate."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access import Gate
from assistant.problem_json import problem_for
from corpus.errors import TenkyoError


class Guard:
    """Turns away who may not enter; names the key that let a request in as `request.state.key_name` ("" without keys)."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            name = self._gate.check(scope["method"], scope["path"], Headers(scope=scope))
        except TenkyoError as error:
            await problem_for(error)(scope, receive, send)
            return
        scope.setdefault("state", {})["key_name"] = name
        await self._app(scope, receive, send)
