"""What the page shows when it is opened: anew, reloaded in the middle of a conversation, or by a link to an answer or a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from corpus.errors import TenkyoError
from ui.about import render_about
from ui.conversation import first_source, show
from ui.render import render_answer, render_answers, render_header, render_notice, render_welcome
from ui.scope import render_scope
from ui.site import Site
from ui.source_page import render_no_page
from ui.words import Words

EXAMPLES = 6


@dataclass(frozen=True, slots=True)
class Opening:
    """The parts of the page as HTML, and the answers of the conversation so far."""

    header: str
    past: str
    current: str
    source: str
    scope: str
    answers: tuple[Answer, ...]


def open_page(site: Site, ids: Sequence[str], query: Mapping[str, str], words: Words) -> Opening:
    """`ids` are the answers of this browser tab, oldest first; `query` is that of the address."""
    try:
        documents = site.documents()
        reader = site.service.reader_name
        about = render_about(list(documents.values()), reader, site.service.index_name, site.facts, words)
        header = render_header(len(documents), reader, words, maintain=site.maintain) + about
        answers = site.recall.conversation([query["answer"]] if "answer" in query else ids)
        past = render_answers(answers[:-1], words, documents)
        current, source = welcome(site, words), render_no_page(words)
        if answers:
            current = render_answer(answers[-1], words, documents)
            source = first_source(site, answers[-1], words)
        elif "answer" in query:
            current = render_notice(words.answer_gone, words) + current
        if "document" in query:
            span = _number(query.get("start")), _number(query.get("end"))
            source = show(site, query["document"], query.get("page", ""), *span, words)
        return Opening(header, past, current, source, render_scope(list(documents.values()), words), answers)
    except TenkyoError as error:
        failed = render_header(0, "", words, maintain=site.maintain)
        return Opening(failed, "", render_notice(error.message, words), render_no_page(words), "", ())


def welcome(site: Site, words: Words) -> str:
    """The first view, with questions to begin with."""
    try:
        return render_welcome(site.service.examples(EXAMPLES), words)
    except TenkyoError as error:
        return render_notice(error.message, words)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
