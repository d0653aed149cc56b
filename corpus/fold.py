"""Search keys: NFKC, lower case, unified radicals and dashes, no invisible marks, with a map back to the original code points."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# CJK Radicals Supplement forms that PDF fonts leave behind; NFKC repairs the Kangxi block but not these. The pairs are those of Unicode's
# EquivalentUnifiedIdeograph (14.0) that lie in the basic plane.
_RADICALS = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼"
    "⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉"
    "艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─━﹣－", "-") | {"〜": "~", "～": "~", "∼": "~", "˜": "~"})
# ① becomes (1), not 1: it is a list mark, and would run into a number that follows (①20人).
_CIRCLED = {
    code: f"({int(unicodedata.numeric(chr(code)))})"
    for code in (0x24EA, *range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))
}
# Footnote figures and fractions do not run into the numbers around them (2003¹, 3½); ² and ³ stand in units (km²).
_APART = {ord(char): f" {unicodedata.normalize('NFKC', char)} " for char in "¹⁰⁴⁵⁶⁷⁸⁹¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
# Marks without a shape of their own: variation selectors, soft hyphen, zero-width characters, byte order mark.
_INVISIBLE = frozenset(
    map(chr, (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
_PREPARED = _DASHES | _CIRCLED | _APART | dict.fromkeys(map(ord, _INVISIBLE), "")


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
    """Bounds of each base character with the marks that NFKC may compose into it and those that show nothing."""
    bounds: list[tuple[int, int]] = []
    for i, char in enumerate(text):
        if bounds and (unicodedata.combining(char) or char in "ﾞﾟ" or char in _INVISIBLE):
            bounds[-1] = (bounds[-1][0], i + 1)
        else:
            bounds.append((i, i + 1))
    return bounds


@lru_cache(maxsize=65536)
def _fold_group(group: str) -> str:
    return unicodedata.normalize("NFKC", group.translate(_PREPARED)).translate(_RADICALS).translate(_DASHES).lower()


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
