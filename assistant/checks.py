"""The checks that every claim passes before it is shown, whoever drafted it; each is a function of its own module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from assistant.answer import Claim
from assistant.candidates import read_text
from assistant.date_check import date_check
from assistant.direction_check import direction_check
from assistant.entity_check import entity_check
from assistant.held import Held
from assistant.instruction_check import instruction_check
from assistant.name_check import name_check, proper_names
from assistant.negation_check import negation_check
from assistant.number_check import number_check
from assistant.time_check import time_check

# A check names what of a claim its evidence does not hold. To see what one is worth, pass the others without it.
ClaimCheck = Callable[[Held], Iterable[str]]
CHECKS: tuple[ClaimCheck, ...] = (
    date_check,
    number_check,
    name_check,
    negation_check,
    direction_check,
    entity_check,
    time_check,
    instruction_check,
)


def unsupported(claim: Claim, checks: Sequence[ClaimCheck] = CHECKS) -> tuple[str, ...]:
    """What of a claim its evidence does not hold, as it stands in the claim; empty when all is held."""
    if not claim.evidence:
        reading = read_text(claim.text)
        return (claim.text,) if reading.dates or reading.quantities or proper_names(claim.text) else ()
    held = Held(claim)
    return tuple(dict.fromkeys(fault for check in checks for fault in check(held)))
