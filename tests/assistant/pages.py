"""Small invented pages as the reader meets them: units, passages and word weights, without an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from assistant.answer import Draft, Evidence
from assistant.candidates import Candidate, CandidateSource
from assistant.chain import make_idf
from assistant.phrases import with_phrases
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
Pages = str | list[str] | Mapping[str, str | list[str]]

_MAX_TOKENS = 120
_OTHER_CHUNKS = 200  # chunks of other subjects, so that a name weighs what it weighs in a real index


ASSOC = (
    "第１章　協議会の歩み\n\n　あおば産業協議会は、平成11年5月20日に設立された。\n　会長には、あおば工科大学の早瀬岳人教授が就任した。\n"
    "　事務局は、若草市の商工会館に置かれている。\n\n　会員数は３２８、うち企業会員１９０、大学会員２５である。\n"
)
BUDGET = (
    "第２章　予算\n\n表１　予算額の推移（単位：千円）\n\n| 年度 | 予算額 | うち県補助金 |\n|---|---|---|\n"
    "| 平成20年度 | 12,500 | 6,000 |\n| 平成21年度 | 18,340 | 8,200 |\n| 平成22年度 | 25,010 | 9,900 |\n"
)
ESTATES = (
    "表２　工業団地の概要\n\n| 団地名 | 面積（ha） | 立地企業数（社） | 従業員数（人） |\n|---|---|---|---|\n"
    "| 若草工業団地 | 120 | 45 | 3,200 |\n| 緑ヶ丘工業団地 | 86 | 62 | 2,150 |\n| 白浜工業団地 | 240 | 31 | 4,020 |\n"
)
SHIP = "　若草県の水産加工品の出荷額は、374億円(2008年)⇒937億円(2018年)へと伸びた。\n"
LISTS = (
    "推進体制\n\n　中核となる企業は、次の3社である。\n　・大空精機\n　・北斗電機\n　・みどり化学\n\n"
    "■ 重点分野\n　・医療機器\n　・航空機部品\n　・食品機械\n　・環境計測\n"
)
ALL: Pages = [ASSOC, BUDGET, ESTATES, SHIP, LISTS]


class SmallLibrary:
    """Documents with their pages, in the order given."""

    def __init__(self, pages: Pages) -> None:
        documents = pages if isinstance(pages, Mapping) else {"資料": pages}
        self.documents: dict[str, DocumentRow] = {}
        self.pages: dict[str, list[Page]] = {}
        for n, (title, given) in enumerate(documents.items(), 1):
            texts = [given] if isinstance(given, str) else given
            one = f"d{n}"
            self.documents[one] = DocumentRow(
                one, title, "", "", "ページ", "", "0", "path", f"{one}.txt", "", (), "", "", len(texts)
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
    return with_phrases(analyse(text, idf_of(pages), KatakanaWords(frequencies(pages))), candidates_of(pages))


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
