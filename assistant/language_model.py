"""The language model as a drafter: what it says is shown sentence by sentence, and only what its evidence holds."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from assistant.answer import Claim, Draft, Usage
from assistant.asked_check import pages_of
from assistant.candidates import Candidate
from assistant.chain import Drafter, drafted
from assistant.chat_model import TIMEOUT_S
from assistant.checks import CHECKS, ClaimCheck
from assistant.circuit import Circuit
from assistant.model_claims import ClaimReading, is_not_stated
from assistant.model_stream import ModelText
from assistant.prompt import MAX_EVIDENCE_TOKENS, Fault, fingerprint, hints, messages, offered_evidence, repair
from assistant.question import Question
from assistant.reader import nothing_found
from assistant.scoring import rank
from assistant.sure_reading import SURE, SureReading, sure_reading

_LOG = logging.getLogger(__name__)

MAX_CLAIMS = 12
_NO_ANSWER, _NOT_SOUND = "言語モデルが応答しませんでした", "言語モデルの答えは確認を通りませんでした"
_DECLINED, _OTHER = "言語モデルは記載なしと答えました", "言語モデルの答えは内蔵リーダーの読みと合いませんでした"


_RESTING = "言語モデルの失敗が続いたので、休ませています"
_FAILURES = {"finished": "not_sound", "declined": "declined", "failed": "failed"}  # names for metrics and audit


@dataclass(slots=True)
class _Attempt:
    """One text of the model. `end`: it finished, said that the evidence does not hold the answer, or failed.

    `claims` are the sound ones, of which the first `shown` were yielded.
    """

    text: str = ""
    claims: list[Claim] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    end: Literal["finished", "declined", "failed"] = "finished"
    shown: int = 0
    tokens: tuple[int, int] = (0, 0)


class Runner(Protocol):
    """What runs the model on this machine."""

    def revive(self) -> None:
        """Starts it again if it has ended by itself."""

    def close(self) -> None:
        """Ends it."""


class LanguageModelDrafter:
    """A chat model behind the checks and behind another drafter, `fallback`, which reads the evidence first.

    Where that one abstains, finds the documents at odds or works a value out, its draft stands and the model is not asked.
    Else every sentence of the model becomes a claim on the evidence of its markers (or on what proves it) and counts only if the checks find nothing.
    Claims are held back until together they hold what `fallback` is sure of (`sure_reading`); then they are yielded as they
    come. When nothing sound came, the model is told once what was wrong (`repairs`). If that does not help, or the model
    fails or contradicts, or `timeout_s` have passed, the draft of `fallback` is given and `reader` says why. What was yielded
    before a failure stands. After failures in a row the model is left alone for a while (`circuit`).
    """

    def __init__(
        self,
        model: BaseChatModel,
        name: str,
        fallback: Drafter,
        *,
        timeout_s: float = TIMEOUT_S,
        max_evidence_tokens: int = MAX_EVIDENCE_TOKENS,
        repairs: bool = True,
        checks: Sequence[ClaimCheck] = CHECKS,
        runner: Runner | None = None,
        circuit: Circuit | None = None,
    ) -> None:
        self.name = name
        self.circuit = circuit or Circuit()
        self._model = model
        self._fallback = fallback
        self._timeout_s = timeout_s
        self._max_evidence_tokens = max_evidence_tokens
        self._repairs = repairs
        self._checks = checks
        self._runner = runner
        self._hurried = threading.Event()

    def hurry(self) -> None:
        """Ends every wait for the model, now and later: the server is being stopped."""
        self._hurried.set()

    def close(self) -> None:
        """Ends what runs the model on this machine."""
        if self._runner is not None:
            self._runner.close()

    def draft(self, question: Question, candidates: Sequence[Candidate]) -> Generator[Claim, None, Draft]:
        deadline = time.monotonic() + self._timeout_s
        read = drafted(self._fallback.draft(question, candidates))
        if not candidates or read.abstained or read.conflicts or any(c.computed for c in read.claims):
            yield from read.claims
            return read
        if not self.circuit.allows():
            yield from read.claims
            return replace(read, reader=f"{read.reader}（{_RESTING}）", usage=Usage(failure="resting"))
        if self._runner is not None:
            self._runner.revive()
        ranked = rank(question, candidates)
        cited = [e for c in read.claims for e in c.evidence]
        evidence = offered_evidence(question, ranked, candidates, self._max_evidence_tokens, first=cited)
        told = messages(question, evidence, hints(read, evidence))
        sure, pages = sure_reading(question, read), pages_of(candidates)
        reading = ClaimReading(evidence, question, pages, self._checks)
        attempt = yield from self._attempt(told, reading, sure, deadline)
        faults, tokens = attempt.faults, attempt.tokens
        if self._repairs and attempt.end == "finished" and faults and not attempt.claims:
            again = [*told, *repair(attempt.text, faults)]
            attempt = yield from self._attempt(again, reading, sure, deadline)
            faults = [*faults, *attempt.faults]
            tokens = (tokens[0] + attempt.tokens[0], tokens[1] + attempt.tokens[1])
            if attempt.end == "declined":  # it gave up its answer; that says nothing about the documents
                attempt.end = "finished"
        dropped = tuple(dict.fromkeys(fault.text for fault in faults))
        usage = Usage(fingerprint(told), *tokens)
        if attempt.shown:
            claims = tuple(attempt.claims)
            return Draft(claims, reader=self.name, confidence=read.confidence, dropped=dropped, usage=usage)
        if attempt.end == "declined" and read.confidence < SURE:
            nearest = [s.candidate for s in ranked[:2]]
            read = replace(nothing_found(question, nearest), reader=self.name, dropped=dropped, usage=usage)
        else:
            why = f"{read.reader}（{_why(attempt, faults)}）"
            usage = replace(usage, failure=_FAILURES[attempt.end])
            read = replace(read, reader=why, dropped=(*dropped, *read.dropped), usage=usage)
        yield from read.claims
        return read

    def _attempt(
        self,
        told: Sequence[BaseMessage],
        reading: ClaimReading,
        sure: SureReading | None,
        deadline: float,
    ) -> Generator[Claim, None, _Attempt]:
        """Reads one text of the model; yields its sound claims as their sentences are complete, once they hold what is sure."""
        attempt = _Attempt()
        arriving = ModelText(self._model, told, deadline, self._hurried)
        sentences = arriving.sentences()
        try:
            for sentence in sentences:
                if is_not_stated(sentence):
                    if not attempt.claims:
                        attempt.end = "declined"
                        break
                    continue
                claim, faults = reading.claim(sentence)
                attempt.faults.extend(faults)
                if claim is None:
                    continue
                attempt.claims.append(claim)
                if attempt.shown or sure is None or sure.held_by(attempt.claims):
                    while attempt.shown < len(attempt.claims):
                        attempt.shown += 1
                        yield attempt.claims[attempt.shown - 1]
                if len(attempt.claims) == MAX_CLAIMS:
                    break
        except Exception as error:
            _LOG.warning("language model %s failed: %s", self.name, type(error).__name__)
            attempt.end = "failed"
            self.circuit.failed()
        else:
            self.circuit.succeeded()
        finally:
            sentences.close()
        attempt.text, attempt.tokens = arriving.text, arriving.tokens
        return attempt


def _why(attempt: _Attempt, faults: Sequence[Fault]) -> str:
    """Why the model's answer is not shown, in words for the user."""
    if attempt.claims and attempt.end == "finished":
        return _OTHER
    if attempt.end == "declined":
        return _DECLINED
    return _NOT_SOUND if faults else _NO_ANSWER
