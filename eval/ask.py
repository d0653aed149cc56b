"""One item through the engine: asked with its history, graded, its pages looked up in every leg."""

from __future__ import annotations

import time

from assistant.answer import Answer, Turn
from corpus.errors import TenkyoError
from eval.dataset import Item
from eval.engine import Answered, Engine, Found
from eval.errors import AskFailed
from eval.grade import LONG_KINDS, MAX_CHARS, grade, grade_text
from eval.ranking import group_ranks
from eval.row import Cited, Row


def ask_item(item: Item, engine: Engine) -> Row:
    """The row of one item; an error of the assistant makes it wrong. Raises EvalError when the engine is gone."""
    try:
        history: list[Turn] = []
        for question in item.history:
            history.append(Turn(question, engine.ask(question, history).answer.answer))
        begun = time.perf_counter()
        answered = engine.ask(item.question, history)
        ms = (time.perf_counter() - begun) * 1000
        return _row(item, engine, answered, engine.find(item.question, history), ms)
    except (TenkyoError, AskFailed) as error:
        return Row(**_asked(item), **_FAILED, error=error.message)


_FAILED = {
    "answer": "",
    "abstained": False,
    "right": False,
    "holds": False,
    "forbidden": (),
    "direct": None,
    "cite_precision": None,
    "cite_recall": None,
    "conflict": None,
    "ungrounded": None,
    "chars": 0,
    "confidence": None,
    "search_text": "",
    "ranks": {},
    "baselines": {},
    "citations": (),
}


def _asked(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "kind": item.kind,
        "style": item.style,
        "documents": tuple(sorted({e.doc for e in item.evidence})),
        "question": item.question,
        "history": item.history,
        "expected": item.answer,
        "evidence": tuple((e.doc, e.page, e.quote) for e in item.evidence),
        "answerable": not item.abstain,
    }


def _row(item: Item, engine: Engine, answered: Answered, found: Found, ms: float) -> Row:
    answer = answered.answer
    graded = grade(item, answer, engine.page_text, answered.computed)
    places = dict(found.legs)
    if answered.considered is not None:
        places["read"] = answered.considered
    return Row(
        **_asked(item),
        answer=answer.answer,
        abstained=answer.abstained,
        right=graded.right,
        holds=graded.holds,
        forbidden=graded.forbidden,
        direct=graded.direct,
        cite_precision=graded.cite_precision,
        cite_recall=graded.cite_recall,
        conflict=graded.conflict,
        ungrounded=graded.ungrounded,
        chars=graded.chars,
        confidence=answered.confidence,
        search_text=found.search_text,
        ranks={leg: group_ranks(ranking, item.groups) for leg, ranking in places.items()} if item.groups else {},
        baselines=_baselines(item, found),
        citations=_cited(answer),
        dropped=answer.checks.dropped,
        reader=answer.reader,
        ms=round(ms, 2),
        timings_ms=answer.timings_ms,
    )


def _baselines(item: Item, found: Found) -> dict[str, bool]:
    """Would abstaining, or showing the best passage (fused, BM25 alone) cut to the longest answer, have been right?"""
    limit = MAX_CHARS[item.kind in LONG_KINDS]
    shown = {name: grade_text(item, text[:limit], abstained=False)[0] for name, (_, text) in found.best.items()}
    return {"always_abstain": item.abstain, "passage": False, "bm25": False} | shown


def _cited(answer: Answer) -> tuple[Cited, ...]:
    return tuple(
        Cited(document_id=c.document_id, page=c.page, title=c.title, quote=c.quote, start=c.start, end=c.end)
        for c in answer.citations
    )
