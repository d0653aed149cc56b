"""Two invented documents with their real index, questions on them, and an engine that says what it is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Checks, Citation, CitedConflict, Turn
from assistant.ingesting import ingest
from assistant.settings import Settings
from eval.engine import Answered, Found
from index.errors import UnknownDocument

from ..assistant.invented import link_model

PAGES = {
    (
        "plan",
        "1",
    ): "第１章　協議会\n\n　みさき広域協議会は、平成20年7月14日に設立された。\n　発足時の会員数は３２８であり、うち企業会員は１９３社である。\n",
    (
        "plan",
        "2",
    ): "第２章　予算\n\n　平成21年度の予算額は84,188千円である。\n　平成22年度の予算額は91,300千円である。\n　事務局は、みさき県庁の産業振興課に置かれている。\n",
    (
        "cases",
        "1",
    ): "事例１　きた湾水産加工クラスター\n\n　きた湾水産加工協同組合は、昭和58年4月に設立された。\n　組合員数は46社である。\n",
}


def item(**changes: Any) -> dict[str, Any]:
    """A right item, as it stands in a file."""
    return {
        "id": "A1",
        "question": "みさき広域協議会はいつ設立されましたか？",
        "kind": "date",
        "style": "verbatim",
        "answer": "平成20年7月14日に設立された。",
        "must": [["2008年7月14日"]],
        "must_not": [],
        "abstain": False,
        "evidence": [{"doc": "plan", "page": "1", "quote": "平成20年7月14日に設立された"}],
        "needs_all": False,
        "history": [],
    } | changes


ITEMS = (
    item(),
    item(
        id="A2",
        question="みさき広域協議会の発足時の会員数はいくつですか？",
        kind="number",
        answer="328である。",
        must=[["328"]],
        must_not=["193"],
        evidence=[{"doc": "plan", "page": "1", "quote": "発足時の会員数は３２８であり"}],
    ),
    item(
        id="A3",
        question="きた湾水産加工協同組合の組合員数は？",
        kind="number",
        answer="46社である。",
        must=[["46"]],
        evidence=[{"doc": "cases", "page": "1", "quote": "組合員数は46社である"}],
    ),
    item(
        id="A4",
        question="おきなわ鉄道の運賃はいくらですか？",
        kind="unanswerable",
        answer="",
        must=[],
        abstain=True,
        evidence=[],
    ),
)  # fmt: skip


def write_jsonl(path: Path, items: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(i, ensure_ascii=False) + "\n" for i in items), encoding="utf-8")
    return path


def page_text(document_id: str, label: str) -> str:
    try:
        return PAGES[document_id, label]
    except KeyError:
        raise UnknownDocument(f"文書「{document_id}」の「{label}」はありません。") from None


def cited(document_id: str, page: str, quote: str, marker: int = 1) -> Citation:
    """A citation of the invented pages."""
    start = PAGES[document_id, page].index(quote)
    return Citation(marker, document_id, "題名", page, int(page), "ページ", quote, start, start + len(quote), "")


def answered(text: str, *citations: Citation, abstained: bool = False, conflicts: int = 0) -> Answer:
    notes = tuple(CitedConflict("食い違い", (1,)) for _ in range(conflicts))
    return Answer("1", "問い", text, abstained, citations, notes, Checks(True), "built-in", {"total": 1.0}, "g")


class ToldEngine:
    """Answers from a table of questions; abstains from the others."""

    def __init__(self, answers: dict[str, Answer], stop_after: int | None = None) -> None:
        self.facts = {"reader": "told"}
        self.asked: list[tuple[str, int]] = []
        self._answers = answers
        self._stop_after = stop_after

    def ask(self, question: str, history: Sequence[Turn]) -> Answered:
        if self._stop_after is not None and len(self.asked) >= self._stop_after:
            raise KeyboardInterrupt
        self.asked.append((question, len(history)))
        answer = self._answers.get(question) or answered("記載がありません。", abstained=True)
        return Answered(answer, 0.0 if answer.abstained else 0.9, (), (("plan", "2"), ("plan", "1")), None)

    def find(self, question: str, history: Sequence[Turn]) -> Found:  # noqa: ARG002
        places = (("plan", "1"), ("plan", "2"), ("cases", "1"))
        legs = {"lexical": places, "dense": places[::-1], "fused": places}
        return Found(question, legs, {"passage": (places[0], PAGES[places[0]]), "bm25": (places[1], PAGES[places[1]])})

    def page_text(self, document_id: str, label: str) -> str:
        return page_text(document_id, label)

    def close(self) -> None:
        return None


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, e5_folder: Path) -> Settings:
    """A home with the invented documents' index. Tests must not change it."""
    root = tmp_path_factory.mktemp("eval")
    (root / "documents").mkdir()
    for name in ("plan", "cases"):
        pages = [text for (document, _), text in PAGES.items() if document == name]
        (root / "documents" / f"{name}.txt").write_text("\f".join(pages), encoding="utf-8")
    link_model(root / "home", e5_folder)
    found = Settings(_env_file=None, home=root / "home", documents=root / "documents")  # type: ignore[call-arg]
    assert not ingest(found, [], quiet=True).failed
    return found


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "questions.jsonl", ITEMS)


@pytest.fixture
def dataset(tmp_path: Path) -> Callable[..., Path]:
    """A file with one item that differs from the right one as told."""
    return lambda **changes: write_jsonl(tmp_path / "one.jsonl", [item(**changes)])
