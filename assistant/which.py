"""Which of two things is larger or came first, and by how much: both values are found, cited and shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Claim, Evidence
from assistant.asked_result import result_text
from assistant.asked_value import NO_COUNT, asked_counter
from assistant.candidates import Candidate
from assistant.operands import Operand, by_column, by_mention, by_name, by_year, in_line
from assistant.question import Question
from assistant.scoring import Scored
from assistant.side_values import by_side
from assistant.sides import Side, sides_of, units_of
from assistant.values import find_value
from corpus.dates import DateMention
from corpus.fold import fold

_WHICH = re.compile(r"どちら|どっち|いずれ(?:が|の方)")
_MORE = re.compile(r"大き|多|高|広|長|上回|重|(?P<less>小さ|少な|低|狭|短|下回|軽|安)")
_FIRST = re.compile(r"先(?:に|で|か|の)|早|古|(?P<last>後(?:に|で|か|の)|遅|新し)")
_ENDINGS = {"上回": "上回っている", "下回": "下回っている"}
_GAP = re.compile(
    r"いくら|いくつ|どれだけ|どのくらい|どれくらい|何[^\s、。はがをのに]{1,5}(?:大き|多|高|広|長|小さ|少な|低|狭|短|安|上回|下回)"
)


def which(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The answer to どちらが…; None when that is not asked, or one of the two values is not certain."""
    text = fold(question.text).text
    asked = _WHICH.search(text)
    if not asked or question.english:
        return None
    more = _MORE.search(text, asked.end()) or _MORE.search(text)
    first = _FIRST.search(text, asked.end()) or _FIRST.search(text)
    if first and not _MORE.search(text, asked.end()):
        return _earlier(question, candidates, last=bool(first["last"]))
    return _larger(question, ranked, candidates, more) if more else None


def _larger(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate], more: re.Match[str]
) -> Claim | None:
    pair = (
        by_year(question, ranked, candidates)
        or in_line(question, ranked)
        or by_name(question, ranked, candidates)
        or by_mention(question, ranked, candidates)
        or by_column(question, ranked, candidates)
        or by_side(question, ranked, candidates)
    )
    if pair is None or pair[0].unit != pair[1].unit:
        return None
    return _said(question, *pair, more)


def _said(question: Question, a: Operand, b: Operand, more: re.Match[str]) -> Claim:
    evidence = tuple(dict.fromkeys((a.evidence, b.evidence)))
    if a.number == b.number:
        return Claim(f"同じです（{a.name}、{b.name}とも{a.shown}）。", evidence)
    over, under = (a, b) if a.number > b.number else (b, a)
    chosen, other = (under, over) if more["less"] else (over, under)
    word = _ENDINGS.get(more[0], f"{more[0]}い")
    gap = over.number - under.number
    unit = "ポイント" if a.unit == "%" else a.unit or _counted(question)
    by = result_text(question, gap, unit, a.shown) if _GAP.search(fold(question.text).text) else ""
    text = f"{chosen.name}の方が{by}{word}です（{chosen.name} {chosen.shown}、{other.name} {other.shown}）。"
    return Claim(text.replace("いるです", "います"), evidence, (gap,))


def _counted(question: Question) -> str:
    """What bare figures count, as the question says it: 何社."""
    counter = asked_counter(question)
    return counter if counter and counter not in NO_COUNT else ""


@dataclass(frozen=True, slots=True)
class _Dated:
    name: str
    date: DateMention
    shown: str
    evidence: Evidence


def _earlier(question: Question, candidates: Sequence[Candidate], *, last: bool) -> Claim | None:
    """The one of two things whose date is the earlier (the later, where `last`)."""
    sides = sides_of(question)
    if sides is None:
        return None
    found = [_date(side, other, candidates) for side, other in (sides, sides[::-1])]
    one, two = found
    if one is None or two is None or _order(one.date) == _order(two.date):
        return None
    chosen, other = sorted((one, two), key=lambda d: _order(d.date), reverse=last)
    text = (
        f"{chosen.name}の方が{'後' if last else '先'}です（{chosen.name} {chosen.shown}、{other.name} {other.shown}）。"
    )
    return Claim(text, tuple(dict.fromkeys((chosen.evidence, other.evidence))))


def _date(side: Side, other: Side, candidates: Sequence[Candidate]) -> _Dated | None:
    asked = replace(side.question, kind="date")
    for scored in units_of(replace(side, question=asked), other, candidates):
        value = find_value(asked, scored.candidate)
        if value and value.date:
            return _Dated(side.text, value.date, value.text, scored.candidate.evidence())
    return None


def _order(date: DateMention) -> tuple[int, int, int]:
    return date.year, date.month or 0, date.day or 0
