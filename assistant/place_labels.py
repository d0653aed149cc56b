"""Places as the labels of a slide: 甲県 … 乙市 … stand alone over their columns, and the question says how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Claim
from assistant.candidates import Candidate
from assistant.question import Question
from assistant.runs import is_name
from assistant.scoring import Scored
from corpus.fold import fold
from corpus.tokenizer import tokenize

_PLACES_ASKED = re.compile(
    r"[2-9二三四五六七八九](?:つの)?(?:地域|地区|都市|市町村|市町|市|町|県|都県|道府県|か国|カ国|ヶ国)"
)


def place_labels(question: Question, best: Scored, candidates: Sequence[Candidate]) -> Claim | None:
    """The places that label the page of the best heading; None unless there are exactly as many as are asked for."""
    heading = best.candidate
    if heading.unit.kind != "heading" or not _PLACES_ASKED.search(fold(question.text).text):
        return None
    below = sorted(
        (c for c in candidates if c.on_page == heading.on_page and c.position > heading.position),
        key=lambda c: c.position,
    )
    places: dict[str, Candidate] = {}
    for candidate in below:
        name = _place_at_end(candidate)
        if name:
            places.setdefault(name, candidate)
    if len(places) != question.count:
        return None
    evidence = tuple(c.evidence() for c in (heading, *places.values()))
    return Claim(f"{len(places)}つあります：{'、'.join(places)}。", evidence, (Decimal(len(places)),))


def _place_at_end(candidate: Candidate) -> str:
    """The place that a short unit ends with: a flattened slide may put another label before it."""
    if candidate.unit.kind not in ("sentence", "heading") or not is_name(candidate.unit.text):
        return ""
    last = tokenize(candidate.unit.text, "C")[-1:]
    return last[0].surface if last and last[0].kind == "地名" else ""
