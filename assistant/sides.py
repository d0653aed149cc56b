"""The two sides of a question that compares: Aの会員数とBの会員数の差, AはBの何倍, AとBではどちらが多い, Aに対しBは."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.candidates import Candidate
from assistant.parts import part
from assistant.question import GENERIC, Question
from assistant.scoring import Scored, match, rank, share_matched, share_named
from assistant.term import Term
from corpus.fold import fold, key
from corpus.tokenizer import tokenize

_SIDE = r"[^、。]{2,40}?"
_JOINT = (
    r"(?:の(?=(?:うち|中|どちら|どっち|いずれ|[^、。]{0,20}?の?(?:差|違い|開き|合計|合算)))"
    r"|(?:と)?(?:では|とで|で(?=、?(?:どちら|どっち|は))|を(?=比べ|くらべ|比較|合わせ|あわせ|足|合算|合計))"
    r"|と(?=合わせ|足)|は(?=、?(?:[^、。はがを]{2,10}で)?(?:どちら|どっち|合わせ)))"
)
_BESIDE = re.compile(rf"^(?P<pre>.*[、。]|)(?P<a>{_SIDE})(?:と、?|および|及び|、)(?P<b>{_SIDE}){_JOINT}(?P<rest>.*)$")
_AGAINST = re.compile(
    rf"^(?P<pre>.*[、。]|)(?P<a>{_SIDE})(?:は|が)、?(?P<b>{_SIDE})(?:より(?:も)?|と比べ|に比べ|を(?=、?[^、。]{{0,10}}(?:上回|下回))|の(?=(?:およそ|約|ほぼ)?何倍))(?P<rest>.*)$"
)
_OUTSIDE = re.compile(r".*(?:による|における|に関する|についての|に対する)(?=..)")
# Words that compare: neither side's unit need hold them.
_COMPARING = (
    frozenset(
        "比べる 比較 大きい 多い 高い 広い 長い 小さい 少ない 低い 狭い 短い 早い 遅い 先 後 差 違い 違う 開く 上回る 下回る 合わせる 足す 合計 合算 増える 減る".split()
    )
    | GENERIC
)
_HELD = 0.55  # share of what tells a side from the other one that its unit must hold or inherit
_SHARED = 0.4  # share of what both sides are asked for that the unit must hold
_DEPTH = 6
_NAME_WEIGHT = 2.0  # idf from which on a name that both sides share must be held
_NAME, _NAMED_DEPTH = 4, 60  # characters from which on a name is looked for to the letter, and how deep


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its words in the question, the question that asks for it alone, and its `own` terms, which the other side lacks."""

    text: str
    question: Question
    own: tuple[Term, ...]
    shared: tuple[Term, ...]


def sides_of(question: Question) -> tuple[Side, Side] | None:
    """The two sides in the order of the question; None when it does not set two things against each other."""
    if question.english:
        return None
    folded = fold(question.text)
    for form in (_AGAINST, _BESIDE):
        found = form.match(folded.text)
        if found:
            written = [slice(*folded.original(*found.span(side))) for side in "ab"]
            return _sides(question, found, [question.text[w] for w in written])
    return None


def phrases_of(question: Question) -> tuple[str, str] | None:
    """The words of the two sides, as they are written: 会員数 and 企業会員数 of 協議会の会員数と企業会員数の差."""
    folded = fold(question.text)
    found = None if question.english else _BESIDE.match(folded.text)
    if not found:
        return None
    a, b = (question.text[slice(*folded.original(*found.span(side)))] for side in "ab")
    return _behind_particle(a if "の" in b else a.rpartition("の")[2]), b


def _behind_particle(text: str) -> str:
    """大企業 of 内訳で大企業: the label is what stands after the last particle that opens a clause."""
    ends = [t.end for t in tokenize(text) if t.pos == "助詞" and t.surface in ("で", "は", "に", "が", "も")]
    return text[ends[-1] :] if ends and ends[-1] < len(text) else text


