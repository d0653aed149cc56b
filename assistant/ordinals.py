"""Which of several in order is asked, and which a text tells of: 第5回, 第2期, 第3章."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.fold import fold

_ORDINAL = re.compile(r"第(\d+)([回期次章節条号])")


@lru_cache(maxsize=4096)
def ordinals(text: str) -> tuple[tuple[str, str], ...]:
    """(number, kind) of each, in the order of the text."""
    return tuple((m[1], m[2]) for m in _ORDINAL.finditer(fold(text).text)) if "第" in text else ()


def ordinal_held(asked: str, text: str) -> int:
    """1 where the text holds an ordinal of the question, -1 where it holds others of that kind alone, else 0."""
    wanted, own = set(ordinals(asked)), set(ordinals(text))
    if wanted & own:
        return 1
    return -1 if {kind for _, kind in wanted} & {kind for _, kind in own} else 0


def under_asked(asked: str, text: str, at: int) -> bool:
    """Does what stands at `at` come after an asked ordinal, with no other one of its kind between: 第2回 10月26日 第3回 12月5日?"""
    wanted, before = ordinals(asked), ordinals(text[:at])
    last = {kind: number for number, kind in before}
    return any(last.get(kind) == number for number, kind in wanted)
