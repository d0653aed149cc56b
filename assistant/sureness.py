"""How sure it is that the evidence holds what was asked: signs of the leading units, weighed by a logistic regression.

The weights stand in `sureness.json`. `python -m scripts.fit_sureness` fits them; it says on which questions, and needs a minute.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

from assistant.question import GENERIC, Question
from assistant.scoring import Scored, is_asked
from corpus.tokenizer import content_terms

# What the rules of abstention find lacking.
LACKS = ("name", "year", "other_year", "person", "value", "subject", "other_name", "words")
_CLEAR = 0.75  # coverage from which on meaning is not measured
_NOT_ASKED = 0.8  # of words of a sort that the question does not have


def signs(question: Question, leading: Sequence[Scored], lack: str | None) -> dict[str, float]:
    """What tells whether the first units of an answer hold the question, by name.

    Shares lie in 0..1, flags are 0 or 1; `meaning` is in standard deviations above what unrelated passages have, `gap` the idf
    of the weightiest word that is found nowhere, `rest_gap` of one that the units do not hold themselves.
    """
    terms = question.terms
    weights = [t.weight for t in terms]
    held = [max(s.matches[i] for s in leading) for i in range(len(terms))]
    own = [max(s.own[i] for s in leading) for i in range(len(terms))]
    years = [t.main.startswith("@") for t in terms]
    focus = [t.main in question.focus and t.main not in GENERIC and not y for t, y in zip(terms, years, strict=True)]
    names = [t.is_name and not y for t, y in zip(terms, years, strict=True)]
    rest = [not (f or n or y) for f, n, y in zip(focus, names, years, strict=True)]
    similar = [s.candidate.similarity for s in leading if s.candidate.similarity is not None]
    coverage = max(s.coverage for s in leading)
    found = {
        "coverage": coverage,
        "own": _share(weights, own, [True] * len(terms)),
        "own_rest": _share(weights, own, rest),
        "rest_gap": max((w * (1 - h) for w, h, r in zip(weights, own, rest, strict=True) if r), default=0.0),
        "predicate": _share(weights, own, [t.main in content_terms(question.predicate) for t in terms]),
        "focus": _share(weights, held, focus),
        "names": _share(weights, held, names),
        "years": _share(weights, held, years),
        "meaning": max(similar) if similar else float(coverage >= _CLEAR),
        "gap": max((w * (1 - h) for w, h in zip(weights, held, strict=True)), default=0.0),
        "words": len(terms) / 10,
        "asked": float(any(is_asked(question, s.candidate) for s in leading)),
        "parts": float(len(leading) > 1),
        "figure": float(question.asks_figure),
        "date": float(question.kind == "date"),
        "person": float(question.kind == "person"),
        "open": float(question.kind == "open"),
        "english": float(question.english),
    }
    return found | {f"lacks_{kind}": float(kind == lack) for kind in LACKS}


def sureness(found: Mapping[str, float]) -> float:
    """Probability (0..1) that a question with these signs is answered by the documents.

    Source of the formula: logistic regression, D. R. Cox, The regression analysis of binary sequences, 1958.
    """
    weights = _weights()
    return 1 / (1 + math.exp(-weights["bias"] - sum(weights[name] * value for name, value in found.items())))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    text = resources.files("assistant").joinpath("sureness.json").read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in json.loads(text)["weights"].items()}


def _share(weights: Sequence[float], held: Sequence[float], wanted: Sequence[bool]) -> float:
    """The share of the weight of the wanted terms that is held."""
    total = sum(w for w, want in zip(weights, wanted, strict=True) if want)
    if not total:
        return _NOT_ASKED
    return sum(w * h for w, h, want in zip(weights, held, wanted, strict=True) if want) / total
