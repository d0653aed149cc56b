"""The same answers as tools of the Model Context Protocol. Heavy to import (mcp): `assistant.mcp_door` does so when it opens."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar

import anyio.to_thread
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field
from starlette.types import ASGIApp

from assistant.limits import MAX_BODY_BYTES, MAX_K, require_k, require_question
from assistant.page_image import PageImages
from assistant.problem_json import UNEXPECTED
from assistant.replies import AnswerOut, PageOut, PassagesOut
from assistant.schemas import TurnIn, answer_json, page_json, passage_json
from assistant.service import Service
from assistant.source_list import source_lines
from corpus.errors import TenkyoError

_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = (
    "政策文書への質問に、典拠のページを添えて答えます。ask の答えの印 [1] は citations の marker で、quote はページの文字列そのままです。"
    "abstained が true のときは、文書に答えがありません。答えを伝えるときは、印と典拠（題名とページ）を残してください。"
)
_ASK = (
    "登録された政策文書に質問し、典拠つきの答えを受け取る。数値・日付・金額・固有名詞は、引用した箇所にあるものだけが示される。"
    "文書に答えがないときは abstained が true になる。文書どうしが食い違うときは conflicts に示される。"
)
_SEARCH = "登録された政策文書から、語や文に合う箇所を、合う順に探す。箇所は文字列そのままで、文書とページが付く。"
_READ = "文書のページの全文を読む。page は印刷されたページ名（ask と search の page）で、数とは限らない。"
_Result = TypeVar("_Result")
_LOG = logging.getLogger(__name__)
_Documents = Annotated[list[str] | None, Field(description="この文書（document_id）に限る。省くとすべて")]


def mcp_app(service: Service, images: PageImages | None, path: str) -> tuple[ASGIApp, StreamableHTTPSessionManager]:
    """The ASGI app that answers at `path` while its manager runs: no sessions, plain JSON."""
    server = mcp_server(service, images)
    app = server.streamable_http_app(
        streamable_http_path=path,
        stateless_http=True,
        json_response=True,
        max_request_body_size=MAX_BODY_BYTES,
        transport_security=TransportSecuritySettings(
            enable_dns_rebinding_protection=False
        ),  # the guard's, for all doors
    )
    return app, server.session_manager


def mcp_server(service: Service, images: PageImages | None) -> MCPServer:
    """The server with its three tools; what a user may meet becomes a tool's error in Japanese."""
    with _logging_left_alone():
        server = MCPServer("tenkyo", title="tenkyo 典拠", instructions=_INSTRUCTIONS, log_level="CRITICAL")

    @server.tool(title="典拠つきで答える", description=_ASK, annotations=_READS)
    async def ask(
        question: Annotated[str, Field(description="質問（2,000字まで）")],
        history: Annotated[list[TurnIn] | None, Field(description="前の問いと答え、古い順")] = None,
        document_ids: _Documents = None,
    ) -> Annotated[CallToolResult, AnswerOut]:
        turns = [turn.turn() for turn in history or []]
        answer = await _called(lambda: service.ask(require_question(question), turns, document_ids))
        return _result("".join([answer.answer, *source_lines(answer)]), answer_json(answer))

    @server.tool(title="箇所を探す", description=_SEARCH, annotations=_READS)
    async def search(
        query: Annotated[str, Field(description="探す語か文（2,000字まで）")],
        k: Annotated[int, Field(description=f"件数（1から{MAX_K}）")] = 10,
        document_ids: _Documents = None,
    ) -> Annotated[CallToolResult, PassagesOut]:
        passages = await _called(lambda: service.search(require_question(query), require_k(k), document_ids))
        lines = (
            f"{p.document.title}　{p.document.locator} {p.page_label}（{p.document.id}）\n{p.text}" for p in passages
        )
        return _result("\n\n".join(lines), {"passages": [passage_json(p) for p in passages]})

    @server.tool(title="ページを読む", description=_READ, annotations=_READS)
    async def read_page(
        document_id: Annotated[str, Field(description="文書のID")],
        page: Annotated[str, Field(description="印刷されたページ名")],
    ) -> Annotated[CallToolResult, PageOut]:
        view = await _called(lambda: service.page(document_id, page))
        return _result(view.page.text, page_json(view, images is not None and images.possible(view.document)))

    return server


async def _called(work: Callable[[], _Result]) -> _Result:
    """The service's result, worked out in a thread of its own. Raises ToolError, which the client sees as it is."""
    try:
        return await anyio.to_thread.run_sync(work)
    except TenkyoError as error:
        raise ToolError(error.message) from error
    except Exception as error:
        _LOG.exception("unexpected error in a tool")
        raise ToolError(UNEXPECTED[1]) from error


def _result(text: str, data: dict[str, Any]) -> CallToolResult:
    """What a model reads, and the same typed."""
    return CallToolResult(content=[TextContent(text=text)], structured_content=data)


@contextmanager
def _logging_left_alone() -> Iterator[None]:
    """The SDK gives the process's root logger a handler of its own."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
