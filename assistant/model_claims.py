"""A model's sentences → claims on the evidence of their markers, and what is wrong with those that cannot be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Claim, Evidence
from assistant.asked_check import Pages, asked_check
from assistant.candidates import read_text
from assistant.checks import CHECKS, ClaimCheck, unsupported
from assistant.clauses import clauses_of
from assistant.marker_parser import Sentence
from assistant.name_check import proper_names
from assistant.prompt import Fault
from assistant.question import Question
from assistant.scoring import holds
from assistant.wording import clip
from corpus.fold import key
from corpus.tokenizer import content_terms, tokenize

_MAX_DROPPED_CHARS = 80
_PROVING_SHARE = 0.6  # of the words of a sentence that the evidence must hold which code finds for it
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


def is_not_stated(sentence: Sentence) -> bool:
    """The sentence says that the documents do not hold the answer, and nothing else."""
    return bool(_NOT_STATED.fullmatch(_bare(sentence.text)))


class ClaimReading:
    """Turns the sentences of one text into claims; knows what was said before."""

    def __init__(
        self, evidence: Sequence[Evidence], question: Question, pages: Pages, checks: Sequence[ClaimCheck] = CHECKS
    ) -> None:
        self._evidence = evidence
        self._question = question
        self._pages = pages
        self._checks = checks
        self._english = question.english
        self._said: set[str] = set()
        self._connective = ""

    def claim(self, sentence: Sentence) -> tuple[Claim | None, list[Fault]]:
        """The claim of a sentence if it is sound and new, and what is wrong with the sentence."""
        if not sentence.markers and _CONNECTIVE.fullmatch(sentence.text):
            self._connective = sentence.text
            return None, []
        offered = [m for m in sentence.markers if 1 <= m <= len(self._evidence)]
        faults = [Fault(f"[{m}]", "資料にない番号です") for m in sentence.markers if m not in offered]
        if not offered and not faults:
            offered = self._proving(sentence.text)
        if not offered:
            return None, [*faults, Fault(clip(sentence.text, _MAX_DROPPED_CHARS), "資料の番号が付いていない文です")]
        if not faults and unsupported(
            Claim(sentence.text, tuple(self._evidence[m - 1] for m in offered)), self._checks
        ):
            proving = self._proving(sentence.text)
            faults += [Fault(f"[{m}]", "文の根拠ではありません") for m in offered if proving]
            offered = proving or offered
        text = self._connective + _ended(sentence.text, english=self._english)
        if self._english and self._said:
            text = f" {text}"
        claim = Claim(text, tuple(self._evidence[m - 1] for m in offered))
        missing = [Fault(m, "付けた番号の資料に書いてありません") for m in unsupported(claim, self._checks)]
        missing += [
            Fault(m, "質問にありますが、付けた番号の資料が述べていません")
            for m in asked_check(self._question, claim, self._pages)
        ]
        if missing or key(sentence.text) in self._said:
            return None, faults + missing
        self._said.add(key(sentence.text))
        self._connective = ""
        return claim, faults

    def _proving(self, text: str) -> list[int]:
        """The marker of the one piece of evidence that holds a sentence, where code can tell; [] where it cannot.

        The sentence says something on the question and has a date, a figure or a name, no check finds anything against it, and
        most of its nouns stand in the piece.
        """
        reading, terms = read_text(text), {t for c in clauses_of(text) for label in c.labels for t in label}
        on_question = any(holds(t, reading) for t in self._question.terms)
        if not terms or not on_question or not (reading.dates or reading.quantities or proper_names(text)):
            return []
        shares = [len(terms & set(content_terms(f"{e.context}\n{e.text}"))) / len(terms) for e in self._evidence]
        for n in sorted(range(len(shares)), key=lambda i: -shares[i]):
            if shares[n] < _PROVING_SHARE:
                break
            if not unsupported(Claim(text, (self._evidence[n],)), self._checks):
                return [n + 1]
        return []


def _ended(text: str, *, english: bool) -> str:
    """The text with a full stop, since markers and the next sentence follow it; a bare value or name becomes a sentence."""
    if text.endswith(("。", "！", "？", ".", "!", "?", "．", "」。")):
        return text
    if english:
        return text + "."
    return text + ("です。" if tokenize(text)[-1].pos in ("名詞", "接尾辞") else "。")


def _bare(text: str) -> str:
    return re.sub(r"[「」『』（）()。.、,!！\s]", "", text).lower()
