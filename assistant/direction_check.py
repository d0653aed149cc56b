"""Up is not down, and who is ahead stays ahead: the direction of changes and comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.clauses import clauses_of, comparable
from assistant.held import Held
from corpus.fold import fold, key
from corpus.quantity import Quantity

# Pairs of opposites; the first pattern of a pair is up, more or before.
_AXES: tuple[tuple[str, str], ...] = (
    (
        r"増(?!減)(?:加|え|や|大|設|強|額|員|し|$)|上昇|上回|拡大|伸び|高ま|向上|増した|increase|grew|rose|grow",
        r"(?<!増)減(?!災)(?:少|り|ら|っ|る|額|員|$)|下落|低下|下回|縮小|落ち込|弱ま|悪化|decrease|declin|fell|drop",
    ),
    (r"以上|超|上回", r"以下|未満|下回"),
    (r"黒字", r"赤字"),
    (
        r"最大|最多|最高|最も(?:多|大き|高|長)|largest|highest|most",
        r"最小|最少|最低|最も(?:少な|小さ|低|短)|smallest|lowest|fewest",
    ),
    (r"以前|より前|before", r"以後|以降|より後|after"),
    (r"輸出", r"輸入"),
    (r"流入|転入", r"流出|転出"),
    (r"賛成", r"反対"),
)
_PAIRS = tuple((re.compile(up), re.compile(down)) for up, down in _AXES)
_MORE = r"多|大き|高|長|広|上回|早|速"
_LESS = r"少|小さ|低|短|狭|下回|遅"
_THAN = re.compile(
    rf"(?P<one>[^。、（）「」はが]{{1,40}})(?:の方)?(?:は|が)[、]?(?P<other>[^。、（）「」はが]{{1,40}}?)(?:より(?:も)?|を)[^。、]{{0,20}}?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`more` is said to exceed `less`."""

    more: str
    less: str


def direction_check(held: Held) -> Iterable[str]:
    """The words of the claim that turn a direction of its evidence round, and the comparisons that its evidence contradicts."""
    said, given = fold(held.said).text, fold(held.text).text
    for up, down in _PAIRS:
        for this, opposite in ((up, down), (down, up)):
            word = this.search(said)
            if word and not opposite.search(said) and opposite.search(given) and not this.search(given):
                yield word[0]
    told = set(comparisons(held.text))
    for one in comparisons(held.said):
        if Comparison(one.less, one.more) in told or _contradicted(one, held):
            yield f"{one.more}＞{one.less}"


def comparisons(text: str) -> tuple[Comparison, ...]:
    """What a text says to be more than what, by the keys of both."""
    return tuple(
        Comparison(*((key(m["one"]), key(m["other"])) if m["more"] else (key(m["other"]), key(m["one"]))))
        for m in _THAN.finditer(text)
    )


def _contradicted(comparison: Comparison, held: Held) -> bool:
    """The evidence gives both sides one comparable value, and they stand the other way round."""
    more, less = _value_of(comparison.more, held), _value_of(comparison.less, held)
    return more is not None and less is not None and comparable(more, less) and more.value < less.value


def _value_of(side: str, held: Held) -> Quantity | None:
    """The one value of the clause (else of the row) that holds the side's words; None when there are more or none."""
    for unit in held.units:
        clauses = clauses_of(unit.text)
        at = next((i for i, c in enumerate(clauses) if side in c.reading.key), None)
        if at is None:
            continue
        for clause in clauses[at:]:
            if clause.reading.quantities:
                return clause.reading.quantities[0] if len(clause.reading.quantities) == 1 else None
    return None
