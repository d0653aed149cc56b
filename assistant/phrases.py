"""The compounds of a question (設備投資支援) as terms of their own: each of their words may be common, together they name one thing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.question import Question
from assistant.term import Term
from corpus.fold import key
from corpus.tokenizer import Token, tokenize

_MIN_CHARS = 4
_SHARE = 0.5  # of what the words of a compound would weigh if they were one rare word
_ASKED = 1.0  # the same for the noun phrase that is asked for


def with_phrases(question: Question, candidates: Sequence[Candidate]) -> Question:
    """The question with those of its compounds as `phrases` that some of `candidates` hold to the letter.

    The weight of such a term is the log of how few of them do: ln(n / df).
    """
    if question.english:
        return question
    focus = "".join(question.focus)
    added = []
    for phrase in dict.fromkeys(_phrases(question.text)):
        df = sum(phrase in c.own.key or phrase in c.headings.key for c in candidates)
        if df:
            share = _ASKED if focus and phrase.endswith(key(focus)) else _SHARE
            weight = share * math.log((len(candidates) + 1) / df)
            added.append(Term(phrase, frozenset(), weight, is_name=False))
    return replace(question, phrases=tuple(added))


def _phrases(text: str) -> Iterator[str]:
    """Keys of the runs of at least two nouns, in order."""
    run: list[Token] = []
    for token in [*tokenize(text), None]:
        joins = (
            token is not None
            and token.is_content
            and token.pos in ("名詞", "接尾辞", "接頭辞")
            and token.detail != "数詞"
        )
        if token is not None and joins and (not run or run[-1].end == token.start):
            run.append(token)
            continue
        if len(run) > 1:
            phrase = key(text[run[0].start : run[-1].end])
            if len(phrase) >= _MIN_CHARS:
                yield phrase
        run = [token] if token is not None and joins else []
