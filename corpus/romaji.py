"""How Japanese sounds in Latin letters, whatever the romanisation: long vowels short, doubled consonants single, し si, つ tu."""

from __future__ import annotations

import re
from functools import lru_cache

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ", "t": "タチツテト", "d": "ダヂヅデド",
    "n": "ナニヌネノ", "h": "ハヒフヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
}  # fmt: skip
_SYLLABLES = {
    kana: consonant + vowel for consonant, row in _ROWS.items() for kana, vowel in zip(row, "aiueo", strict=True)
}
_SYLLABLES |= {"ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ン": "n", "ヴ": "bu", "ヂ": "zi", "ヅ": "zu"}
_SMALL = {"ャ": "ya", "ュ": "yu", "ョ": "yo", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
# Hepburn's spellings by those of the table above; the first that fits stands first.
_HEPBURN = (
    ("tch", "ch"), ("shi", "si"), ("sh", "sy"), ("chi", "ti"), ("ch", "ty"), ("tsu", "tu"), ("fu", "hu"), ("ji", "zi"), ("j", "zy"),
    ("dzu", "zu"), ("m(?=[bpm])", "n"), ("oh(?![aiueoy])", "o"), ("l", "r"), ("v", "b"),
)  # fmt: skip


def _single(text: str) -> str:
    """Without long vowels and doubled consonants."""
    return re.sub(r"(.)\1+", r"\1", text.replace("ou", "o"))


@lru_cache(maxsize=16384)
def sound(kana: str) -> str:
    """Of a word in katakana: サカキ → sakaki, シオウラ → siora, トウキョウ → tokyo."""
    out = ""
    for char in kana:
        if char in _SMALL:
            glide = _SMALL[char]
            out = (out[:-1] if out and (out[-1] in "iu" or len(glide) == 1) else out) + glide
        else:
            out += _SYLLABLES.get(char, "")
    return _single(out)


@lru_cache(maxsize=2048)
def latin_sound(word: str) -> str:
    """Of a Japanese name in Latin letters, Hepburn or not: Sakaki → sakaki, Shioura → siora, Tokyo → tokyo; "" where it cannot be one."""
    text = re.sub(r"[^a-z]", "", word.lower())
    for pattern, replacement in _HEPBURN:
        text = re.sub(pattern, replacement, text)
    if not re.fullmatch(
        r"(?:(?:[kgszdtnhbpmrw](?:y|(?=[aiueo])|(?=[kgszdtnhbpmrw]))|y)?[aiueo]|n(?![aiueoy])|(.)(?=\1))+", text
    ):
        return ""
    return _single(text)
