"""A header that names the user counts only when a trusted proxy sent it; from anybody else it is taken off the request."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send


class OnlyFromProxy:
    """Plain ASGI, to be passed before anything that replaces the peer's address by the one that a proxy tells."""

    def __init__(self, app: ASGIApp, header: str, proxies: Sequence[str]) -> None:
        """`proxies` are addresses or networks. Raises ValueError for what is neither."""
        self._app = app
        self._header = header.lower().encode("latin-1")
        self._proxies = tuple(ip_network(one, strict=False) for one in proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._trusts((scope.get("client") or ("",))[0]):
            headers = [(name, value) for name, value in scope["headers"] if name.lower() != self._header]
            scope = {**scope, "headers": headers}
        await self._app(scope, receive, send)

    def _trusts(self, peer: str) -> bool:
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self._proxies)
