"""A language model's sentence is about what was asked: its evidence speaks of the asked entity and of the asked year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.answer import Claim, Evidence
from assistant.candidates import Candidate, Reading, merged, read_text
from assistant.question import Question
from assistant.scoring import holds

_NAME_WEIGHT = 4.5  # idf from which on a name of the question must be found, as for abstaining

Pages = Mapping[tuple[str, int], Reading]


def pages_of(candidates: Iterable[Candidate]) -> Pages:
    """What each page and its title hold, by (document id, page number)."""
    pages: dict[tuple[str, int], Reading] = {}
    for candidate in candidates:
        place = candidate.on_page
        if place not in pages:
            pages[place] = merged([candidate.page_reading, candidate.title])
    return pages


def asked_check(question: Question, claim: Claim, pages: Pages) -> tuple[str, ...]:
    """What of the question the cited pages do not speak of: a name, or the year where they give another one."""
    cited = [pages[p] for e in claim.evidence if (p := (e.document_id, e.page_number)) in pages]
    faults = [] if not cited or question.english else list(_missing_names(question, cited))
    if question.years and not _dates(claim.text) and _otherwise_dated(question.years, claim.evidence):
        faults.append(f"{question.years[0]}年")
    return tuple(faults)


def _missing_names(question: Question, cited: Sequence[Reading]) -> Iterable[str]:
    names = (t for t in question.terms if t.is_name and t.weight >= _NAME_WEIGHT and not t.main.startswith("@"))
    return (t.main for t in names if not any(holds(t, reading) for reading in cited))


def _dates(text: str) -> frozenset[int]:
    return frozenset(d.year for d in read_text(text, bare_years=True).dates)


def _otherwise_dated(years: Sequence[int], evidence: Sequence[Evidence]) -> bool:
    """Every piece of evidence has years in its own words, none of them asked, and inherits none that is."""
    own = [_dates(e.text) for e in evidence]
    inherited = [_dates(e.context) for e in evidence]
    return all(o and not o & set(years) and not i & set(years) for o, i in zip(own, inherited, strict=True))
