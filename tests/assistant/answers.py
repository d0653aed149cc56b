"""Answers made by hand, and a service that gives them: for what is done with answers, not for how they come about."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from assistant.answer import Answer, Checks, Citation, Delta, Event, EvidenceFound, Finished, Turn
from assistant.caller import Caller
from assistant.watched_service import Said

QUOTE = "会員数は１２０である。"


def answer(one: str = "a1", question: str = "会員数は？", text: str = "120です。[1]", **others: Any) -> Answer:
    citation = Citation(1, "plan", "推進計画", "1", 3, "ページ", QUOTE, 10, 10 + len(QUOTE), "")
    fields: dict[str, Any] = {
        "abstained": False,
        "citations": (citation,),
        "conflicts": (),
        "checks": Checks(True, (), ("999",)),
        "reader": "built-in",
        "timings_ms": {"retrieve": 1.0, "answer": 2.0, "verify": 0.5, "total": 4.0},
        "index": "g1",
    }
    return Answer(one, question, text, **(fields | others))


def said(one: str = "a1", at: datetime | None = None, **others: Any) -> Said:
    history = (Turn("前の問い", "前の答え"),)
    return Said(at or datetime.now(UTC), Caller("ask", "tanaka", "r1"), history, ("plan",), answer(one, **others))


class Fixed:
    """A Service that always gives the same answer, in two pieces when it streams; `fails` is raised after the first."""

    index_name = "g1"
    reader_name = "built-in"

    def __init__(self, given: Answer | None = None, fails: Exception | None = None) -> None:
        self.given = given or answer()
        self.fails = fails

    def ask(self, *_: Any) -> Answer:
        return self.given

    def stream(self, *_: Any) -> Iterator[Event]:
        yield EvidenceFound(())
        yield Delta(self.given.answer[:3])
        if self.fails:
            raise self.fails
        yield Delta(self.given.answer[3:])
        yield Finished(self.given)
