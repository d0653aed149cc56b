"""One question as the steps that the page shows. It only calls the service and renders what comes back."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Delta, EvidenceFound, Finished, Turn
from corpus.errors import TenkyoError
from ui.render import render_answer, render_failure, render_notice, render_waiting
from ui.site import Site
from ui.source_page import render_no_page, render_page
from ui.words import Words

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The answer so far."""

    html: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The whole answer, and the source panel with its first citation."""

    html: str
    source: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Failed:
    """A notice; the question is to stay in the box."""

    html: str


Step = Waiting | Answered | Failed


def converse(
    site: Site, question: str, answers: Sequence[Answer], document_ids: Sequence[str] | None, words: Words
) -> Iterator[Step]:
    """Waiting…, then Answered or Failed."""
    yield Waiting(render_waiting(question, "", words.searching, words))
    history = tuple(Turn(one.question, one.answer) for one in answers)
    text = ""
    try:
        for event in site.service.stream(question, history, document_ids):
            match event:
                case EvidenceFound(evidence):
                    status = words.reading.format(count=len(evidence))
                    yield Waiting(render_waiting(question, "", status, words))
                case Delta(more):
                    text += more
                    yield Waiting(render_waiting(question, text, words.searching, words))
                case Finished(answer):
                    site.recall.keep(answer)
                    html = render_answer(answer, words, site.documents())
                    yield Answered(html, first_source(site, answer, words), answer)
    except TenkyoError as error:
        yield Failed(render_failure(question, error.message, words))
    except Exception:
        _log.exception("the page could not answer a question")
        yield Failed(render_failure(question, words.unexpected, words))


def first_source(site: Site, answer: Answer, words: Words) -> str:
    """The page of the answer's first citation."""
    if not answer.citations:
        return render_no_page(words)
    first = answer.citations[0]
    return show(site, first.document_id, first.page, first.start, first.end, words)


def show(site: Site, document_id: str, label: str, start: int, end: int, words: Words) -> str:
    """A page with a span marked, or a notice why it cannot be shown."""
    try:
        view = site.service.page(document_id, label)
        original = site.originals(view, start, end) if site.originals else None
        return render_page(view, start, end, words, original)
    except TenkyoError as error:
        return render_notice(error.message, words)
