"""Answers made whole again from their records."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from assistant.audit_record import answer_record
from assistant.recorded_answer import CHANGED, recorded_answer
from index.errors import UnknownDocument

from .answers import QUOTE, said

TEXT = "前の行。\n　　　　　" + QUOTE


class Pages:
    """Only the pages of a Service: this text, or none."""

    def __init__(self, text: str | None) -> None:
        self._text = text

    def page(self, document_id: str, label: str) -> Any:
        if self._text is None:
            raise UnknownDocument(f"{document_id} {label}")
        document = SimpleNamespace(title="推進計画", locator="ページ", note="")
        return SimpleNamespace(document=document, page=SimpleNamespace(text=self._text))


def test_an_answer_comes_back_to_the_letter_while_its_pages_stand() -> None:
    made = said()
    assert TEXT[10 : 10 + len(QUOTE)] == QUOTE
    found = recorded_answer(answer_record(made), Pages(TEXT))  # type: ignore[arg-type]
    assert found == replace(made.answer, considered=())


def test_a_quote_that_no_longer_stands_there_is_not_made_up() -> None:
    for pages in (Pages("別の文です。" * 10), Pages(None)):
        found = recorded_answer(answer_record(said()), pages)  # type: ignore[arg-type]
        assert found is not None
        citation = found.citations[0]
        assert (citation.quote, citation.start, citation.end, citation.note) == ("", 0, 0, CHANGED)


def test_records_without_words_and_broken_off_answers_give_none() -> None:
    pages: Any = Pages(TEXT)
    assert recorded_answer(answer_record(said(), redact=True), pages) is None
    assert recorded_answer(replace(answer_record(said()), complete=False), pages) is None
    assert recorded_answer(None, pages) is None
