"""Ending without breaking off: what runs may finish for a while, what comes is sent elsewhere, what is left gets a last event."""

from __future__ import annotations

import asyncio
import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.problem_json import problem, problem_for
from assistant.problems import Ending

_OPEN = frozenset({"/healthz", "/readyz", "/metrics"})
_ENDED = "サーバーを止めています。少し待って、もう一度送ってください。"


class Drain:
    """Which requests run. Used on the event loop only, but for `begin`, which a signal handler may call."""

    def __init__(self) -> None:
        self.ending = False
        self._running: set[asyncio.Future[None]] = set()

    def begin(self) -> None:
        """From now on nothing new is taken."""
        self.ending = True

    @property
    def running(self) -> int:
        return len(self._running)

    def enter(self) -> asyncio.Future[None]:
        """A request begins; the future is done when it has to stop."""
        stop = asyncio.get_running_loop().create_future()
        self._running.add(stop)
        return stop

    def leave(self, stop: asyncio.Future[None]) -> None:
        self._running.discard(stop)

    def expire(self) -> None:
        """What still runs has to stop."""
        for stop in self._running:
            if not stop.done():
                stop.set_result(None)


class Draining:
    """Plain ASGI around everything that answers."""

    def __init__(self, app: ASGIApp, drain: Drain) -> None:
        self._app = app
        self._drain = drain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _OPEN:
            await self._app(scope, receive, send)
        elif self._drain.ending:
            response = problem_for(Ending(_ENDED), scope["path"])
            response.headers["Retry-After"] = "5"
            await response(scope, receive, send)
        elif _is_answering(scope):
            await self._watched(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = _Response(send)
        stop = self._drain.enter()
        running = asyncio.ensure_future(self._app(scope, receive, response.send))
        try:
            await asyncio.wait({running, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                await response.end(scope, receive)
        finally:
            self._drain.leave(stop)
            if running.done():
                await running
            else:
                running.cancel()


class _Response:
    """What was sent of a response, so that it can be ended in its own form."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._kind = b""
        self._started = self._ended = False

    async def send(self, message: Message) -> None:
        if self._ended:
            return
        if message["type"] == "http.response.start":
            self._started = True
            self._kind = dict(message["headers"]).get(b"content-type", b"")
        await self._send(message)

    async def end(self, scope: Scope, receive: Receive) -> None:
        """An error in place of the response, or as the last event of a stream."""
        self._ended = True
        if not self._started:
            await problem_for(Ending(_ENDED), scope["path"])(scope, receive, self._send)
        elif self._kind.startswith(b"text/event-stream"):
            await self._send({"type": "http.response.body", "body": _last_event(scope["path"]), "more_body": False})


def _last_event(path: str) -> bytes:
    if path == "/v1/chat/completions":
        error = {"message": _ENDED, "type": "server_error", "param": None, "code": "shutting_down"}
        return f"data: {json.dumps({'error': error}, ensure_ascii=False)}\n\ndata: [DONE]\n\n".encode()
    body = bytes(problem(503, "終了中", _ENDED).body).decode()
    return f"event: error\ndata: {body}\n\n".encode()


def _is_answering(scope: Scope) -> bool:
    """Does somebody wait for words? The page's own streams for keeping its connection are not waited for."""
    path = str(scope["path"])
    return path.endswith("/queue/data") or (
        scope["method"] == "POST" and (path.startswith("/v1/") or path.rstrip("/") in ("/gennai", "/mcp"))
    )
