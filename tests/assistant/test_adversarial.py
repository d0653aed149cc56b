"""What is unsound is found, by the check that is there for it: without that one it would be shown."""

import pytest

from assistant.answer import Claim, Evidence
from assistant.checks import CHECKS, unsupported

from .adversarial_cases import SOUND, UNSOUND, Case


def claim(says: str, evidence: str, context: str = "川北市産業振興計画") -> Claim:
    pieces, start = [], 0
    for text in evidence.split("｜｜"):
        pieces.append(
            Evidence("a", "計画", "2010", "1", 1, "ページ", "", start, start + len(text), text, text, context)
        )
        start += len(text) + 1
    return Claim(says, tuple(pieces))


@pytest.mark.parametrize("case", UNSOUND, ids=lambda c: c.name)
def test_what_is_unsound_is_found_by_its_check_alone(case: Case) -> None:
    bad = claim(case.says, case.evidence, case.context)
    assert unsupported(bad)
    assert unsupported(bad, [c for c in CHECKS if c is not case.check]) == ()


@pytest.mark.parametrize(("says", "evidence"), SOUND)
def test_what_is_sound_is_shown(says: str, evidence: str) -> None:
    assert unsupported(claim(says, evidence)) == ()


def test_there_is_a_case_for_every_check() -> None:
    assert {case.check for case in UNSOUND} == set(CHECKS)
