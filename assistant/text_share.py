"""A part and its whole in running text: 約5兆円減、うち製造業では約3兆円, 2,318人（男性1,402人、女性916人）, and このうち… after the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.candidates import Candidate, read_text
from assistant.line_change import of_names
from assistant.operands import PART_OF_WHOLE, Operand, operand_of
from assistant.question import GENERIC, Question
from assistant.scoring import Scored, holds, share_matched
from assistant.term import Term
from corpus.fold import fold, key
from corpus.sentence import open_bracket
from corpus.tokenizer import tokenize

_AMONG = re.compile(r"[、。(（](?:その|この)?うち、?")
_OF_THEM = re.compile(r"(?:の|、)?うち、?")
_OPENING = re.compile(r"[(（]?(?:その|この)?うち、?")
_BRACKET = re.compile(r"\s*[(（]([^()（）]*)[)）]")
_OWN_WORDS = GENERIC | frozenset("割合 占める 比率 約 大体 人 数 うち 分 名 ところ".split())
_HELD = 0.5  # share of the whole's words that its line must hold or inherit
_LIKE = 0.5  # how far a word must be found
_DEPTH = 4
_NEXT = 4  # characters between うち and a part that is named after it
_LABEL = 24  # characters between うち and the part's figure


def share_in_text(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """(part, whole) as a line of the best ones, or two neighbouring lines, count them; None unless the parts' names agree."""
    asked = PART_OF_WHOLE.search(fold(question.text).text)
    if not asked:
        return None
    wholes, parts = (_terms_in(question, asked[name]) for name in ("whole", "part"))
    if not parts:
        return None
    for scored in ranked[:_DEPTH]:
        line = scored.candidate
        if line.unit.cells or not of_names(question, scored):
            continue
        for whole, part, label in (*_inside(line), *_around(question, line, candidates)):
            held = share_matched(wholes, line) >= _HELD or _stated(question, whole)
            same = part.unit == whole.unit and 0 < part.number < whole.number
            if held and same and _called(label, asked["part"], parts):
                return part, whole
    return None


def _terms_in(question: Question, text: str) -> list[Term]:
    inside = {t.term for t in tokenize(text)}
    return [t for t in question.terms if t.main in inside and t.main not in _OWN_WORDS]


def _inside(line: Candidate) -> Iterator[tuple[Operand, Operand, str]]:
    """(whole, part, what the part is called) of one line."""
    text, quantities = line.unit.text, line.own.quantities
    for among in _AMONG.finditer(text):
        whole = next((q for q in reversed(quantities) if q.end <= among.start() and q.unit), None)
        part = next((q for q in quantities if whole and q.start >= among.end() and q.unit == whole.unit), None)
        if whole and part and part.start - among.end() <= _LABEL:
            label = text[among.end() : part.start]
            yield operand_of(line, whole, ""), operand_of(line, part, _clean(label)), label
    for among in _OF_THEM.finditer(text):  # 望まれた橋420本のうち、399本が架かった: what the part is comes after it
        whole = next((q for q in reversed(quantities) if 0 <= among.start() - q.end <= _LABEL), None)
        part = next((q for q in quantities if 0 <= q.start - among.end() <= _NEXT), None)
        if whole and part and part.unit == whole.unit:
            label = re.split(r"[、。]", text[part.end :])[0]
            yield operand_of(line, whole, ""), operand_of(line, part, ""), label
    for whole in quantities:
        bracket = _BRACKET.match(text[whole.end :])
        if not bracket or not whole.unit:
            continue
        start = whole.end + bracket.start(1)
        for item in re.finditer(r"(?:[^、,，・]|[,，](?=\d{3}))+", bracket[1]):
            inside = [q for q in quantities if start + item.start() <= q.start < start + item.end()]
            if len(inside) == 1:
                label = text[start + item.start() : inside[0].start]
                yield operand_of(line, whole, ""), operand_of(line, inside[0], _clean(label)), label


def _around(
    question: Question, line: Candidate, candidates: Sequence[Candidate]
) -> Iterator[tuple[Operand, Operand, str]]:
    """A line that opens with このうち and gives one figure, and the line before it; `line` is one of the two."""
    for first, second in ((line.position, line.position + 1), (line.position - 1, line.position)):
        near = {c.position: c for c in candidates if c.on_page == line.on_page and c.position in (first, second)}
        if len(near) < 2 or not _OPENING.match(near[second].unit.text) or len(near[second].own.quantities) != 1:
            continue
        counts = [q for q in near[first].own.quantities if open_bracket(near[first].unit.text, q.start) < 0]
        counts = [q for q in counts if q.value in _stated_values(question)] or counts
        if len(counts) == 1:
            part = near[second].own.quantities[0]
            text = near[second].unit.text
            yield operand_of(near[first], counts[0], ""), operand_of(near[second], part, "うち"), text


def _clean(label: str) -> str:
    return re.sub(r"^[、\s]+|(?:で)?[はがを、:：\s約]*$", "", label)


def _stated_values(question: Question) -> frozenset[object]:
    return frozenset(q.value for q in read_text(question.text).quantities)


def _stated(question: Question, whole: Operand) -> bool:
    """Does the question itself give the whole: 1万1千の働き口のうち?"""
    return whole.number in _stated_values(question)


def _called(label: str, phrase: str, terms: Sequence[Term]) -> bool:
    """Is the part what the question means: its label stands in the question, or holds all its words?"""
    name = key(_clean(label))
    if len(name) >= 2 and name in key(phrase):
        return True
    reading = read_text(label)
    return all(holds(t, reading) >= _LIKE for t in terms)
