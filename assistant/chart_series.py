"""The figures of a chart whose text layer gives them in lines of their own, and its years in one line: 2,636 / 4,417 / … over 2005 2006 …."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Claim, Evidence
from assistant.asked_result import may_result, result_text
from assistant.candidates import Candidate, Reading, read_text, whole_words
from assistant.operands import Operand
from assistant.question import Question
from assistant.scoring import Scored, holds
from assistant.values import SCALES
from corpus.fold import fold
from corpus.numeral import parse_numeral
from corpus.quantity import header_unit

_YEARS = re.compile(r"^(?:(?:1[89]|20)\d\d年?度?(?:\s+|$)){4,}")
_NUMBERS = re.compile(r"(?:[\d,]+(?:\.\d+)?(?:\s+|$))+")
_UNIT = re.compile(r"[(（]?(?:単位\s*[:：]\s*)?[^()（）\d\s]{1,6}[)）]?")
_COURSE = re.compile(r"(?:の)?(?:推移|動向|変化)")
_HELD = 0.8  # how far each word of the chart's title must be found in the question
_PAGES = 60  # units whose pages are looked at


@dataclass(frozen=True, slots=True)
class _Series:
    """A chart of one page: the value of each year, its line, and the lines that give its title, its years and its unit."""

    title: str
    values: dict[int, tuple[str, Candidate]]
    around: tuple[Candidate, ...]
    unit: str
    factor: int

    def operand(self, year: int) -> Operand:
        shown, line = self.values[year]
        number = parse_numeral(shown)
        assert number is not None
        value = number * self.factor
        return Operand(
            f"{year}年", value, self.unit, f"{shown}{SCALES[self.factor]}{self.unit}", _with(line, self.around), year
        )


def _with(line: Candidate, around: Sequence[Candidate]) -> Evidence:
    """The figure's line as evidence; its context also names the chart's unit, years and title."""
    evidence = line.evidence()
    context = " / ".join((evidence.context, *(c.unit.text for c in around)))
    return replace(evidence, context=context)


def by_chart(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """The values of the two years that the question names, of a chart whose title it holds."""
    series = _series(question, ranked, candidates) if len(question.years) == 2 else None
    if series is None:
        return None
    first, second = (series.operand(y) for y in question.years)
    return first, second


def charted(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The value of each year that the question names, of a chart whose title it holds."""
    if question.calculates or not (question.asks_value or question.asks_figure or question.kind in ("open", "list")):
        return None
    series = _series(question, ranked, candidates)
    if series is None:
        return None
    found = [series.operand(y) for y in question.years]
    evidence = tuple(dict.fromkeys((*(o.evidence for o in found), *(c.evidence() for c in series.around))))
    if len(found) == 1:
        shown = result_text(question, found[0].number, found[0].unit, found[0].shown)
        return Claim(f"{shown}です（{found[0].name}の{series.title}）。", evidence, (found[0].number,))
    return Claim(f"{'、'.join(f'{o.name} {o.shown}' for o in found)}です（{series.title}）。", evidence)


def _series(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> _Series | None:
    """The one chart of the best pages whose title the question holds, and that has every year of the question."""
    if not question.years:
        return None
    for page in dict.fromkeys(s.candidate.on_page for s in ranked[:_PAGES]):
        lines = sorted((c for c in candidates if c.on_page == page), key=lambda c: c.position)
        found = [s for n in range(len(lines)) if (s := _read(question, lines, n))]
        if len(found) == 1 and all(y in found[0].values for y in question.years):
            return found[0] if may_result(question, found[0].unit) else None
    return None


def _read(question: Question, lines: Sequence[Candidate], at: int) -> _Series | None:
    """The chart whose years open the line `at`; None unless as many figures stand right before it, and title and unit are clear.

    Figures that only fall may have been read from the top of the chart down, in no order of years: such a chart is not read.
    """
    years = _YEARS.match(fold(lines[at].unit.text).text)
    titles = [c for c in lines if _COURSE.search(c.unit.text) and _is_held(question, c.unit.text)]
    units = [c for c in lines if _UNIT.fullmatch(c.unit.text) and header_unit(c.unit.text)]
    if not years or len(titles) != 1 or len(units) != 1:
        return None
    names = [int(y) for y in re.findall(r"\d{4}", years[0])]
    if names != list(range(names[0], names[0] + len(names))):
        return None
    figures: list[tuple[str, Candidate]] = []
    for line in reversed(lines[:at]):
        if not _NUMBERS.fullmatch(line.unit.text) or line.unit.cells:
            break
        figures[:0] = [(n, line) for n in line.unit.text.split()]
    numbers = [parse_numeral(shown) for shown, _ in figures]
    known = [n for n in numbers if n is not None]
    if len(figures) != len(names) or len(known) != len(names) or known == sorted(known, reverse=True):
        return None
    declared = header_unit(units[0].unit.text)
    assert declared is not None
    around = (titles[0], lines[at], units[0])
    title = _COURSE.sub("", titles[0].unit.text).strip()
    return _Series(title, dict(zip(names, figures, strict=True)), around, *declared)


def _is_held(question: Question, title: str) -> bool:
    """Does the question hold every word of the title, and the title the question's noun?"""
    words: list[Reading] = [read_text(w) for w in whole_words(read_text(_COURSE.sub(" ", title)))]
    asked = [t for t in question.terms if not t.main.startswith("@")]
    reading = read_text(title)
    named = all(any(holds(t, word) >= _HELD for t in asked) for word in words)
    return bool(words) and named and any(holds(t, reading) >= _HELD for t in asked if t.main in question.focus)
