"""The language model as a drafter: what it says is shown sentence by sentence, and only what its evidence holds."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import Any, Literal

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, BaseMessageChunk, HumanMessage

from assistant.answer import Claim, Draft, Evidence
from assistant.candidates import Candidate
from assistant.chain import Drafter
from assistant.checks import unsupported
from assistant.marker_parser import Sentence, SentenceParser
from assistant.problems import LanguageModelError
from assistant.prompt import MAX_EVIDENCE_TOKENS, Fault, messages, offered_evidence, repair
from assistant.question import Question
from assistant.reader import nothing_found
from assistant.scoring import rank
from assistant.wording import clip
from corpus.fold import key

_LOG = logging.getLogger(__name__)

TIMEOUT_S = 60.0
PROBE_TIMEOUT_S = 30.0
MAX_CLAIMS = 12
_MAX_DROPPED_CHARS = 80
_NO_ANSWER, _NOT_SOUND = "言語モデルが応答しませんでした", "言語モデルの答えは確認を通りませんでした"
# 「記載なし」 and what models say in its place; only a sentence that says nothing else.
_NOT_STATED = re.compile(
    r"(?:(?:提供された|与えられた|この|その)?(?:資料|文書)(?:の中|内)?に(?:は|も)?)?"
    r"(?:(?:その|該当する|関連する|お?尋ねの|ご?質問の|ご?質問に対する|答えとなる)?(?:内容|情報|答え)?[はがの]?)?"
    r"(?:記載|記述|情報|該当)(?:[はが])?(?:なし|無し|ない|ありません|見つかりません|されていません)(?:です|でした)?|"
    r"(?:thereisnoinformation|notstated|thedocumentsdonotsay)"
)
# Joins sentences and says nothing: goes before the next sound one.
_CONNECTIVE = re.compile(
    r"(?:また|なお|一方|さらに|そして|したがって|つまり|以上|以下の(?:とおり|通り)です|次の(?:とおり|通り)です)[、。，,:：]?"
)


@dataclass(slots=True)
class _Attempt:
    """One text of the model. `end`: it finished, said that the evidence does not hold the answer, or failed."""

    text: str = ""
    claims: list[Claim] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    end: Literal["finished", "declined", "failed"] = "finished"


class LanguageModelDrafter:
    """A chat model behind the checks, with another drafter behind both.

    Every sentence becomes a claim on the evidence of its markers and is yielded only if `unsupported` finds nothing.
    When nothing sound came, the model is told once what was wrong (`repairs`). If that does not help, or the model fails, or
    `timeout_s` have passed, `fallback` answers and `reader` says why. What was yielded before a failure stands.
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
    ) -> None:
        self.name = name
        self._model = model
        self._fallback = fallback
        self._timeout_s = timeout_s
        self._max_evidence_tokens = max_evidence_tokens
        self._repairs = repairs

    def draft(self, question: Question, candidates: Sequence[Candidate]) -> Generator[Claim, None, Draft]:
        deadline = time.monotonic() + self._timeout_s
        ranked = rank(question, candidates)
        evidence = offered_evidence(question, ranked, candidates, self._max_evidence_tokens)
        if not evidence:
            return (yield from self._fallback.draft(question, candidates))
        told = messages(question, evidence)
        attempt = yield from self._attempt(told, evidence, question, deadline)
        faults = attempt.faults
        if self._repairs and attempt.end == "finished" and faults and not attempt.claims:
            again = [*told, *repair(attempt.text, faults)]
            attempt = yield from self._attempt(again, evidence, question, deadline)
            faults = [*faults, *attempt.faults]
            if attempt.end == "declined":  # it gave up its answer; that says nothing about the documents
                attempt.end = "finished"
        dropped = tuple(dict.fromkeys(fault.text for fault in faults))
        if attempt.claims:
            return Draft(tuple(attempt.claims), reader=self.name, confidence=ranked[0].score, dropped=dropped)
        if attempt.end == "declined":
            nearest = [s.candidate for s in ranked[:2]]
            draft = replace(nothing_found(question, nearest), reader=self.name, dropped=dropped)
            yield from draft.claims
            return draft
        draft = yield from self._fallback.draft(question, candidates)
        reader = f"{draft.reader}（{_NOT_SOUND if faults else _NO_ANSWER}）"
        return replace(draft, reader=reader, dropped=tuple(dict.fromkeys([*dropped, *draft.dropped])))

    def _attempt(
        self, told: Sequence[BaseMessage], evidence: Sequence[Evidence], question: Question, deadline: float
    ) -> Generator[Claim, None, _Attempt]:
        """Yields the sound claims of one text of the model as their sentences are complete."""
        attempt = _Attempt()
        reading = _Reading(evidence, question.english)
        sentences = _sentences(self._model, told, deadline, attempt)
        try:
            for sentence in sentences:
                if _NOT_STATED.fullmatch(_bare(sentence.text)):
                    if not attempt.claims:
                        attempt.end = "declined"
                        break
                    continue
                claim, faults = reading.claim(sentence)
                attempt.faults.extend(faults)
                if claim is not None:
                    attempt.claims.append(claim)
                    yield claim
                    if len(attempt.claims) == MAX_CLAIMS:
                        break
        except Exception as error:
            _LOG.warning("language model %s failed: %s", self.name, type(error).__name__)
            attempt.end = "failed"
        finally:
            sentences.close()
        return attempt


