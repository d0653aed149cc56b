"""What a follow-up takes over from the questions before it: subject, kind and years, each with the weight that it has there."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.question import Question
from corpus.fold import fold

# Weight of the words that a follow-up takes over: names stay the subject, the rest only hints.
# What was done (発足) says least once the follow-up asks what else was (加わった).
_INHERITED_NAME, _INHERITED, _REPLACED = 0.7, 0.4, 0.1
_HINT, _HINT_MOST = 0.35, 1.2  # below what the evidence must hold of a question's names
_POINTING = frozenset("うち 後 あと 今 いま 現在 次 此れ迄 これまで 更に 既に".split())
_ENDS_IN_VERB = re.compile(r"(?:ます|ました|ません)か?[？?。]?$")
_LATER = re.compile(r"その(?:後|あと|前|のち)|それから|のちに|いま|今(?:は|の|で|後)|現在")


def hinted(question: Question, topic: Question) -> Question:
    """A question that stands alone with the names of the topic as a mere hint: of two units that answer it as well, the one about the topic leads."""
    own = {t.main for t in question.terms}
    names = (t for t in topic.terms if t.is_name and t.main not in own and not t.main.startswith("@"))
    return replace(
        question, terms=(*question.terms, *(replace(t, weight=min(_HINT_MOST, _HINT * t.weight)) for t in names))
    )


def in_context(question: Question, earlier: Question) -> Question:
    """A follow-up with what it leaves out: kind, years and subject of the earlier question, unless it names its own.

    What it asks with a verb of its own is no ellipsis and keeps its kind; その後 and いま tell another time than the earlier one.
    """
    own = {t.main for t in question.terms}
    dated = bool(question.dates) or bool(_LATER.search(fold(question.text).text))
    done = earlier.predicate if question.predicate else ""
    inherited = tuple(
        replace(t, weight=t.weight * (_INHERITED_NAME if t.is_name else _REPLACED if t.main == done else _INHERITED))
        for t in earlier.terms
        if t.main not in own and not (dated and t.main.startswith("@"))
    )
    return replace(
        question,
        text=f"{earlier.text}　{question.text}",
        kind=question.kind if question.kind != "open" or _ENDS_IN_VERB.search(question.text) else earlier.kind,
        terms=(*(t for t in question.terms if t.main not in _POINTING), *inherited),
        dates=question.dates if dated else earlier.dates,
        focus=tuple(f for f in question.focus if f not in _POINTING) or earlier.focus,
        names=question.names or earlier.names,
        predicate=question.predicate or earlier.predicate,
    )
