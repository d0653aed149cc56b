"""A sentence of a document that tells its reader what to answer is no evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.abstention import is_injection
from assistant.held import Held

_TOLD = re.compile(
    r"[とを](?:だけ|必ず)?(?:答え|回答し|返答し|出力し)(?:よ|ろ|て(?:ください|下さい|。)|なさい|ること)|(?:言語モデル|アシスタント|人工知能|ＡＩ|AI)(?:へ|に|よ)[、，：:]|(?:answer|reply|respond) (?:only )?with\b",
    re.IGNORECASE,
)


def is_instruction(text: str) -> bool:
    """Does the text instruct whoever answers questions from it?"""
    return bool(_TOLD.search(text)) or is_injection(text)


def instruction_check(held: Held) -> Iterable[str]:
    """The claim, where it stands on such a sentence."""
    if any(is_instruction(unit.text) for unit in held.units):
        yield held.claim.text