class _Reading:
    """Turns the sentences of one text into claims; knows what was said before."""

    def __init__(self, evidence: Sequence[Evidence], english: bool) -> None:
        self._evidence = evidence
        self._english = english
        self._said: set[str] = set()
        self._connective = ""

    def claim(self, sentence: Sentence) -> tuple[Claim | None, list[Fault]]:
        """The claim of a sentence if it is sound and new, and what is wrong with the sentence."""
        if not sentence.markers and _CONNECTIVE.fullmatch(sentence.text):
            self._connective = sentence.text
            return None, []
        offered = [m for m in sentence.markers if 1 <= m <= len(self._evidence)]
        faults = [Fault(f"[{m}]", "資料にない番号です") for m in sentence.markers if m not in offered]
        if not offered:
            return None, [*faults, Fault(clip(sentence.text, _MAX_DROPPED_CHARS), "資料の番号が付いていない文です")]
        text = self._connective + _ended(sentence.text, english=self._english)
        if self._english and self._said:
            text = f" {text}"
        claim = Claim(text, tuple(self._evidence[m - 1] for m in offered))
        missing = unsupported(claim)
        if missing or key(sentence.text) in self._said:
            return None, faults + [Fault(m, "付けた番号の資料に書いてありません") for m in missing]
        self._said.add(key(sentence.text))
        self._connective = ""
        return claim, faults


def _ended(text: str, *, english: bool) -> str:
    """The text with a full stop, since markers and the next sentence follow it."""
    if text.endswith(("。", "！", "？", ".", "!", "?", "．", "」。")):
        return text
    return text + ("." if english else "。")


def _bare(text: str) -> str:
    return re.sub(r"[「」『』（）()。.、,!！\s]", "", text).lower()


def _sentences(
    model: BaseChatModel, told: Sequence[BaseMessage], deadline: float, attempt: _Attempt
) -> Generator[Sentence, None, None]:
    """The sentences of the model's text, which is kept in `attempt.text`. A last one that was cut off is left out.

    Raises TimeoutError, and whatever the model raises.
    """
    parser = SentenceParser()
    cut_off = False
    for chunk in _chunks(model, told, deadline):
        attempt.text += chunk.text
        cut_off = cut_off or _is_cut_off(chunk)
        yield from parser.feed(chunk.text)
    if not cut_off:
        yield from parser.close()


def _is_cut_off(chunk: BaseMessageChunk) -> bool:
    """The model stopped at its limit of tokens, not at the end of what it had to say."""
    data = chunk.response_metadata
    reasons = (data.get("finish_reason"), data.get("stop_reason"), data.get("done_reason"))
    return any(reason in ("length", "max_tokens", "MAX_TOKENS") for reason in reasons)


