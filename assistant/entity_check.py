"""A value belongs to the thing that the evidence gives it for: 企業会員193社 says nothing of 会員."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer import Evidence
from assistant.clauses import Clause, clauses_of, comparable, same_value
from assistant.held import Held
from corpus.quantity import Quantity


def entity_check(held: Held) -> Iterable[str]:
    """The clauses of the claim that give a value to one thing where the evidence gives it to another one.

    That is so where every clause of the evidence with the value names something else, and a clause that does name the thing
    has another value of that kind, of which the claim says nothing.
    """
    stated = [q for c in held.clauses for q in c.reading.quantities]
    composed = [c for c in held.clauses if c.reading.quantities and not held.verbatim(c.text)]
    units = [(unit, clauses_of(unit.text)) for unit in held.units] if composed else []
    for clause in composed:
        for quantity in clause.reading.quantities:
            before = [label for label in clause.labels if _stands_before(clause, label, quantity)]
            if any(_given_to_another(label, quantity, units, stated) for label in before):
                yield clause.text
                break


def _stands_before(clause: Clause, label: Sequence[str], quantity: Quantity) -> bool:
    """The label belongs to the value: it stands before it in the clause."""
    head = clauses_of(clause.text[: quantity.start])
    return any(tuple(label) in piece.labels for piece in head)


def _given_to_another(
    label: Sequence[str],
    quantity: Quantity,
    units: Sequence[tuple[Evidence, Sequence[Clause]]],
    stated: Sequence[Quantity],
) -> bool:
    clauses = [c for _, own in units for c in own]
    giving = [c for c in clauses if c.gives(quantity)]
    naming = [c for c in clauses if c.names(label)]
    if not giving or not naming or any(c in naming for c in giving):
        return False
    if any(not c.labels for c in giving):  # a value without a label of its own goes with what was named before
        return _in_another_row(label, quantity, units, stated)
    return any(_other_value(c, quantity, stated) for c in naming)


def _in_another_row(
    label: Sequence[str],
    quantity: Quantity,
    units: Sequence[tuple[Evidence, Sequence[Clause]]],
    stated: Sequence[Quantity],
) -> bool:
    """The value stands in one piece of evidence, and another piece names the thing with a value of its own."""
    giving = [i for i, (_, own) in enumerate(units) if any(c.gives(quantity) for c in own)]
    naming = [i for i, (_, own) in enumerate(units) if any(c.names(label) for c in own)]
    if not naming or set(giving) & set(naming):
        return False
    return any(_other_value(c, quantity, stated) for i in naming for c in units[i][1])


def _other_value(clause: Clause, quantity: Quantity, stated: Sequence[Quantity]) -> bool:
    """The clause has a value of the kind of `quantity` that the claim does not state."""
    return any(
        comparable(quantity, other) and not any(same_value(s, other) for s in stated)
        for other in clause.reading.quantities
    )
