"""One item through the engine: asked with its history, graded, its pages looked up in every leg."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from assistant.answer import Answer, Turn
from corpus.errors import TenkyoError
from eval.dataset import Item
from eval.engine import Answered, Engine, Found
from eval.errors import AskFailed
from eval.grade import Grade, grade, grade_text, max_chars
from eval.ranking import Place, group_ranks
from eval.row import Cited, Row


def ask_item(item: Item, engine: Engine) -> Row:
    """The row of one item; an error of the assistant makes it wrong. Raises EvalError when the engine is gone."""
    try:
        if item.kind == "retrieval":
            return _searched(item, engine)
        history: list[Turn] = []
        for question in item.history:
            history.append(Turn(question, engine.ask(question, history).answer.answer))
        begun = time.perf_counter()
        answered = engine.ask(item.question, history)
        ms = (time.perf_counter() - begun) * 1000
        return _answered(item, engine, answered, engine.find(item.question, history), ms)
    except (TenkyoError, AskFailed) as error:
        return _asked(item).model_copy(update={"error": error.message})


def _asked(item: Item) -> Row:
    """The row of an item that is not answered yet."""
    return Row(
        id=item.id,
        kind=item.kind,
        style=item.style,
        documents=tuple(sorted({e.doc for e in item.evidence})),
        question=item.question,
        history=item.history,
        expected=item.answer,
        evidence=tuple((e.doc, e.page, e.quote) for e in item.evidence),
        answerable=not item.abstain,
    )


def _searched(item: Item, engine: Engine) -> Row:
    begun = time.perf_counter()
    found = engine.find(item.question, ())
    ms = (time.perf_counter() - begun) * 1000
    known = {"search_text": found.search_text, "ranks": _ranks(item, found.legs), "ms": round(ms, 2)}
    return _asked(item).model_copy(update=known)


def _ranks(item: Item, places: Mapping[str, Sequence[Place]]) -> dict[str, tuple[int | None, ...]]:
    """Of every leg, when there is anything to find."""
    return {leg: group_ranks(ranking, item.groups) for leg, ranking in places.items()} if item.groups else {}


def _answered(item: Item, engine: Engine, answered: Answered, found: Found, ms: float) -> Row:
    answer = answered.answer
    graded = grade(item, answer, engine.page_text, answered.computed)
    places = dict(found.legs)
    if answered.considered is not None:
        places["read"] = answered.considered
    known = {
        **{field: getattr(graded, field) for field in Grade.__slots__},
        "answer": answer.answer,
        "abstained": answer.abstained,
        "confidence": answered.confidence,
        "caught": answered.caught,
        "search_text": found.search_text,
        "ranks": _ranks(item, places),
        "baselines": _baselines(item, found),
        "citations": _cited(answer),
        "dropped": answer.checks.dropped,
        "reader": answer.reader,
        "ms": round(ms, 2),
        "timings_ms": answer.timings_ms,
        "tokens": {"input": answer.usage.input_tokens, "output": answer.usage.output_tokens} if answer.usage else {},
        "trace": None if graded.right else answered.trace(),
    }
    return _asked(item).model_copy(update=known)


def _baselines(item: Item, found: Found) -> dict[str, bool]:
    """Would abstaining, or showing the best passage (fused, BM25 alone) cut to the longest answer, have been right?"""
    shown = {
        name: grade_text(item, text[: max_chars(item.kind)], abstained=False)[0]
        for name, (_, text) in found.best.items()
    }
    return {"always_abstain": item.abstain, "passage": False, "bm25": False} | shown


def _cited(answer: Answer) -> tuple[Cited, ...]:
    return tuple(
        Cited(document_id=c.document_id, page=c.page, title=c.title, quote=c.quote, start=c.start, end=c.end)
        for c in answer.citations
    )
