"""The built-in reader: no language model; the value first, then the line that it stands on."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from assistant.answer import Claim, Draft
from assistant.candidates import Candidate
from assistant.question import Question
from assistant.scoring import Scored, rank
from assistant.selection import select
from assistant.values import Value, cell_value, find_value
from assistant.wording import clip

LONG_KINDS = frozenset({"list", "reason", "definition"})
_FIRST, _NEXT, _LONG = 112, 90, 260


class BuiltInReader:
    """Drafts an answer from ranked units."""

    name = "built-in"

    def draft(self, question: Question, candidates: Sequence[Candidate]) -> Generator[Claim, None, Draft]:
        draft = self.answer(question, candidates)
        yield from draft.claims
        return draft

    def answer(self, question: Question, candidates: Sequence[Candidate]) -> Draft:
        """The whole draft at once."""
        ranked = rank(question, candidates)
        if not ranked:
            return nothing_found(question, ())
        long = question.kind in LONG_KINDS
        chosen = select(question, ranked, 3 if long else 2)
        claims = []
        for n, scored in enumerate(chosen):
            limit = _LONG if long else _FIRST if n == 0 else _NEXT
            claims.append(self._claim(question, scored, ranked, limit, first=n == 0))
        return Draft(tuple(claims), confidence=ranked[0].score)

    def _claim(self, question: Question, scored: Scored, ranked: Sequence[Scored], limit: int, *, first: bool) -> Claim:
        candidate = scored.candidate
        value = self._value(question, scored, ranked) if first else None
        text = candidate.unit.text
        evidence = candidate.evidence(scored.score)
        if value is None:
            return Claim(_sentence(clip(text, limit)), (evidence,))
        quote = clip(text, limit - min(len(value.text), 60), value.where)
        if question.english:
            return Claim(f"{value.text} (「{quote}」).", (evidence,), value.computed)
        return Claim(f"{value.text}です（「{quote}」）。", (evidence,), value.computed)

    def _value(self, question: Question, scored: Scored, ranked: Sequence[Scored]) -> Value | None:
        candidate = scored.candidate
        if candidate.unit.cells:
            siblings = [s.candidate for s in ranked if s.candidate.unit.cells and s.candidate.page is candidate.page]
            return cell_value(question, candidate, siblings)
        return find_value(question, candidate)


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "．", "…", "！", "？")) else f"{text}。"


def nothing_found(question: Question, nearest: Sequence[Candidate]) -> Draft:
    """An abstention: says so in one sentence and names the nearest pages."""
    text = (
        "The documents do not say." if question.english else "お尋ねの内容は、登録されている文書には記載がありません。"
    )
    return Draft((Claim(text, tuple(c.evidence() for c in nearest[:2])),), abstained=True)
