"""Several figures asked at once that one line, or two lines that follow each other, give together: 何社に送り、何社が答え、回収率は何％."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answer import Claim
from assistant.asked_value import MONEY, fits_counter
from assistant.candidates import Candidate
from assistant.excerpt import excerpt
from assistant.question import Question
from assistant.runs import item_text
from assistant.scoring import Scored
from assistant.side_by_side import sides
from corpus.fold import fold
from corpus.quantity import UNIT_WORDS, Quantity, canonical_unit

_UNIT = "|".join(sorted(map(re.escape, UNIT_WORDS), key=len, reverse=True))
_ASKS = re.compile(rf"何\s*[十百千万億兆]*(?P<unit>{_UNIT})(?!で?も)|(?P<money>いくら(?!でも|か))")
_MONEY = "money"
_DEPTH, _NEARLY = (
    6,
    0.8,
)  # lines among which the first with such a figure is looked for, and the share of the best score that they must have
_HELD = 0.6  # share of the question that the lines must hold together
_QUOTED = 110  # characters of each line

Window = tuple[Scored, ...]


def several_figures(
    question: Question, ranked: Sequence[Scored], _candidates: Sequence[Candidate] = ()
) -> Claim | None:
    """The figures of the first lines that hold exactly as many of each asked unit as are asked for; None without such lines."""
    asked = _asked(question.text)
    if len(asked) < 2 or question.english or sides(question.text):
        return None
    near = [s for s in ranked[:_DEPTH] if s.score >= _NEARLY * ranked[0].score and not s.candidate.unit.cells]
    first = next(
        (s for s in near if _fitting(s.candidate, asked)), None
    )  # with more figures than asked it tells of others
    for window in _windows(first, ranked) if first else ():
        found = [(s.candidate, _fitting(s.candidate, asked)) for s in window]
        if _held(question, window) >= _HELD and _units([q for _, qs in found for q in qs]) == sorted(asked):
            return _claim(question, found)
    return None


def _asked(text: str) -> list[str]:
    """The unit of each figure that is asked for, in order: 何社 … 何％ … いくら → 社, %, money."""
    out = []
    for match in _ASKS.finditer(fold(text).text):
        known = canonical_unit(match["unit"]) if match["unit"] else None
        out.append(known[0] if known else match["unit"] or _MONEY)
    return [_MONEY if unit in MONEY else unit for unit in out]


def _windows(line: Scored, ranked: Sequence[Scored]) -> Iterator[Window]:
    """The line alone, then with the next and with the last one of its page."""
    yield (line,)
    lines = {s.candidate.place: s for s in ranked if not s.candidate.unit.cells}
    document, page, position = line.candidate.place
    for window in ((position, position + 1), (position - 1, position)):
        pair = tuple(lines[document, page, at] for at in window if (document, page, at) in lines)
        if len(pair) == 2:
            yield pair


def _fitting(candidate: Candidate, asked: Sequence[str]) -> list[tuple[Quantity, str]]:
    """The line's figures that have one of the asked units; a limit or the number of what is counted once is none."""
    out = []
    for quantity in candidate.own.quantities:
        unit = _MONEY if quantity.unit in MONEY else quantity.unit
        wanted = next((a for a in asked if a == unit or fits_counter(a, unit)), None)
        if wanted and quantity.counted:
            out.append((quantity, wanted))
    return out


def _units(found: Sequence[tuple[Quantity, str]]) -> list[str]:
    return sorted(unit for _, unit in found)


def _held(question: Question, window: Window) -> float:
    """Share of the question's weight that the lines hold or inherit together."""
    total = sum(t.weight for t in question.terms) or 1.0
    best: list[float] = [max(column) for column in zip(*(s.matches for s in window), strict=True)]
    return sum(t.weight * m for t, m in zip(question.terms, best, strict=True)) / total


def _claim(question: Question, found: Sequence[tuple[Candidate, list[tuple[Quantity, str]]]]) -> Claim:
    giving = [(c, [q for q, _ in qs]) for c, qs in found if qs]
    values = "、".join(q.written(c.unit.text) for c, qs in giving for q in qs)
    quotes = "".join(f"「{_quote(question, c, qs)}」" for c, qs in giving)
    return Claim(f"{values}です（{quotes}）。", tuple(c.evidence() for c, _ in giving))


def _quote(question: Question, candidate: Candidate, figures: Sequence[Quantity]) -> str:
    text = item_text(candidate)
    cut = len(candidate.unit.text.rstrip("。")) - len(text)
    return excerpt(question, text, _QUOTED, (max(0, figures[0].start - cut), figures[-1].end - cut))
