"""When to say that the documents do not hold it: entity, attribute and time must all stand in the evidence.

Rules find what may be lacking and name it; whether to answer all the same is weighed with other signs (assistant.sureness).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.candidates import read_text
from assistant.persons import names_person
from assistant.question import GENERIC, Question
from assistant.scoring import Scored, has_value, is_asked, year_conflict
from assistant.sureness import signs, sureness
from corpus.tokenizer import tokenize

_HEAVY = 3.0  # idf from which on a word tells what is asked
_NEAR_NAME = 0.25
_MEANING = 0.1  # share of coverage that a standard deviation in meaning is worth in English
_SOMEBODY = re.compile(
    r"(?:誰|だれ|どなた)(?:が|に|と|から)|\bwho (?:set up|founded|established|launched|runs|operates|manages|owns|funds)\b",
    re.IGNORECASE,
)  # who does it may be an office, too
_NEAR_YEAR = 0.35  # an asked year that stands only somewhere on the page is not the figure's
_SURE = 0.75  # coverage from which on the figure is the asked one, whatever its name
LACKING = "お尋ねの内容"
_INJECTION = re.compile(
    r"指示(?:を|は)(?:すべて|全て)?(?:無視|忘れ)|(?:資料|文書)は使わな(?:く|い)|自身の知識|システムプロンプト|断定して答え|"
    r"ignore (?:all |the |any )?(?:previous|above|prior)|system prompt|your own knowledge"
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Chosen on the risk–coverage curve of the development questions.

    `coverage`: least share of the question's meaning that one unit must hold or inherit (`value_coverage` where a date, an
    amount or a count is asked: a wrong figure does most harm; `english_value`: with a tenth of the similarity); `name_weight`: idf from which on a
    name of the question must be found, `subject_weight` on the page of a figure; `with_year`: share of the rest that must stand beside an asked year.
    `sureness`: least probability that the units hold the question, below which nothing is answered.
    """

    coverage: float = 0.38
    value_coverage: float = 0.5
    english_coverage: float = 0.25
    english_value: float = 0.32
    with_meaning: float = 0.36
    value_with_meaning: float = 0.41
    meaning: float = 0.2
    name_weight: float = 4.0
    name_match: float = 0.25
    subject_weight: float = 1.5
    with_year: float = 0.35
    sureness: float = 0.55


def is_injection(text: str) -> bool:
    """The question tries to instruct the assistant instead of asking the documents."""
    return bool(_INJECTION.search(text.lower()))


def missing(
    question: Question, chosen: Sequence[Scored], leading: int = 1, thresholds: Thresholds | None = None
) -> str | None:
    """What the evidence lacks, in words for the answer; None when it holds what was asked.

    The first `leading` of the chosen units are those that the answer's parts stand on.
    """
    limits = thresholds or Thresholds()
    if not chosen or not question.terms:
        return LACKING
    lack = first_lack(question, chosen, leading, limits)
    if _sureness(question, chosen[:leading], lack) >= limits.sureness:
        return None
    return lack.text if lack else LACKING


def sureness_of(question: Question, chosen: Sequence[Scored], leading: int = 1) -> float:
    """Probability (0..1) that the first `leading` of the chosen units hold what was asked."""
    return _sureness(question, chosen[:leading], first_lack(question, chosen, leading, Thresholds()))


