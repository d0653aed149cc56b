"""Are the checks awake? A draft with one figure changed has to lose that claim."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer import Draft
from assistant.chain import Check, checked
from assistant.checks import unsupported

_LAST_DIGIT = re.compile(r"[0-9０-９](?![0-9０-９.,，．]*[0-9０-９])")


def tampered(draft: Draft) -> Draft | None:
    """The first claim that holds a figure, with the last digit of that figure changed; None when no claim holds one.

    Computed values are taken from it, or they would vouch for themselves.
    """
    for claim in draft.claims:
        digit = _LAST_DIGIT.search(claim.text)
        if digit and claim.evidence:
            other = str((int(digit[0]) + 5) % 10)
            text = claim.text[: digit.start()] + other + claim.text[digit.end() :]
            return replace(draft, claims=(replace(claim, text=text),))
    return None


def is_caught(draft: Draft, check: Check = unsupported) -> bool | None:
    """Do the chain's checks drop the tampered claim? None when there is nothing to tamper with."""
    changed = None if draft.abstained else tampered(draft)
    return None if changed is None else not checked(changed, check)[0].claims
