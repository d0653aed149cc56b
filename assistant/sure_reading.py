"""What the built-in reader is sure of, and whether a language model's answer holds it: no model may talk it away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Claim, Draft
from assistant.candidates import read_text
from assistant.question import Question
from corpus.dates import DateMention
from corpus.era import ERAS
from corpus.fold import key
from corpus.quantity import Quantity
from corpus.tokenizer import content_terms, tokenize

SURE = 0.5  # share of the question from which on nine of ten of its answers were right (development questions)
_ITEM_SHARE, _WORD_SHARE = 0.6, 0.5
_NAME_OF = re.compile(r"([一-龠々ァ-ヴー]{2,6})(?:の(?:名前|名称|愛称|題名)|名は|は何という)")
_INTERROGATIVE = re.compile(r"何|いつ|いくら|いくつ|どこ|どの|どれ|だれ|誰|\b(?:how|what|when|where|which|who)\b")
_ERA_NAMES = frozenset(name for name, *_ in ERAS)
# 首都大学、農工大学、電気通信大学。: each is wanted, however the line that they stand in is cited
_NAMES_ONLY = re.compile(r"[^、。をがは]{2,20}(?:、[^、。をがは]{2,20})+。?")
_LEAD = re.compile(r"(.{1,120}?)(?:です)?\s*[（(]「")


Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class SureReading:
    """What an answer must hold: each of `dates` and `quantities`, each of `items`, half of `words`, one of the `names`, `all_names`, one of the
    `units` as evidence, and a word beyond those of the question (`known`). Where `quantities` are wanted it may hold no others
    but those of the question (`asked`).
    """

    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    asked: tuple[Quantity, ...] = ()
    items: tuple[frozenset[str], ...] = ()
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    units: frozenset[Span] = frozenset()
    known: frozenset[str] = frozenset()
    all_names: frozenset[str] = frozenset()

    def held_by(self, claims: Sequence[Claim]) -> bool:
        """Do the claims together hold it all?"""
        text = "\n".join(c.text for c in claims)
        reading = read_text(text)
        cited = {e.place for c in claims for e in c.evidence}
        terms = set(content_terms(text))
        return (
            all(any(d.given_by(other) for other in reading.dates) for d in self.dates)
            and all(any(_says(other, q) for other in reading.quantities) for q in self.quantities)
            and not (self.quantities and any(not self._allows(q) for q in reading.quantities))
            and all(len(item & terms) >= _ITEM_SHARE * len(item) for item in self.items)
            and len(self.words & terms) >= _WORD_SHARE * len(self.words)
            and (not self.names or any(name in reading.key for name in self.names))
            and (not self.units or not self.units.isdisjoint(cited))
            and not (self.known and terms <= self.known)
            and all(name in reading.key for name in self.all_names)
        )

    def _allows(self, quantity: Quantity) -> bool:
        return any(quantity.value == k.value for k in (*self.quantities, *self.asked))


def sure_reading(question: Question, draft: Draft) -> SureReading | None:
    """What the draft of the built-in reader stands for; None when it is not sure enough to be held against a model.

    Which is the most or more than another is decided by code, however sure.
    """
    if draft.abstained or not draft.claims or (draft.confidence < SURE and not question.compares):
        return None
    text = draft.claims[0].text
    if question.asks_value:
        leads = [lead for lead in map(lead_of, draft.claims) if lead]
        if not leads or _asks_several(question.text):
            leads.append(text)  # with its quote
        readings = [read_text(lead) for lead in leads]
        dates = tuple(d for r in readings for d in r.dates if not any(d.given_by(asked) for asked in question.dates))
        values = {(q.value, q.unit): q for r in readings for q in r.quantities}
        if dates or values:
            names = _other_names(question, text) if _asks_several(question.text) else frozenset()
            return SureReading(dates, tuple(values.values()), read_text(question.text).quantities, names=names)
    units = frozenset(e.place for e in draft.claims[0].evidence)
    if question.kind == "list" and _NAMES_ONLY.fullmatch(text):
        return SureReading(all_names=frozenset(key(part) for part in text.rstrip("。").split("、")), units=units)
    if question.kind == "list" and len(draft.claims[0].evidence) > 1:
        items = (frozenset(content_terms(part)) for part in text.rstrip("。").split("、"))
        return SureReading(items=tuple(i for i in items if i), units=units)
    if question.kind in ("list", "reason", "definition", "open"):
        return SureReading(words=frozenset(content_terms(text)), units=units)
    return SureReading(names=_names_of_kind(question, text), units=units, known=frozenset(content_terms(question.text)))


def _asks_several(text: str) -> bool:
    """Are two values asked at once (何社・何拠点, それぞれ)?"""
    return len(_INTERROGATIVE.findall(text.lower())) > 1 or "それぞれ" in text


def _other_names(question: Question, text: str) -> frozenset[str]:
    """Keys of the proper names in `text` that the question does not hold: what どこが of いつ、どこが asks for."""
    asked = key(question.text)
    names = (
        key(t.surface)
        for t in tokenize(text, "C")
        if t.detail == "固有名詞" and len(t.surface) > 1 and t.surface not in _ERA_NAMES
    )
    return frozenset(name for name in names if name not in asked)


def _names_of_kind(question: Question, text: str) -> frozenset[str]:
    """Keys of the names in `text` of what the question asks the name of (…計画の名前は): those that end so and are not its own."""
    asked = _NAME_OF.search(question.text)
    if asked is None:
        return frozenset()
    names = re.findall(rf"[^\s「」『』、。（）()はがをの]{{2,}}{re.escape(asked[1])}", text)
    return frozenset(key(n) for n in names if key(n) not in key(question.text))


def lead_of(claim: Claim) -> str:
    """The value that stands before the quote of a claim of the built-in reader, without です; "" where there is no such value."""
    found = _LEAD.match(claim.text)
    return found[1] if found else ""


def _says(said: Quantity, wanted: Quantity) -> bool:
    """The same value, with its unit where the reader knows one."""
    return said.value == wanted.value and (said.unit == wanted.unit or not wanted.unit)
