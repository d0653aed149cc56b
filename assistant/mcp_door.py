"""The door for the Model Context Protocol: /mcp, streamable HTTP without sessions, opened in the background when the server starts."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import anyio
import anyio.to_thread
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.page_image import PageImages
from assistant.problem_json import problem
from assistant.service import Service

PATH = "/mcp"
_WAIT_S = 30.0
_LOG = logging.getLogger(__name__)


class McpDoor:
    """An ASGI app for `/mcp` and `/mcp/`. It answers while `open` runs, as it does through the app's lifespan."""

    def __init__(self, service: Service, images: PageImages | None) -> None:
        self._service = service
        self._images = images
        self._app: ASGIApp | None = None
        self._opened: anyio.Event | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Starts to open, and goes on; the SDK takes most of a second to import, which nobody has to wait for."""
        self._opened = anyio.Event()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._serve, self._opened)
            try:
                yield
            finally:
                self._app = self._opened = None
                tasks.cancel_scope.cancel()

    async def _serve(self, opened: anyio.Event) -> None:
        try:
            app, manager = await anyio.to_thread.run_sync(self._made)
            async with manager.run():
                self._app = app
                opened.set()
                await anyio.sleep_forever()
        except Exception:
            _LOG.exception("the MCP door does not open")
        finally:
            opened.set()

    def _made(self) -> Any:
        return import_module("assistant.mcp_tools").mcp_app(self._service, self._images, PATH)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._opened is not None:
            with anyio.move_on_after(_WAIT_S):
                await self._opened.wait()
        if self._app is None:
            detail = "MCP の入口がまだ開いていません。少し待ってから、もう一度試してください。"
            await problem(503, "まだ使えません", detail, headers={"Retry-After": "5"})(scope, receive, send)
            return
        await self._app({**scope, "path": PATH, "raw_path": PATH.encode()}, receive, send)
