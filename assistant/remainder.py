"""What is left of a whole without a part that the document counts within it: 要望は535箇所で、うち完成は503箇所 leaves 32箇所."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.answer import Claim
from assistant.asked_result import may_result, result_text
from assistant.asked_value import NO_COUNT
from assistant.candidates import Candidate, read_text
from assistant.operands import Operand, operand_of
from assistant.question import Question
from assistant.scoring import Scored, is_named
from assistant.tables_reading import row_evidence, row_values, table_rows
from corpus.fold import fold, key
from corpus.quantity import Quantity
from corpus.thesaurus import synonyms
from corpus.tokenizer import tokenize

_ASKED = re.compile(r"何|いくつ|いくら|どれ(?:だけ|くらい|ほど)|どのくらい")
# 企業会員を除いた会員, 補助金以外, まだ完成していないもの, 返事がなかった企業
_WITHOUT = re.compile(
    r"(?:のうち、?|[、。]|^)(?P<part>[^、。]{2,30}?)(?:を除(?:い|く|け)|以外|しな(?:い|かった)|(?:では?|が|は|も)(?:な(?:い|かった)|ありません)|(?:て|で)(?:は)?い(?:ない|なかった)|(?:て|で)おらず)"
)
_AMONG = re.compile(r"[(（]?(?:その|この|上記の)?うち(?![に側])")
# A survey counts those that it was sent to, and those that answered.
_SENT = re.compile(r"対象|配布|発送|送付|発信")
_ANSWERED = re.compile(r"回答|回収|返信")
_DEPTH, _ROWS = 3, 12  # lines, and rows that the question names
_NEAR = 3  # lines between the two counts of a survey


def remainder(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The whole less the part that the question leaves out; None unless a line (or row) counts the named part within the whole."""
    text = fold(question.text).text
    asked = _WITHOUT.search(text)
    if not asked or not _ASKED.search(text, asked.end()):
        return None
    left_out = _last_phrase(asked["part"])
    words = frozenset(t.term for t in tokenize(left_out) if t.is_content and t.pos in ("名詞", "動詞"))
    for n, scored in enumerate(ranked[:_ROWS]):
        opens = not scored.candidate.unit.cells and _AMONG.match(scored.candidate.unit.text)
        if n >= _DEPTH and not opens and not (scored.candidate.unit.cells and is_named(question, scored.candidate)):
            continue
        for whole, part, label in _counted(question, scored.candidate, candidates):
            same = whole.unit == part.unit or not (whole.unit and part.unit)
            fits = may_result(question, part.unit or whole.unit)
            if same and fits and 0 < part.number < whole.number and _means(words, left_out, label):
                return _claim(question, whole, part)
    return None


def _last_phrase(text: str) -> str:
    """What stands after the last particle: 返事 of 調査票を送ったのに返事."""
    ends = [t.end for t in tokenize(text) if t.pos == "助詞" and t.surface in ("を", "に", "で", "は", "が", "のに")]
    return text[ends[-1] :] if ends and ends[-1] < len(text) else text


def _claim(question: Question, whole: Operand, part: Operand) -> Claim:
    left = whole.number - part.number
    shown = result_text(question, left, whole.unit if whole.unit == part.unit else "", whole.shown)
    formula = f"{f'{whole.name} {whole.shown}'.strip()} − {part.name} {part.shown}"
    return Claim(f"{shown}です（{formula}）。", tuple(dict.fromkeys((whole.evidence, part.evidence))), (left,))


def _counted(
    question: Question, candidate: Candidate, candidates: Sequence[Candidate]
) -> Iterator[tuple[Operand, Operand, str]]:
    """(whole, part, what the part is called) as a row's うち column, one line or two neighbouring lines count them."""
    if any(c.header for c in candidate.unit.cells):
        yield from _in_row(question, candidate, candidates)
        return
    own = candidate.unit.text
    at = _AMONG.search(own)
    if at:
        before = [q for q in candidate.own.quantities if q.end <= at.start()]
        after = [q for q in candidate.own.quantities if q.start >= at.end()]
        if before and after:
            label = own[at.end() : after[0].start]
            yield _operand(candidate, before[-1], ""), _operand(candidate, after[0], label), label
        elif after and not at.start():
            yield from _under_whole(candidate, own[at.end() : after[0].start], after[0], candidates)
        return
    yield from _survey(candidate, candidates)
    following = next((c for c in candidates if c.page is candidate.page and c.position == candidate.position + 1), None)
    opening = _AMONG.match(following.unit.text) if following else None
    if following and opening and following.own.quantities and len(candidate.own.quantities) == 1:
        label = following.unit.text[opening.end() : following.own.quantities[0].start]
        whole = _operand(candidate, candidate.own.quantities[0], "")
        yield whole, _operand(following, following.own.quantities[0], label), label


def _under_whole(
    line: Candidate, label: str, part: Quantity, candidates: Sequence[Candidate]
) -> Iterator[tuple[Operand, Operand, str]]:
    """A line (うち緑県から41人) and the one count of the line before it."""
    above = next((c for c in candidates if c.page is line.page and c.position == line.position - 1), None)
    if above and not above.unit.cells and len(above.own.quantities) == 1:
        yield _operand(above, above.own.quantities[0], ""), _operand(line, part, label), label


def _survey(candidate: Candidate, candidates: Sequence[Candidate]) -> Iterator[tuple[Operand, Operand, str]]:
    """Two lines near each other that say to how many a survey went, and how many answered."""
    near = [c for c in candidates if c.page is candidate.page and abs(c.position - candidate.position) <= _NEAR]
    sent, answered = (
        [(c, q) for c in near if p.search(c.unit.label) for q in c.own.quantities if q.unit and q.unit not in NO_COUNT]
        for p in (_SENT, _ANSWERED)
    )
    if len(sent) == len(answered) == 1:
        (one, whole), (two, part) = sent[0], answered[0]
        yield _operand(one, whole, ""), _operand(two, part, two.unit.label), two.unit.label


def _in_row(
    question: Question, row: Candidate, candidates: Sequence[Candidate]
) -> Iterator[tuple[Operand, Operand, str]]:
    """A column headed うち… and the one before it."""
    if not is_named(question, row) and not any(d.year in question.years for d in row.own.dates):
        return
    values = row_values(row, table_rows(row, candidates))
    for whole, part in pairwise(values):
        survey = _SENT.search(whole.head) and _ANSWERED.search(part.head)
        if part.head.startswith("うち") or survey:
            one, two = (Operand(v.head, v.number, v.unit, v.shown, row_evidence(v)) for v in (whole, part))
            yield one, two, part.head.removeprefix("うち")


def _operand(candidate: Candidate, quantity: Quantity, label: str) -> Operand:
    name = re.sub(r"^[、\s]+|(?:した|の)?(?:もの|の)?[はがを、:：（）()\s約]*$", "", label)
    return operand_of(candidate, quantity, name)


def _means(words: frozenset[str], phrase: str, label: str) -> bool:
    """Is what the question leaves out what the document counts: by all its words, or by another word for what happened?"""
    held = read_text(label).terms
    if words and words <= held:
        return True
    return any(_stem(form) in key(phrase) for term in held for form in synonyms(term) if len(form) >= 2)


def _stem(word: str) -> str:
    """A verb without its ending: 出来上がる, 出来上が."""
    return key(word[:-1] if "ぁ" <= word[-1] <= "ん" and len(word) > 2 else word)
