"""Questions with their answers, pages and quotes: the item format, read from JSON Lines and checked against the pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import TenkyoError
from eval.errors import EvalError

Kind = Literal[
    "date", "number", "money", "name", "list", "table", "compare", "calc", "definition", "reason",
    "conflict", "unanswerable", "followup", "reading", "retrieval",
]  # fmt: skip
Style = Literal["verbatim", "paraphrase", "era", "unit", "abbreviation", "typo", "vague", "english"]
PageText = Callable[[str, str], str]  # (document id, page label) → text; raises TenkyoError for an unknown one


class Evidence(BaseModel):
    """A page that holds the answer, by its label; `same` are other pages of the document that say the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc: str = Field(min_length=1)
    page: str = Field(min_length=1)
    quote: str = Field(min_length=1)
    same: tuple[str, ...] = ()

    @property
    def pages(self) -> frozenset[tuple[str, str]]:
        return frozenset((self.doc, page) for page in (self.page, *self.same))


class Item(BaseModel):
    """One question. `must`: of every group one alternative has to be said; `must_not`: none may be. `reading` is SQuAD's kind.

    One with a `draft` (eval.drafts) is not complete and refused.
    A `retrieval` item (BEIR's) has pages and no answer: it is searched for, not asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    kind: Kind
    style: Style
    answer: str
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    abstain: bool = False
    evidence: tuple[Evidence, ...] = ()
    needs_all: bool = False
    history: tuple[str, ...] = ()
    draft: dict[str, str] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Item:
        if self.draft is not None:
            raise ValueError("下書きのままです。正しい答えと根拠を書き、draft を消してください")
        if self.abstain and self.must:
            raise ValueError("abstain が true の問いに must は書けません")
        if not self.abstain and not self.must and self.kind != "retrieval":
            raise ValueError("must が空です。正しい答えが必ず含む語を書いてください")
        if not self.abstain and not self.evidence:
            raise ValueError("evidence が空です。根拠のページと引用を書いてください")
        if any(not group or not all(map(str.strip, group)) for group in self.must):
            raise ValueError("must に空の候補があります")
        if not all(map(str.strip, self.must_not)):
            raise ValueError("must_not に空の語があります")
        return self

    @property
    def groups(self) -> tuple[frozenset[tuple[str, str]], ...]:
        """Sets of pages of which each needs one: a set for every evidence with `needs_all`, else one of all the pages."""
        sets = [e.pages for e in self.evidence]
        return tuple(sets) if self.needs_all else (frozenset().union(*sets),) if sets else ()


def read_items(path: Path) -> list[Item]:
    """The items of a JSON Lines file in its order. Raises EvalError naming file, line and what is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise EvalError(f"{path} を読めません（{error.strerror}）。ファイルの名前と権限を確かめてください。") from error
    except UnicodeDecodeError as error:
        raise EvalError(f"{path} はUTF-8ではありません。UTF-8で保存し直してください。") from error
    items = [_item(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not items:
        raise EvalError(f"{path} に問いがありません。1行に1問のJSONを書いてください。")
    return items


def _item(path: Path, number: int, line: str) -> Item:
    try:
        return Item.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise EvalError(f"{path} の{number}行目はJSONではありません（{error.colno}字目）。直してください。") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "問い"
        raise EvalError(
            f"{path} の{number}行目の {where} が違います（{_said(first['type'], first['msg'])}）。直してください。"
        ) from error


def _said(kind: str, message: str) -> str:
    known = {"missing": "項目がありません", "extra_forbidden": "知らない項目です", "string_too_short": "空です"}
    return known.get(kind, message.removeprefix("Value error, "))


def require_unique(items: Sequence[Item]) -> None:
    """Raises EvalError when two items share an id: rows of two runs are paired by it."""
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise EvalError(f"問いの番号 {item.id} が二度あります。片方を変えてください。")
        seen.add(item.id)


def check(items: Sequence[Item], page_text: PageText) -> list[str]:
    """What is wrong with the evidence: pages that are not there, quotes that do not stand on their page to the letter."""
    problems = []
    for item in items:
        for evidence in item.evidence:
            try:
                text = page_text(evidence.doc, evidence.page)
                for other in evidence.same:
                    page_text(evidence.doc, other)
            except TenkyoError as error:
                problems.append(f"{item.id}: {error.message}")
                continue
            if evidence.quote not in text:
                problems.append(
                    f"{item.id}: 引用「{evidence.quote}」が {evidence.doc} の {evidence.page} に一字一句の形ではありません。"
                )
    return problems
