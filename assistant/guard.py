"""What every request passes before any door, plain ASGI so that streams flow through it: host, origin, key, limits, size."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access import AccessRules, Gate, given_key, require_known_host, require_own_site
from assistant.caller import calls_with_key
from assistant.library_desk import MAX_UPLOAD_BYTES
from assistant.limits import MAX_BODY_BYTES
from assistant.problem_json import problem_for
from assistant.problems import BodyTooLarge, NotAllowed
from assistant.throttle import Throttle
from corpus.errors import TenkyoError

_FORM_BYTES = 1_000_000  # what a multipart form adds to its file, generously


class Guard:
    """Turns away who may not enter; names the key that let a request in as `request.state.key_name` ("" without keys)."""

    def __init__(self, app: ASGIApp, rules: AccessRules) -> None:
        self._app = app
        self._rules = rules
        self._gate = Gate(rules.keys, rules.sign_in)
        self._throttle = Throttle(rules.rate, rules.concurrent, rules.guesses)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no door speaks WebSocket
            await send({"type": "websocket.close", "code": 1008})
            return
        address = (scope.get("client") or ("",))[0]
        try:
            name = self._admitted(scope, address)
            counted = _is_asking(scope["method"], scope["path"])
            caller = f"key:{name}" if name else f"address:{address}"
            if counted:
                self._throttle.enter(caller)
        except TenkyoError as error:
            await self._refusal(error, scope)(scope, receive, send)
            return
        scope.setdefault("state", {})["key_name"] = name
        calls_with_key(name)
        try:
            await _Sized(self._app)(scope, receive, send)
        finally:
            if counted:
                self._throttle.leave(caller)

    def _refusal(self, error: TenkyoError, scope: Scope) -> Response:
        """A browser that opens a page is led to the sign-in form; the scripts of our page never make it ask for a key."""
        refused = problem_for(error, scope["path"])
        sign_in, headers = self._rules.sign_in, Headers(scope=scope)
        if not isinstance(error, NotAllowed) or given_key(headers) or sign_in is None or not sign_in.by_form:
            return refused
        if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            asked = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
            return RedirectResponse(f"/login?{urlencode({'next': asked})}", 303)
        if "sec-fetch-site" in headers and "www-authenticate" in refused.headers:
            del refused.headers["www-authenticate"]
        return refused

    def _admitted(self, scope: Scope, address: str) -> str:
        """The name of the key. Raises UnknownHost, ForeignSite, TooManyRequests, NotAllowed, RoleTooLow."""
        method, path, headers = scope["method"], scope["path"], Headers(scope=scope)
        require_known_host(headers, self._rules.hosts)
        require_own_site(method, headers, self._rules.origins)
        if self._gate.needed(method, path) is None:
            return ""
        if self._gate.visitor(method, headers) is None:
            self._throttle.require_few_guesses(address)
        try:
            return self._gate.check(method, path, headers)
        except NotAllowed:
            if given_key(headers):
                self._throttle.guessed(address)
            raise


class _TooLarge(Exception):
    pass


class _Sized:
    """Passes a request on and refuses it as soon as its body is larger than its door takes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        allowed = MAX_BODY_BYTES if _is_asking(scope["method"], scope["path"]) else MAX_UPLOAD_BYTES + _FORM_BYTES
        declared = Headers(scope=scope).get("content-length", "")
        seen = int(declared) if declared.isdecimal() else 0
        started = False

        async def receiving() -> Message:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request" and not declared:
                seen += len(message.get("body", b""))
                if seen > allowed:
                    raise _TooLarge
            return message

        async def sending(message: Message) -> None:
            nonlocal started
            if seen > allowed and not started:
                return  # what the door makes of a body that was cut off
            started = True
            await send(message)

        if seen <= allowed:
            with suppress(_TooLarge):
                await self._app(scope, receiving, sending)
        if seen > allowed and not started:
            error = BodyTooLarge(f"送られたものが大きすぎます。{allowed // 1_000_000}MB以下にしてください。")
            await problem_for(error, scope["path"])(scope, receive, send)


def _is_asking(method: str, path: str) -> bool:
    """Does the request make the server work for an answer? Pages, lists and uploads are not counted."""
    if method != "POST" or path.startswith("/v1/documents"):
        return False
    return path.startswith("/v1/") or path.rstrip("/") in ("/gennai", "/mcp")