def _chunks(model: BaseChatModel, told: Sequence[BaseMessage], deadline: float) -> Iterator[Any]:
    """What the model streams, read in a thread of its own so that no model can hold up the answer beyond `deadline`.

    A thread that hangs in the model is left behind; the model's own timeout ends it. Raises TimeoutError, and whatever the
    model raises.
    """
    queue: SimpleQueue[BaseMessageChunk | Exception | None] = SimpleQueue()
    given_up = threading.Event()

    def read() -> None:
        try:
            for chunk in model.stream(list(told)):
                if given_up.is_set():
                    return
                queue.put(chunk)
            queue.put(None)
        except Exception as error:
            queue.put(error)

    threading.Thread(target=read, name="tenkyo-language-model", daemon=True).start()
    try:
        while True:
            try:
                item = queue.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                raise TimeoutError(_NO_ANSWER) from None
            if item is None:
                return
            if isinstance(item, Exception):
                raise item
            if time.monotonic() > deadline:
                raise TimeoutError(_NO_ANSWER)
            yield item
    finally:
        given_up.set()


def make_chat_model(llm: str, base_url: str, api_key: str, timeout_s: float = TIMEOUT_S) -> BaseChatModel:
    """The chat model of `provider:model`. Raises LanguageModelError, saying what to install or to set."""
    provider, colon, model = llm.partition(":")
    if provider == "gguf":
        raise LanguageModelError(
            f"TENKYO_LLM={llm} はまだ使えません。GGUFのモデルは llama.cpp などの OpenAI 互換サーバーで動かし、"
            "TENKYO_LLM=openai:モデル名 と TENKYO_LLM_BASE_URL を設定してください。"
        )
    if not (provider and colon and model):
        raise LanguageModelError(
            f"TENKYO_LLM={llm} の書き方が違います。「提供元:モデル名」（例 openai:gpt-4.1-mini、ollama:qwen3:4b）にしてください。"
        )
    try:
        chat_model: BaseChatModel = init_chat_model(
            model, model_provider=provider, **_options(provider, base_url, api_key, timeout_s)
        )
    except ImportError as error:
        package = re.search(r"langchain[-\w]+", str(error).replace("_", "-"))
        name = package[0] if package else f"langchain-{provider}"
        raise LanguageModelError(
            f"TENKYO_LLM={llm} に必要なパッケージがありません。`pip install {name}` で入れてください。"
        ) from error
    except Exception as error:  # each provider's package raises its own kinds
        if "Unsupported provider" in str(error) or "Unsupported model_provider" in str(error):
            detail = (
                f"提供元「{provider}」を知りません。openai、anthropic、ollama など LangChain の提供元名にしてください。"
            )
        else:
            detail = f"準備できません（{_first_line(error)}）。TENKYO_LLM_API_KEY と TENKYO_LLM_BASE_URL を確かめてください。"
        raise LanguageModelError(f"TENKYO_LLM={llm}：{detail}") from error
    return chat_model


def _options(provider: str, base_url: str, api_key: str, timeout_s: float) -> dict[str, Any]:
    options: dict[str, Any] = {"temperature": 0}
    if base_url:
        options["base_url"] = base_url
    if provider == "ollama":
        return {**options, "client_kwargs": {"timeout": timeout_s}}
    if api_key or (provider == "openai" and base_url):
        # A server of one's own mostly wants none; OPENAI_API_KEY must not go to it.
        options["api_key"] = api_key or "none"
    return {**options, "timeout": timeout_s, "max_retries": 1}


def probe(model: BaseChatModel, timeout_s: float = PROBE_TIMEOUT_S) -> None:
    """Returns when the model says anything. Raises LanguageModelError when it does not."""
    chunks = _chunks(model, [HumanMessage("「はい」とだけ答えてください。")], time.monotonic() + timeout_s)
    try:
        if any(chunk.text.strip() for chunk in chunks):
            return
        reason = "空の答えでした"
    except TimeoutError:
        reason = f"{timeout_s:g}秒待ちました"
    except Exception as error:
        reason = f"{type(error).__name__}: {_first_line(error)}"
    raise LanguageModelError(
        f"言語モデルが応答しません（{reason}）。サーバーが動いているか、TENKYO_LLM、TENKYO_LLM_BASE_URL、TENKYO_LLM_API_KEY を確かめてください。"
    )


def _first_line(error: Exception) -> str:
    return clip(str(error).strip().split("\n")[0], 200)
