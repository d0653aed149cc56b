"""Builds that are broken on purpose: the gate has to stop each of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from assistant.answer import Claim, Draft
from assistant.candidates import Candidate
from assistant.chain import ChainSettings, Drafter
from assistant.compose import Tuning
from assistant.question import Question
from assistant.scoring import rank
from index.retriever import RetrieverSettings


def _as_it_is(drafter: Drafter) -> Drafter:
    return drafter


@dataclass(frozen=True, slots=True)
class Ablation:
    """A build without one of its parts; `drafter` makes the lame drafter from the whole one."""

    name: str
    title: str
    tuning: Tuning = field(default_factory=Tuning)
    drafter: Callable[[Drafter], Drafter] = _as_it_is


class AlwaysAnswers:
    """A drafter that never abstains: where the other one does, it shows the best unit."""

    def __init__(self, drafter: Drafter) -> None:
        self._drafter = drafter
        self.name = drafter.name

    def draft(self, question: Question, candidates: Sequence[Candidate]) -> Generator[Claim, None, Draft]:
        draft = yield from self._drafter.draft(question, candidates)
        if not draft.abstained or not candidates:
            return draft
        best = rank(question, candidates)[0]
        claim = Claim(best.candidate.unit.text, (best.candidate.evidence(best.score),))
        return Draft((claim,), reader=draft.reader, confidence=best.coverage)


def holds_everything(_: Claim) -> tuple[str, ...]:
    """A check that never finds anything missing."""
    return ()


ABLATIONS = (
    Ablation("dense", "ベクトル検索なし", Tuning(retriever=RetrieverSettings(dense=False))),
    Ablation("lexical", "BM25なし", Tuning(retriever=RetrieverSettings(lexical=False))),
    Ablation(
        "years",
        "和暦と西暦の読み替えなし",
        Tuning(retriever=RetrieverSettings(canonical_years=False), chain=ChainSettings(canonical_years=False)),
    ),
    Ablation("abstention", "控えない", drafter=AlwaysAnswers),
    Ablation("checks", "照合なし", Tuning(check=holds_everything)),
)