def _sureness(question: Question, leading: Sequence[Scored], lack: Lack | None) -> float:
    return sureness(signs(question, leading, lack.kind if lack else None))


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that the evidence seems to lack: which of the LACKS, and how the answer says it."""

    kind: str
    text: str


def first_lack(question: Question, chosen: Sequence[Scored], leading: int, limits: Thresholds) -> Lack | None:
    """The most telling thing that the evidence lacks, by rules; a sign among others, as each rule errs now and then."""
    best = [max(column) for column in zip(*(s.matches for s in chosen), strict=True)]
    for term, held in zip(question.terms, best, strict=True):
        if (
            term.is_name
            and len(term.main) > 1  # of 森市 the tokenizer may leave 森 here and keep 森市 whole there
            and not term.main.startswith("@")
            and not question.english
            and term.weight >= limits.name_weight
            and held < limits.name_match
        ):
            return Lack("name", f"「{_surface(question, term.main)}」についてのお尋ねの内容")
    year = _lacking_year(question, chosen, limits)
    if year:
        return Lack("year", f"{year}年についてのお尋ねの内容")
    if _of_another_year(question, chosen[0]):
        return Lack("other_year", f"{question.years[0]}年についてのお尋ねの内容")
    if (
        question.kind == "person"
        and not _SOMEBODY.search(question.text)
        and not any(names_person(s.candidate.unit.text, question.text) for s in chosen[:leading])
    ):
        return Lack("person", "お尋ねの人物の氏名")
    answering = chosen[:1] if leading == 1 else chosen
    if question.asks_value and not any(has_value(question, s.candidate) for s in answering):
        return Lack("value", f"「{_phrase(question)}」の値" if question.focus else "お尋ねの値")
    if question.english and question.asks_value and not _near_in_english(chosen[:leading], limits):
        return Lack("words", "お尋ねの値")
    if not question.english and (
        all(_focus_lacking(question, s) for s in chosen[:leading]) or _subject_lacking(question, best)
    ):
        return Lack("subject", f"「{_phrase(question)}」")
    if leading == 1 and _of_another(question, chosen[0], limits):
        return Lack("other_name", LACKING)
    if any(is_asked(question, s.candidate) for s in chosen[:leading]):
        return None
    least = limits.value_coverage if question.asks_value else limits.coverage
    least = limits.english_coverage if question.english else least
    if max(s.coverage for s in (chosen if question.english else chosen[:leading])) < least and not _means(
        question, chosen[:leading], limits
    ):
        return Lack("words", LACKING)
    return None


def _means(question: Question, leading: Sequence[Scored], limits: Thresholds) -> bool:
    """Words and meaning together suffice, where words alone do not; the date of another figure is near in meaning, too."""
    if question.kind == "date" and not any(_holds_figures(question, s) for s in leading):
        return False
    least = limits.value_with_meaning if question.asks_value else limits.with_meaning
    return any(
        s.candidate.similarity is not None and s.coverage + limits.meaning * s.candidate.similarity >= least
        for s in leading
    )


def _near_in_english(leading: Sequence[Scored], limits: Thresholds) -> bool:
    """Words and meaning together: a glossary misses words of the document, so a figure of another thing must be far in meaning, too."""
    return any(s.coverage + _MEANING * (s.candidate.similarity or 0.0) >= limits.english_value for s in leading)


def _holds_figures(question: Question, leading: Scored) -> bool:
    """Every figure of the question (会員が1,000を超えた) stands in the unit."""
    own = {q.value for q in leading.candidate.own.quantities}
    return all(q.value in own for q in read_text(question.text).quantities if q.counted)


def _surface(question: Question, main: str) -> str:
    return next((t.surface for t in tokenize(question.text) if t.term == main), main)


def _focus_lacking(question: Question, leading: Scored) -> bool:
    """A figure is asked, and not one word of the asked noun phrase stands in the leading unit or right around it."""
    if not question.asks_figure or leading.coverage >= _SURE:
        return False
    held = [
        m
        for t, m in zip(question.terms, leading.matches, strict=True)
        if t.main in question.focus and t.main not in GENERIC and t.weight >= 1.0
    ]
    return bool(held) and max(held) < 0.5


def _subject_lacking(question: Question, best: Sequence[float]) -> bool:
    """The weightiest word of the asked noun phrase (会費 of 年会費) stands nowhere on the evidence or around it."""
    if not question.asks_figure:
        return False
    focus = [
        (t.weight, m)
        for t, m in zip(question.terms, best, strict=True)
        if t.main in question.focus and t.main not in GENERIC
    ]
    return bool(focus) and max(focus)[0] >= _HEAVY and max(focus)[1] < _NEAR_YEAR


def _of_another(question: Question, leading: Scored, limits: Thresholds) -> bool:
    """A figure or a date, and the leading unit neither bears nor stands near a name of the question."""
    if not question.asks_value or question.compares or question.calculates:
        return False
    names = [
        (t, m)
        for t, m in zip(question.terms, leading.matches, strict=True)
        if t.is_name and len(t.main) > 1 and not t.main.startswith("@")  # one character may be left of a longer name
    ]
    if question.english:  # which of its capitalised words are in the documents is less sure
        return any(t.others for t, _ in names) and max(m for _, m in names) < _NEAR_NAME
    return any(t.weight >= limits.subject_weight and m < _NEAR_NAME for t, m in names)


def _phrase(question: Question) -> str:
    """The asked noun phrase as it was typed."""
    return "".join(t.surface for t in tokenize(question.text) if t.term in question.focus)


def _lacking_year(question: Question, chosen: Sequence[Scored], limits: Thresholds) -> int | None:
    """The first year of the question when none of its years stands beside the rest of it; a period needs one end only."""
    rest = [i for i, t in enumerate(question.terms) if not t.main.startswith("@")]
    total = sum(question.terms[i].weight for i in rest)
    years = [i for i, t in enumerate(question.terms) if t.main.startswith("@")]
    for i in years:
        for s in chosen:
            beside = sum(question.terms[j].weight * s.matches[j] for j in rest)
            if s.matches[i] >= 0.25 and beside >= limits.with_year * total:
                return None
            if s.own[i] and all(s.matches[j] >= limits.name_match for j in rest if question.terms[j].is_name):
                return None
    return int(question.terms[years[0]].main[1:5]) if years else None


def _of_another_year(question: Question, leading: Scored) -> bool:
    """A figure of an asked year, and the leading unit speaks of another year or of no year near it."""
    if not question.asks_figure or not question.years or question.calculates or question.compares:
        return False
    near = [m for t, m in zip(question.terms, leading.matches, strict=True) if t.main.startswith("@")]
    candidate = leading.candidate
    around = {d.year for r in (candidate.around, candidate.lead) for d in r.dates}
    return year_conflict(question, candidate) or (
        bool(near and around) and max(near) < _NEAR_YEAR and around.isdisjoint(question.years)
    )
