"""The ends of a period: 最終年度は何年度, 何年度から何年度まで, of 令和7年度から令和11年度まで or H15年~19年."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Claim
from assistant.candidates import Candidate, read_text
from assistant.excerpt import excerpt
from assistant.question import Question
from assistant.scoring import Scored, holds, share_matched
from assistant.term import Term
from assistant.wording import date_text
from corpus.dates import DateMention
from corpus.fold import fold, key

_LAST = re.compile(r"(?:最終|最後の|終了)(?:年度|年)|終期")
_FIRST = re.compile(r"(?:初|開始)年度|始期")
_BOTH = re.compile(r"(?:何年度?|いつ)から(?:何年度?|いつ)まで")
_BARE = re.compile(r"(?:最終|最後の|終了|初|開始)(?:年度|年)は?[?。\s]*$")
_TO = re.compile(r"\s*(?:\([^)]*\))?(?:から|[~〜～–―-])\s*$")
_PERIOD = re.compile(r"期間|年間|か年|ヵ年|ケ年|カ年|ヶ年")
_ORDINAL = re.compile(r"第\s*([0-9一二三四五六七八九])\s*[期次]")
_OWN_WORDS = frozenset("最終 最後 終了 開始 初 年度 年 期間 期".split())
_DEPTH, _LABEL, _LIMIT = 40, 24, 90
_LABELLED, _NAMED_PERIOD, _ENOUGH = 0.5, 0.3, 0.65


@dataclass(frozen=True, slots=True)
class _Span:
    candidate: Candidate
    first: DateMention
    last: DateMention
    label: str  # what stands before it, after the span before


def period(question: Question, ranked: Sequence[Scored], _candidates: Sequence[Candidate]) -> Claim | None:
    """The asked end, or both ends, of the period that the question means; None where no line gives one that fits."""
    folded = fold(question.text).text
    ends = (
        "both" if _BOTH.search(folded) else "last" if _LAST.search(folded) else "first" if _FIRST.search(folded) else ""
    )
    if not ends or question.english or (question.kind != "date" and not _BARE.search(folded)):
        return None
    terms = [t for t in question.terms if t.main not in _OWN_WORDS and not t.main.startswith("@")]
    asked = _ORDINAL.findall(folded)
    best: tuple[float, _Span] | None = None
    for scored in ranked[:_DEPTH]:
        for span in _spans(scored.candidate):
            points = _points(span, terms, asked)
            if points >= _ENOUGH and (best is None or points > best[0]):
                best = points, span
    return _claim(question, best[1], ends) if best else None


def _spans(candidate: Candidate) -> Iterator[_Span]:
    text, start = candidate.unit.text, 0
    for first, last in zip(candidate.own.dates, candidate.own.dates[1:], strict=False):
        if first.end <= last.start and first.year < last.year and _TO.match(fold(text[first.end : last.start]).text):
            yield _Span(candidate, first, last, text[max(start, first.start - _LABEL) : first.start])
            start = last.end


def _points(span: _Span, terms: Sequence[Term], asked: Sequence[str]) -> float:
    """How well the period fits: its line and what that inherits, its label, and whether it is called a period; not where it is another term's."""
    candidate = span.candidate
    ordinals = _ORDINAL.findall(fold(span.label).text)
    if asked and ordinals and asked[0] != ordinals[-1]:
        return 0.0
    label = read_text(span.label)
    total = sum(t.weight for t in terms) or 1.0
    labelled = sum(t.weight * holds(t, label) for t in terms) / total
    around = "".join(
        (span.label, candidate.unit.label, *candidate.unit.headings[-1:], candidate.unit.text[span.last.end :][:8])
    )
    return share_matched(terms, candidate) + _LABELLED * labelled + _NAMED_PERIOD * bool(_PERIOD.search(key(around)))


def _claim(question: Question, span: _Span, ends: str) -> Claim:
    dates = {"both": (span.first, span.last), "last": (span.last,), "first": (span.first,)}[ends]
    text = "から".join(date_text(d) for d in dates) + ("まで" if ends == "both" else "")
    quote = excerpt(question, span.candidate.unit.text, _LIMIT, (span.first.start, span.last.end))
    return Claim(f"{text}です（「{quote}」）。", (span.candidate.evidence(),))
