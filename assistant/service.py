"""One `ask` for every door: the command line, HTTP, the page and the evals call this and nothing below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.answer import Answer, Event, Turn
from assistant.explain import Explained
from assistant.feedback import Kind, Verdict
from corpus.geometry import Geometry
from index.ledger import DocumentRow
from index.library import PageView
from index.retriever import Passage


class Service(Protocol):
    """Questions in, cited answers out. Every method may raise a TenkyoError, whose `message` is meant for the user."""

    def ask(self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None) -> Answer:
        """The checked answer; `document_ids` restricts the evidence to these documents."""

    def explain(
        self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None
    ) -> Explained:
        """The answer of `ask` with how it came about."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None
    ) -> Iterator[Event]:
        """EvidenceFound, Delta…, Finished."""

    def search(self, query: str, k: int, document_ids: Sequence[str] | None = None) -> list[Passage]:
        """The best `k` passages, best first."""

    def documents(self) -> tuple[DocumentRow, ...]:
        """All indexed documents in the order of their ids."""

    def document(self, document_id: str) -> DocumentRow:
        """Raises UnknownDocument."""

    def page(self, document_id: str, label: str) -> PageView:
        """A page by its printed label."""

    def geometry(self, document_id: str, page_number: int) -> Geometry | None:
        """Where the code points of a page stand on paper; None for a page without a layout."""

    def examples(self, count: int) -> tuple[str, ...]:
        """Questions that the indexed documents answer."""

    def feedback(self, answer_id: str, verdict: Verdict, kind: Kind = "", comment: str = "") -> None:
        """Keeps what a reader thinks of an answer that was given. Raises UnknownAnswer when no such answer is recorded."""

    @property
    def index_name(self) -> str:
        """The serving generation of the index."""

    def require_ready(self) -> None:
        """Raises what a question would raise: the index is missing or broken, the Chroma server does not answer."""

    @property
    def circuit_state(self) -> str:
        """Of the language model: closed (it is asked), open (it failed and rests), half-open; "" without one."""

    @property
    def reader_name(self) -> str:
        """Who writes the drafts: `built-in` or the language model's name."""
