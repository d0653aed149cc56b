"""Evidence units of the pages that were found, each with the words that it holds and those that it inherits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answer import Evidence
from assistant.persons import legend
from assistant.turns import turns
from corpus.dates import DateMention, era_shorthand, find_dates, last_era
from corpus.document import Page
from corpus.fold import key
from corpus.lines import mark_end
from corpus.quantity import Quantity, find_quantities
from corpus.tables import is_year
from corpus.tokenizer import tokenize
from corpus.units import Unit
from index.ledger import DocumentRow
from index.library import Library
from index.retriever import Passage
from index.terms import value_terms

OCR_NOTE = "OCRで読み取り"
_NEIGHBOURS = 2
# スライド27, 図3, (表 12), No.48, 第3次: such a number names a place or an order, and counts nothing.
_REFERENCE = re.compile(
    r"(?:スライド|図表|図|(?<![代発])表|写真|資料|別表|別紙|様式|ページ|頁|第|例|注|(?<![a-z])(?:no|slide|figure|fig|table|page|pp?)\.?)\s*$",
    re.IGNORECASE,
)
_REFERENCE_CHARS = 10
_CIRCLED = re.compile("[①-⑳❶-❿]")  # the number of an item, wherever it stands


# この, その or 同 before a noun: it stands for what the sentence before names.
_ANAPHORA = re.compile(
    r"(?:この|その|同|当該|これら?|それら?|[前後]者(?=[はがのにをで]))(?!他|後|結果|ため|ほか|時|上|中|程度)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text holds: its terms (normalised, with `@year`s), its key for whole names, its dates and quantities."""

    terms: frozenset[str]
    key: str
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]


@lru_cache(maxsize=32768)
def read_text(text: str, *, bare_years: bool = False) -> Reading:
    """Dates count as dates, not as quantities as well; a span of time (過去10年) is no figure."""
    dates = find_dates(text, bare_years=bare_years)
    quantities = tuple(
        q
        for q in find_quantities(text)
        if not any(d.start <= q.start < d.end for d in dates)
        and not is_year(text[q.start : q.end])
        and not (q.unit == "" and text[q.end : q.end + 1] in tuple("年月日時"))
        and not _CIRCLED.match(text, q.start)
        and not _REFERENCE.search(text, max(0, q.start - _REFERENCE_CHARS), q.start)
    )
    terms = {t.term for mode in ("A", "C") for t in tokenize(text, mode) if t.is_content}
    return Reading(frozenset(terms | set(value_terms(text, bare_years=bare_years))), key(text), dates, quantities)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with its place and its context. `prior` falls with the rank of the passage that it stands in (1 for the first).

    `similarity` is how near in meaning the unit is to the question (`index.similarity`), None where nothing was compared.
    """

    document: DocumentRow
    page: Page
    unit: Unit
    position: int
    prior: float
    own: Reading
    lead: Reading
    headings: Reading
    around: Reading
    page_reading: Reading
    title: Reading
    similarity: float | None = None

    @property
    def place(self) -> tuple[str, int, int]:
        """Document, page and position on the page: no two candidates share it."""
        return self.document.id, self.page.number, self.position

    @property
    def on_page(self) -> tuple[str, int]:
        """Document and page."""
        return self.document.id, self.page.number

    @property
    def quote(self) -> str:
        return self.page.text[self.unit.start : self.unit.end]

    def evidence(self, score: float = 0.0) -> Evidence:
        """This unit as citable evidence."""
        heads = [c.header for c in self.unit.cells if c.header]
        context = " / ".join(dict.fromkeys([self.document.title, *self.unit.headings, self.unit.lead, *heads]))
        return Evidence(
            self.document.id,
            self.document.title,
            self.document.published,
            self.page.label,
            self.page.number,
            self.document.locator,
            noted(self.document.note, self.page),
            self.unit.start,
            self.unit.end,
            self.quote,
            self.unit.text,
            context,
            score,
        )


def whole_words(reading: Reading) -> list[str]:
    """The terms that are no part of another one, sorted."""
    return sorted(w for w in reading.terms if not any(w != other and w in other for other in reading.terms))


def refers_back(text: str) -> bool:
    """Does the sentence open with a word that stands for what the sentence before names?"""
    return bool(_ANAPHORA.match(text[mark_end(text) :]))


def noted(note: str, page: Page) -> str:
    """What a reader of the citation must know: the document's note, and that a machine recognised the text."""
    return "。".join(filter(None, (note.rstrip("。"), OCR_NOTE))) if page.ocr else note


