"""A server that ends takes nothing new, lets answers finish, and ends what is left in the form of its door."""

import asyncio
from typing import Any

import pytest

from assistant.drain import Drain, Draining


class Client:
    """One request through Draining, with what it was sent."""

    def __init__(self, app: Any, drain: Drain, path: str = "/v1/ask", method: str = "POST") -> None:
        self.sent: list[Any] = []
        scope = {"type": "http", "method": method, "path": path, "headers": []}
        self.task = asyncio.ensure_future(Draining(app, drain)(scope, self._receive, self._send))

    async def _receive(self) -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def _send(self, message: Any) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def body(self) -> str:
        return b"".join(m.get("body", b"") for m in self.sent).decode()


class Stream:
    """An app that sends one event and goes on when it is told."""

    def __init__(self, kind: bytes = b"text/event-stream; charset=utf-8") -> None:
        self.go_on = asyncio.Event()
        self._kind = kind

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", self._kind)]})
        await send({"type": "http.response.body", "body": b"event: delta\n\n", "more_body": True})
        await self.go_on.wait()
        await send({"type": "http.response.body", "body": b"event: answer\n\n", "more_body": False})


async def silent(*_: Any) -> None:
    await asyncio.sleep(3600)


def test_what_runs_finishes_and_what_comes_is_refused() -> None:
    async def scenario() -> None:
        drain, stream = Drain(), Stream()
        first = Client(stream, drain)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        drain.begin()
        late = Client(stream, drain)
        await late.task
        assert late.status == 503
        assert dict(late.sent[0]["headers"])[b"retry-after"] == b"5"
        assert "止めています" in late.body
        assert drain.running == 1
        stream.go_on.set()
        await first.task
        assert first.body.endswith("event: answer\n\n")
        assert drain.running == 0

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("path", "last"),
    [("/v1/ask", 'event: error\ndata: {"title":"終了中"'), ("/v1/chat/completions", "data: [DONE]\n\n")],
)
def test_a_stream_that_is_cut_ends_with_an_error_of_its_door(path: str, last: str) -> None:
    async def scenario() -> None:
        drain = Drain()
        client = Client(Stream(), drain, path)
        await asyncio.sleep(0.01)
        drain.begin()
        drain.expire()
        await client.task
        assert last in client.body
        assert client.sent[-1]["more_body"] is False
        assert drain.running == 0

    asyncio.run(scenario())


def test_an_answer_that_has_not_begun_is_cut_with_a_problem() -> None:
    async def scenario() -> None:
        drain = Drain()
        client = Client(silent, drain)
        await asyncio.sleep(0.01)
        drain.expire()
        await client.task
        assert (client.status, "止めています" in client.body) == (503, True)

    asyncio.run(scenario())


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_operators_are_answered_to_the_end(path: str) -> None:
    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def scenario() -> None:
        drain = Drain()
        drain.begin()
        client = Client(app, drain, path, "GET")
        await client.task
        assert client.status == 200

    asyncio.run(scenario())


def test_nobody_waits_for_the_streams_that_only_keep_a_page_open() -> None:
    async def scenario() -> None:
        drain = Drain()
        client = Client(silent, drain, "/gradio_api/heartbeat/x", "GET")
        await asyncio.sleep(0.01)
        assert drain.running == 0
        client.task.cancel()

    asyncio.run(scenario())


def test_an_error_inside_goes_through() -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError("inside")

    async def scenario() -> None:
        with pytest.raises(RuntimeError, match="inside"):
            await Client(broken, Drain()).task

    asyncio.run(scenario())
