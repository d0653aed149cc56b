"""A proxy's word counts, anybody else's does not."""

import asyncio
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from assistant.only_from_proxy import OnlyFromProxy


@pytest.mark.parametrize(
    ("peer", "kept"), [("10.0.0.7", True), ("10.0.1.7", False), ("192.0.2.1", True), ("", False), ("unix", False)]
)
def test_the_header_stays_only_when_a_trusted_proxy_sent_it(peer: str, kept: bool) -> None:
    seen: list[Any] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del receive, send
        seen.extend(scope["headers"])

    guard = OnlyFromProxy(app, "X-User", ["10.0.0.0/24", "192.0.2.1"])
    scope = {"type": "http", "client": (peer, 1) if peer else None, "headers": [(b"X-User", b"a"), (b"host", b"s")]}
    asyncio.run(guard(scope, None, None))  # type: ignore[arg-type]
    assert ((b"X-User", b"a") in seen) is kept
    assert (b"host", b"s") in seen
