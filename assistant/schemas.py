"""What enters and leaves over HTTP."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer, Citation, Evidence, Turn
from assistant.feedback import Kind, Verdict
from assistant.limits import MAX_QUESTION
from index.ledger import DocumentRow
from index.library import PageView
from index.retriever import Passage

MAX_HISTORY = 50
MAX_COMMENT = 2_000
_MAX_TEXT = 20_000


def asked(description: str) -> Any:
    """A question's field. The door checks its length, to answer with a Japanese line; the OpenAPI says it all the same."""
    rules: dict[str, Any] = {"minLength": 1, "maxLength": MAX_QUESTION, "pattern": r"\S"}
    return Field(description=description, json_schema_extra=rules)


class TurnIn(BaseModel):
    model_config = ConfigDict(extra="ignore")

    question: str = Field(max_length=_MAX_TEXT, description="前の問い")
    answer: str = Field(default="", max_length=_MAX_TEXT, description="その答え")

    def turn(self) -> Turn:
        return Turn(self.question, self.answer)


class AskIn(BaseModel):
    """Body of POST /v1/ask. The length of the question is checked by the door, to answer with a Japanese line."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {
                    "question": "TAMA産業活性化協議会の発足時の会員数はいくつですか？",
                    "history": [],
                    "document_ids": None,
                }
            ]
        },
    )

    question: str = asked("質問（2,000字まで）")
    history: list[TurnIn] = Field(
        default_factory=list, max_length=MAX_HISTORY, description="この会話の前の問いと答え、古い順"
    )
    document_ids: list[str] | None = Field(default=None, description="根拠をこの文書に限る。null ならすべて")


class SearchIn(BaseModel):
    """Body of POST /v1/search. The door checks the length of the query too."""

    model_config = ConfigDict(
        extra="ignore", json_schema_extra={"examples": [{"query": "産学官連携 会員数", "k": 5, "document_ids": None}]}
    )

    query: str = asked("探す語か文（2,000字まで）")
    k: Annotated[int, Field(ge=1, le=100, description="件数")] = 10
    document_ids: list[str] | None = Field(default=None, description="この文書の中だけを探す。null ならすべて")


class FeedbackIn(BaseModel):
    """Body of POST /v1/feedback."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {
                    "answer_id": "0f8fad5bd9cb469fa16570867728950e",
                    "verdict": "bad",
                    "kind": "wrong_source",
                    "comment": "概要版ではなく、本編の会員数が正しい。",
                }
            ]
        },
    )

    answer_id: Annotated[str, Field(min_length=1, max_length=64, description="答えの id")]
    verdict: Annotated[Verdict, Field(description="よい good、わるい bad")]
    kind: Annotated[
        Kind, Field(description="何がわるいか：答え wrong_answer、典拠 wrong_source、文書がない missing_document")
    ] = ""
    comment: Annotated[str, Field(max_length=MAX_COMMENT)] = ""


def citation_json(c: Citation) -> dict[str, Any]:
    return {
        "marker": c.marker,
        "document_id": c.document_id,
        "title": c.title,
        "page": c.page,
        "page_number": c.page_number,
        "locator": c.locator,
        "quote": c.quote,
        "start": c.start,
        "end": c.end,
        "url": c.url,
        "note": c.note,
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """The object of the contract."""
    return {
        "id": answer.id,
        "question": answer.question,
        "answer": answer.answer,
        "abstained": answer.abstained,
        "citations": [citation_json(c) for c in answer.citations],
        "conflicts": [{"text": c.text, "markers": list(c.markers)} for c in answer.conflicts],
        "checks": {
            "supported": answer.checks.supported,
            "unsupported": list(answer.checks.unsupported),
            "dropped": list(answer.checks.dropped),
        },
        "reader": answer.reader,
        "timings_ms": answer.timings_ms,
        "index": answer.index,
    }


def evidence_json(e: Evidence) -> dict[str, Any]:
    return {
        "document_id": e.document_id,
        "title": e.title,
        "page": e.page_label,
        "page_number": e.page_number,
        "locator": e.locator,
        "start": e.start,
        "end": e.end,
        "text": e.quote,
    }


def passage_json(p: Passage) -> dict[str, Any]:
    return {
        "document_id": p.document.id,
        "title": p.document.title,
        "page": p.page_label,
        "page_number": p.page_number,
        "start": p.start,
        "end": p.end,
        "text": p.text,
        "score": p.score,
        "ranks": p.ranks,
    }


def document_json(d: DocumentRow) -> dict[str, Any]:
    return {
        "id": d.id,
        "title": d.title,
        "publisher": d.publisher,
        "published": d.published,
        "locator": d.locator,
        "note": d.note,
        "pages": d.pages,
        "sha256": d.sha256,
        "origin": d.origin,
        "guessed": list(d.guessed),
    }


def page_json(view: PageView, image: bool) -> dict[str, Any]:
    """`image`: can the page be shown as a picture? Its path takes `?start=&end=&width=`."""
    return {
        "document_id": view.document.id,
        "title": view.document.title,
        "text": view.page.text,
        "label": view.page.label,
        "page_number": view.page.number,
        "locator": view.document.locator,
        "note": view.document.note,
        "previous": view.previous,
        "next": view.next,
        "ocr": view.page.ocr,
        "problem": view.page.problem,
        "image": f"{page_path(view.document.id, view.page.label)}/image" if image else None,
    }


def page_path(document_id: str, label: str) -> str:
    return f"/v1/documents/{quote(document_id, safe='')}/pages/{quote(label, safe='')}"