def _sides(question: Question, found: re.Match[str], written: Sequence[str]) -> tuple[Side, Side] | None:
    a, b, pre = found["a"], found["b"], found["pre"]
    outside = _OUTSIDE.match(a) if found.re is _BESIDE else None
    if outside:  # what both are of: X法によるAとBの助成額
        pre, a = pre + outside[0], a[outside.end() :]
        written = [written[0][-len(a) :], written[1]]
    if found.re is _BESIDE and "の" in a and "の" not in b:  # whose they are is said once: Xの1号と3号
        whose, _, a = a.rpartition("の")
        pre = f"{pre}{whose}の"
        written = [written[0].rpartition("の")[2], written[1]]
    elif found.re is _BESIDE and (owner := _owner(a, b)):  # Xの顧客の数と外注先の数
        pre, a = f"{pre}{owner}の", a[len(owner) + 1 :]
        written = [written[0][len(owner) + 1 :], written[1]]
    # the last phrase of the first side stands for the second one too: Aの会員数はBより
    of = a.rpartition("の")[2] if "の" in a and "の" not in b and found.re is _AGAINST else ""
    texts = (
        pre + a + "は" + found["rest"],
        pre + b + ("の" + of if of else "") + "は" + found["rest"],
    )
    terms = [_terms_in(question, t) for t in (a, b)]
    own = [
        tuple(t for t in mine if t.main not in {o.main for o in other} and t.main not in _COMPARING)
        for mine, other in (terms, terms[::-1])
    ]
    if of:
        own[0] = tuple(t for t in own[0] if t.main not in {x.main for x in _terms_in(question, of)})
    if not all(own):
        return None
    taken = {t.main for side in own for t in side}
    out = []
    for text, words, mine in zip(written, texts, own, strict=True):
        asked = part(question, words)
        asked = replace(asked, kind=question.kind if question.asks_value else "number", unit="")
        shared = tuple(
            t
            for t in _terms_in(question, words)
            if t.main not in taken and t.main not in _COMPARING and not t.main.startswith("@")
        )
        out.append(Side(text, asked, mine, shared))
    return out[0], out[1]


def _owner(a: str, b: str) -> str:
    """What stands before the first of two things that end alike (Xの顧客の数, 外注先の数), where the second one has no such owner."""
    (first, _, of), (second, _, alike) = a.rpartition("の"), b.rpartition("の")
    return first.rpartition("の")[0] if of == alike and "の" in first and "の" not in second else ""


def _terms_in(question: Question, text: str) -> tuple[Term, ...]:
    inside = {t.term for t in tokenize(text)}
    years = {d.year for d in question.dates if fold(question.text[d.start : d.end]).text in text}
    return tuple(
        t for t in question.terms if t.main in inside or (t.main.startswith("@") and int(t.main[1:5]) in years)
    )


def units_of(side: Side, other: Side, candidates: Sequence[Candidate]) -> list[Scored]:
    """The units that surely speak of the side, best first: they hold what tells it from the other one, and what is asked of both."""
    ranked = rank(side.question, candidates)
    names = [n for n in map(key, re.split("の|[（(「」）)]", side.text)) if len(n) >= _NAME]
    for name in sorted(names, key=len, reverse=True):
        called = [s for s in ranked[:_NAMED_DEPTH] if name in _written(s.candidate)]
        if called:
            ranked = called
            break
    return [s for s in ranked[:_DEPTH] if _speaks_of(side, other, s.candidate)]


def _written(candidate: Candidate) -> str:
    """Key of the unit and of what it stands under."""
    return "\n".join((candidate.own.key, candidate.lead.key, candidate.headings.key))


def _speaks_of(side: Side, other: Side, candidate: Candidate) -> bool:
    held, others = share_matched(side.own, candidate), share_matched(other.own, candidate)
    named, misnamed = share_named(side.own, candidate), share_named(other.own, candidate)
    return (
        held >= _HELD
        and (named > misnamed or (named == misnamed and held > others))
        and (not side.shared or share_matched(side.shared, candidate) >= _SHARED)
        and all(match(t, candidate) >= _HELD for t in side.shared if t.is_name and t.weight >= _NAME_WEIGHT)
    )
