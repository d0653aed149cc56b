"""How many things a sentence enumerates: 甲市、乙市及び丙町 is three, 三部会（企画・技術・広報） too."""

from __future__ import annotations

import re
from functools import lru_cache

# A comma after a noun, a closed bracket or など joins things; one after a particle or a verb's stem joins clauses.
_OPEN = re.compile(r"(?:[はがをにでてしちぎきいもらえけせれびたるばず]|(?<!づく)り|(?<!こ)と|ため|また|(?<!な)お)$")
_AND = re.compile(r"及び|および|並びに|ならびに")
# 会員を増やす道と会費を上げる道: two of the same noun
_PAIR = re.compile(r"[ぁ-ん](?P<noun>[一-龠々ァ-ヶー]{1,6})と[^、。]{1,24}[ぁ-ん](?P=noun)(?![一-龠々ァ-ヶー])")
_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]")
_DOTS = re.compile(r"[^、，。・（）()「」\s]{1,20}(?:・[^、，。・（）()「」\s]{1,20})+")


@lru_cache(maxsize=4096)
def lengths(text: str) -> frozenset[int]:
    """The lengths of the runs of things in a text; empty when it enumerates nothing."""
    found = {run[0].count("・") + 1 for run in _DOTS.finditer(text)}
    if _PAIR.search(text):
        found.add(2)
    for sentence in text.split("。"):
        run = 1
        pieces = re.split("[、，]", sentence)
        for n, piece in enumerate(pieces, 1):
            joined = len(_AND.findall(piece)) if piece.strip() else 0
            if n < len(pieces) and not _OPEN.search(piece.strip()):
                run += 1 + joined
                continue
            found.add(run + joined)
            run = 1
    for inside in _BRACKETS.findall(text):  # 三つの谷（木の谷、水の谷、星の谷）を掲げ、…: the bracket lists on its own
        found |= lengths(inside)
    return frozenset(n for n in found if n > 1)