def merged(readings: Iterable[Reading]) -> Reading:
    """What several texts hold together; the places of dates and quantities then mean nothing."""
    parts = list(readings)
    if len(parts) == 1:
        return parts[0]
    return Reading(
        frozenset().union(*(r.terms for r in parts)),
        "\n".join(r.key for r in parts),
        tuple(d for r in parts for d in r.dates),
        tuple(q for r in parts for q in r.quantities),
    )


def by_page(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """The candidates of each page in the order of the page; pages in the order in which they come."""
    pages: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in candidates:
        pages.setdefault(candidate.on_page, []).append(candidate)
    return [sorted(page, key=lambda c: c.position) for page in pages.values()]


class CandidateSource:
    """Reads the units of pages of one generation; the last pages are kept."""

    def __init__(self, library: Library, pages: int = 2048) -> None:
        self._library = library
        self._of_page = lru_cache(maxsize=pages)(self._read)

    def gather(self, passages: Sequence[Passage], max_pages: int) -> list[Candidate]:
        """The units of the pages of `passages`, best page first, each once.

        `prior` is 1/√rank of the passage that holds the unit, or .7/√rank of its page's best passage.
        """
        pages: dict[tuple[str, int], list[tuple[int, Passage]]] = {}
        for rank, passage in enumerate(passages, 1):
            pages.setdefault((passage.document.id, passage.page_number), []).append((rank, passage))
        out: list[Candidate] = []
        for (document_id, number), hits in list(pages.items())[:max_pages]:
            for candidate in self._of_page(document_id, number):
                inside = [r for r, p in hits if p.start <= candidate.unit.start < p.end]
                prior = inside[0] ** -0.5 if inside else 0.7 * hits[0][0] ** -0.5
                out.append(replace(candidate, prior=prior))
        return out

    def page(self, document_id: str, number: int) -> tuple[Candidate, ...]:
        """All units of a page, in order, without a prior."""
        return self._of_page(document_id, number)

    def _read(self, document_id: str, number: int) -> tuple[Candidate, ...]:
        document = self._library.document(document_id)
        page = self._library.page(document_id, number)
        units = self._library.units(document_id, number)
        title = read_text(f"{document.title}\n{document.publisher}\n{document.published}", bare_years=True)
        own: list[Reading] = []
        era: str | None = None
        for unit in units:
            era = last_era("\n".join([*unit.headings, unit.text])) or era
            reading = _own(unit)
            own.append(_with_short_years(reading, unit.text, era) if era else reading)
        whole = merged(own)
        roles = legend(page.text)
        spoken = turns(units)
        out = []
        for at, unit in enumerate(units):
            around = merged([*own[max(0, at - _NEIGHBOURS) : at], *own[at + 1 : at + 2]])
            heads = dict.fromkeys([unit.label, unit.lead, *(c.header for c in unit.cells)])
            lead = merged(read_text(h) for h in heads if h)
            if unit.text[:1] in roles:
                lead = merged([lead, read_text(roles[unit.text[0]])])
            speaker, asked = spoken[at]
            if speaker or asked:
                lead = merged([lead, read_text(speaker), *(own[i] for i in asked)])
            headings = merged(read_text(h) for h in unit.headings)
            if at and units[at - 1].kind in ("sentence", "bullet") and refers_back(unit.text):
                lead = merged([lead, own[at - 1]])  # その内訳は…: of what the sentence before says
            out.append(Candidate(document, page, unit, at, 0.0, own[at], lead, headings, around, whole, title))
        return tuple(out)


def _with_short_years(reading: Reading, text: str, era: str) -> Reading:
    """Adds the years that a text writes short because their era was named before it."""
    dates = era_shorthand(text, era)
    if not dates:
        return reading
    terms = {f"@{d.year}" for d in dates} | {f"@{d.year}-{d.month:02d}" for d in dates if d.month}
    quantities = tuple(q for q in reading.quantities if not any(d.start <= q.start < d.end for d in dates))
    merged = tuple(sorted((*reading.dates, *dates), key=lambda d: d.start))
    return replace(reading, terms=reading.terms | terms, dates=merged, quantities=quantities)


def _own(unit: Unit) -> Reading:
    """The unit's own words; a list number (1., (2), 2-1-1.) is no quantity."""
    reading = read_text(unit.text, bare_years=unit.kind == "row")
    if not unit.mark or not reading.quantities:
        return reading
    body = mark_end(unit.text)
    return replace(reading, quantities=tuple(q for q in reading.quantities if q.start >= body))
