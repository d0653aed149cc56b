"""The door for 源内: POST /gennai, a question as `inputs`, the answer with its sources as Markdown in `outputs`."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer, Citation
from assistant.limits import require_question
from assistant.schemas import asked
from assistant.service import Service
from assistant.source_list import heading, one_line, place

_ACTIVE = re.compile(r"[\\`*_\[\]<>|~&$]")
# What makes a heading, a list, a rule or a quotation where a line begins.
_OPENING = re.compile(r"^(\s*)(#|\+|-|=|>|(\d+)(?=[.)]))", re.MULTILINE)


class GennaiQuestion(BaseModel):
    model_config = ConfigDict(extra="ignore")

    question: str = asked("質問（2,000字まで）")


class GennaiIn(BaseModel):
    """Body of POST /gennai."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [{"inputs": {"question": "TAMA産業活性化協議会の発足時の会員数はいくつですか？"}}]
        },
    )

    inputs: GennaiQuestion


class GennaiOut(BaseModel):
    outputs: str = Field(description="答えと出典（Markdown）")


def gennai_door(service: Service) -> APIRouter:
    router = APIRouter(tags=["源内"])

    @router.post("/gennai", summary="源内から質問に答える（キーは x-api-key）")
    def answer(body: GennaiIn, request: Request) -> GennaiOut:
        answer = service.ask(require_question(body.inputs.question))
        return GennaiOut(outputs=markdown(answer, str(request.base_url).rstrip("/")))

    return router


def markdown(answer: Answer, base_url: str) -> str:
    """The answer with its markers, then the list of its sources; nothing of the documents acts as Markdown."""
    markers = {str(c.marker) for c in answer.citations}
    text = escaped(answer.answer.strip(), markers).replace("\n", "  \n")
    if not answer.citations:
        return f"{text}\n"
    return f"{text}\n\n### {heading(answer)}\n\n" + "".join(_source(c, base_url) for c in answer.citations)


def escaped(text: str, markers: set[str] | frozenset[str] = frozenset()) -> str:
    """The text so that Markdown shows it as it is. Markers stay, unless what follows would make a link of them."""

    def piece(match: re.Match[str]) -> str:
        return match[0] if match["marker"] in markers else _ACTIVE.sub(r"\\\g<0>", match[0])

    shown = re.sub(rf"\[(?P<marker>\d+)\](?![(:])|{_ACTIVE.pattern}", piece, text)
    return _OPENING.sub(lambda m: f"{m[1]}{m[3]}\\" if m[3] else f"{m[1]}\\{m[2]}", shown)


def _source(citation: Citation, base_url: str) -> str:
    quote, link = escaped(one_line(citation.quote)), f"{base_url}{citation.url}#quote"
    return f"{citation.marker}. [{escaped(place(citation))}](<{link}>)  \n   「{quote}」\n"
