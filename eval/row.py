"""What a run keeps of one question, a line of rows.jsonl."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.explain import Trace
from eval.errors import EvalError


class Cited(BaseModel):
    model_config = ConfigDict(frozen=True)

    document_id: str
    page: str
    title: str
    quote: str
    start: int
    end: int


class Row(BaseModel):
    """Figures that do not apply are None (citations of an unanswerable item, confidence over HTTP); `error` says why there is no answer.

    `trace` tells how a wrong answer came about ; right ones need none.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    style: str
    documents: tuple[str, ...]
    question: str
    history: tuple[str, ...]
    expected: str
    evidence: tuple[tuple[str, str, str], ...]  # (document, page, quote)
    answerable: bool
    answer: str = ""
    abstained: bool = False
    right: bool = False
    holds: bool = False
    forbidden: tuple[str, ...] = ()
    direct: bool | None = None
    cite_precision: float | None = None
    cite_recall: float | None = None
    conflict: bool | None = None
    ungrounded: tuple[str, ...] | None = None
    caught: bool | None = None
    chars: int = 0
    confidence: float | None = None
    search_text: str = ""
    ranks: dict[str, tuple[int | None, ...]] = {}
    baselines: dict[str, bool] = {}
    citations: tuple[Cited, ...] = ()
    dropped: tuple[str, ...] = ()
    reader: str = ""
    ms: float = 0.0
    timings_ms: dict[str, float] = {}
    tokens: dict[str, int] = {}  # input and output, of a language model
    trace: Trace | None = None
    error: str = ""

    @property
    def is_asked(self) -> bool:
        """Was an answer wanted, or only the search?"""
        return self.kind != "retrieval"


def read_rows(path: Path, *, unfinished: bool = False) -> list[Row]:
    """The rows of a run. `unfinished` passes over a last line that was cut off. Raises EvalError."""
    try:
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]  # U+2028 ends no line of JSON
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(
            f"{path} を読めません。`tenkyo eval … --report` が作ったフォルダーかrows.jsonlを指定してください。"
        ) from error
    rows = []
    for number, line in enumerate(lines, 1):
        try:
            rows.append(Row.model_validate_json(line))
        except ValidationError as error:
            if unfinished and number == len(lines):
                break
            raise EvalError(f"{path} の{number}行目は評価の結果ではありません。作り直してください。") from error
    return rows
