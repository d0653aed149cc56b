"""Small invented pages as the reader meets them: units, passages and word weights, without an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import cast

from assistant.answer import Draft, Evidence
from assistant.candidates import Candidate, CandidateSource
from assistant.chain import make_idf
from assistant.question import Question, analyse
from assistant.reader import BuiltInReader
from assistant.scoring import Scored, rank
from assistant.transliterate import KatakanaWords
from corpus.chunk import chunk_context, chunk_page
from corpus.document import Page
from corpus.units import Unit, page_units
from index.ledger import DocumentRow
from index.library import Library
from index.retriever import Passage
from index.terms import index_terms

# One text is one document of one page; a list holds the pages of one document; a mapping names several documents.
Pages = str | list[str] | dict[str, str | list[str]]

_MAX_TOKENS = 120
_OTHER_CHUNKS = 200  # chunks of other subjects, so that a name weighs what it weighs in a real index


class SmallLibrary:
    """Documents with their pages, in the order given."""

    def __init__(self, pages: Pages) -> None:
        documents = pages if isinstance(pages, dict) else {"資料": pages}
        self.documents: dict[str, DocumentRow] = {}
        self.pages: dict[str, list[Page]] = {}
        for n, (title, given) in enumerate(documents.items(), 1):
            texts = [given] if isinstance(given, str) else given
            one = f"d{n}"
            self.documents[one] = DocumentRow(
                one, title, "", "", "", "", "0", "path", f"{one}.txt", "", len(texts)
            )
            self.pages[one] = [Page(i, str(i), text) for i, text in enumerate(texts, 1)]

    def document(self, document_id: str) -> DocumentRow:
        return self.documents[document_id]

    def page(self, document_id: str, number: int) -> Page:
        return self.pages[document_id][number - 1]

    def units(self, document_id: str, number: int) -> tuple[Unit, ...]:
        return page_units(self.page(document_id, number).text)

    def passages(self) -> list[Passage]:
        """Every chunk, in reading order."""
        return [
            Passage(
                f"{one}#{page.number}.{c.start}",
                self.documents[one],
                page.number,
                page.label,
                c.start,
                c.end,
                page.text[c.start : c.end],
                1.0,
                {},
            )
            for one, pages in self.pages.items()
            for page in pages
            for c in chunk_page(page.number, page.text, _MAX_TOKENS)
        ]

    def as_library(self) -> Library:
        return cast(Library, self)


def frequencies(pages: Pages) -> Counter[str]:
    """In how many chunks a term stands."""
    return Counter(
        term
        for p in SmallLibrary(pages).passages()
        for term in set(index_terms(chunk_context(p.document.title, (), p.text)))
    )


def idf_of(pages: Pages) -> Callable[[str], float]:
    return make_idf(dict(frequencies(pages)), len(SmallLibrary(pages).passages()) + _OTHER_CHUNKS)


def question_on(text: str, pages: Pages) -> Question:
    return analyse(text, idf_of(pages), KatakanaWords(frequencies(pages)))


def candidates_of(pages: Pages) -> list[Candidate]:
    library = SmallLibrary(pages)
    return CandidateSource(library.as_library()).gather(library.passages(), 100)


def ranked_on(text: str, pages: Pages) -> list[Scored]:
    return rank(question_on(text, pages), candidates_of(pages))


def ask(text: str, pages: Pages) -> Draft:
    """What the built-in reader drafts."""
    return BuiltInReader().answer(question_on(text, pages), candidates_of(pages))


def said(text: str, pages: Pages) -> str:
    """The draft's sentences in one line."""
    return "".join(c.text for c in ask(text, pages).claims)


def quotes(evidence: Sequence[Evidence]) -> list[str]:
    return [e.quote for e in evidence]
