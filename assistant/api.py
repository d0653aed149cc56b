"""The HTTP API: every door on one service, behind one guard. Each door only translates, `Service` answers."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from assistant.access import AccessRules
from assistant.ask_door import ask_door
from assistant.dead_ends import close_dead_ends
from assistant.documents_door import documents_door
from assistant.drain import Draining
from assistant.feedback_door import feedback_door
from assistant.gennai_door import gennai_door
from assistant.guard import Guard
from assistant.health_door import health_door
from assistant.library_desk import LibraryDesk
from assistant.mcp_door import PATH as MCP_PATH
from assistant.mcp_door import McpDoor
from assistant.openai_door import openai_door
from assistant.openapi import describe
from assistant.page_image import PageImages
from assistant.pictures_door import pictures_door
from assistant.problem_json import answer_errors
from assistant.reference_door import reference_door
from assistant.request_id import RequestId
from assistant.request_log import RequestLog
from assistant.security_headers import SecurityHeaders
from assistant.service import Service
from assistant.settings import ApiKey
from assistant.watch import Watch


def create_app(
    service: Service,
    desk: LibraryDesk,
    keys: Sequence[ApiKey] = (),
    rules: AccessRules | None = None,
    images: PageImages | None = None,
    watch: Watch | None = None,
) -> FastAPI:
    """The API on a service; the page is mounted by the caller, after all routes. `keys` alone are rules without limits.

    Without `images` pages are text only.
    """
    rules = rules or AccessRules(tuple(keys))
    watch = watch or Watch()
    watch.metrics.watch(service, watch.audit)
    mcp = McpDoor(service, images)
    app = FastAPI(title="tenkyo 典拠", version="1", docs_url=None, redoc_url=None, lifespan=lambda _: mcp.open())
    describe(app)
    answer_errors(app)
    app.add_middleware(Guard, rules=rules)  # the last one added is passed first
    if rules.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=rules.origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "x-api-key"],
            expose_headers=["Retry-After", "X-Request-Id"],
        )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Draining, drain=watch.drain)
    app.add_middleware(RequestLog, metrics=watch.metrics)
    app.add_middleware(RequestId)
    if images is not None:
        app.include_router(pictures_door(service, images))
    doors = (
        ask_door(service),
        feedback_door(service),
        documents_door(service, desk, images),
        openai_door(service),
        gennai_door(service),
        health_door(service, watch),
        reference_door(app),
    )
    for door in doors:
        app.include_router(door)
    for path in (MCP_PATH, f"{MCP_PATH}/"):
        app.router.routes.append(Route(path, mcp, include_in_schema=False))
    close_dead_ends(app)
    return app
