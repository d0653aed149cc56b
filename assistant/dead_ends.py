"""Paths of the API that no door answers: problems like any other, said before the page takes every path that is left."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

_PATHS = ("/v1", "/v1/{rest:path}", "/gennai", "/gennai/", "/healthz", "/readyz", "/metrics", "/docs", "/openapi.json")
_METHODS = ("DELETE", "GET", "HEAD", "POST")


class DeadEnd:
    """404, or 405 with the methods that a door has for the path."""

    def __init__(self, app: FastAPI) -> None:
        self._doors = tuple(app.router.routes)

    async def __call__(self, scope: Scope, _: Receive, __: Send) -> None:
        allowed = [
            method
            for method in _METHODS
            if any(door.matches({**scope, "method": method})[0] is Match.FULL for door in self._doors)
        ]
        if allowed:
            raise HTTPException(405, headers={"Allow": ", ".join(allowed)})
        raise HTTPException(404)


def close_dead_ends(app: FastAPI) -> None:
    """Call it after the last door, and before the page is mounted."""
    end = DeadEnd(app)
    for path in _PATHS:
        app.router.routes.append(Route(path, end, include_in_schema=False))
