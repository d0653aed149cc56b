"""Search keys: NFKC, lower case, unified radicals and dashes, with a map back to the original code points."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# CJK Radicals Supplement forms that PDF fonts leave behind; NFKC repairs the Kangxi block but not these (Unicode EquivalentUnifiedIdeograph).
_RADICALS = str.maketrans(
    "⺃⺅⺉⺋⺍⺕⺗⺘⺙⺡⺣⺤⺨⺩⺬⺭⺮⺯⺷⺹⺼⺾⻀⻂⻌⻏⻑⻖⻘⻝⻟⻣⻤⻨⻩⻫⻭⻯⻲",
    "乚亻刂㔾小彐忄扌攵氵灬爫犭王示礻竹糸羊耂肉艹艹衤辶阝長阝青食飠骨鬼麦黄斉歯竜亀",
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─━﹣－ｰ", "-") | {"〜": "~", "～": "~", "∼": "~", "˜": "~"})


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` for matching; `starts[i]`/`ends[i]` bound the original code points that gave `text[i]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The smallest original span that covers `text[start:end]`; an empty span maps to an empty one."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


def _groups(text: str) -> list[tuple[int, int]]:
    """Bounds of each base character with the marks that NFKC may compose into it."""
    bounds: list[tuple[int, int]] = []
    for i, char in enumerate(text):
        if bounds and (unicodedata.combining(char) or char in "ﾞﾟ"):
            bounds[-1] = (bounds[-1][0], i + 1)
        else:
            bounds.append((i, i + 1))
    return bounds


@lru_cache(maxsize=65536)
def _fold_group(group: str) -> str:
    return unicodedata.normalize("NFKC", group.translate(_DASHES)).translate(_RADICALS).translate(_DASHES).lower()


def fold(text: str, *, drop_space: bool = False) -> Folded:
    """The search key of `text`. With `drop_space` white space vanishes, so that words cut by line breaks still match."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _groups(text):
        for char in _fold_group(text[start:end]):
            if drop_space and char.isspace():
                continue
            out.append(char)
            starts.append(start)
            ends.append(end)
    return Folded("".join(out), tuple(starts), tuple(ends))


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The search key alone, without white space: equal keys are the same string to a reader."""
    return fold(text, drop_space=True).text
