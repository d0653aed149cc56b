"""English names found in katakana: Pharma Valley ↔ ファルマバレー, Halifax ↔ ハリファックス, by their consonants; Japanese ones by sound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property, lru_cache

from corpus.romaji import latin_sound, sound
from corpus.tokenizer import reading

_KANA = {
    **dict.fromkeys("アイウエオァィゥェォヤユヨャュョワヮン゛ー", ""), **dict.fromkeys("カキクケコ", "k"), **dict.fromkeys("ガギグゲゴ", "g"),
    **dict.fromkeys("サシスセソ", "s"), **dict.fromkeys("ザジズゼゾ", "z"), **dict.fromkeys("タチツテト", "t"), **dict.fromkeys("ダヂヅデド", "d"),
    **dict.fromkeys("ナニヌネノ", "n"), **dict.fromkeys("ハヒヘホ", "h"), "フ": "f", **dict.fromkeys("バビブベボヴ", "b"),
    **dict.fromkeys("パピプペポ", "p"), **dict.fromkeys("マミムメモ", "m"), **dict.fromkeys("ラリルレロ", "r"), "ッ": "", "ン": "n",
}  # fmt: skip
_ENGLISH = (
    ("ph", "f"), ("th", "s"), ("sh", "s"), ("ch", "t"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("tion", "sn"), ("l", "r"), ("v", "b"),
    ("j", "z"), ("c(?=[eiy])", "s"), ("c", "k"), ("q", "k"), ("gh", ""), ("wh", ""), ("w", ""), ("y", ""),
)  # fmt: skip
_MIN = 3
_SOUND = 4  # letters that a name in Latin letters must have
_NAME = 3  # characters of a name that is put together from two terms


@lru_cache(maxsize=8192)
def kana_key(word: str) -> str:
    """Consonants of a katakana word, doubled ones once: ハリファックス → hrfks."""
    return _single("".join(_KANA.get(c, "") for c in word))


@lru_cache(maxsize=2048)
def english_keys(word: str) -> frozenset[str]:
    """Consonants of an English word as katakana would keep them; an r before a consonant or at the end may be silent."""
    keys = set()
    for silent in (False, True):
        text = word.lower()
        if silent:
            text = re.sub(r"r(?![aeiouy])", "", text)
        for pattern, replacement in _ENGLISH:
            text = re.sub(pattern, replacement, text)
        text = re.sub(r"m(?=[bp])", "n", text)
        keys.add(_single(re.sub(r"[^a-z]|[aeiou]", "", text)))
        keys.add(
            _single(
                re.sub(
                    r"[^a-z]|[aeiou]",
                    "",
                    text.replace("h", "") if not text.startswith("h") else "h" + text[1:].replace("h", ""),
                )
            )
        )
    return frozenset(k for k in keys if len(k) >= _MIN)


def _single(key: str) -> str:
    return re.sub(r"(.)\1+", r"\1", key)


class KatakanaWords:
    """The names of an index: katakana terms by their consonants, long words by their spelling."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._words: dict[str, set[str]] = {}
        self._long: dict[str, list[str]] = {}
        self._kanji: list[str] = []
        self._japanese: list[str] = []
        for term in vocabulary:
            if re.fullmatch(r"[a-z]{5,}|[ァ-ヴー]{4,}", term):
                self._long.setdefault(term[0], []).append(term)
            if re.fullmatch(r"[一-龠々ヶケ]{2,4}", term):
                self._kanji.append(term)
            if re.fullmatch(r"[一-龠々ヶケ]{1,5}|[ぁ-ゖー]{3,}", term):
                self._japanese.append(term)
            if re.fullmatch(r"[ァ-ヴー]{3,}", term):
                self._words.setdefault(kana_key(term), set()).add(term)

    def near(self, word: str) -> frozenset[str]:
        """Terms of the index that a word unknown to it may be a misspelling of: long, of the same first letter, one letter off."""
        if re.fullmatch(r"[一-龠々ヶケ]{2,}", word):
            return self._alike(word)
        if not re.fullmatch(r"[a-z]{5,}|[ァ-ヴー]{4,}", word):
            return frozenset()
        pool = self._long.get(word[0], ())
        return frozenset(get_close_matches(word, pool, n=2, cutoff=0.85))

    def _alike(self, word: str) -> frozenset[str]:
        """Kanji words that are read the same and share a character: 坂木 for 坂城, 広嶋 for 広島."""
        sound = reading(word)
        pool = (t for t in self._kanji if len(t) == len(word) and set(t) & set(word))
        return frozenset(t for t in pool if reading(t) == sound)

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        """Kanji and hiragana words by how they are read."""
        found: dict[str, list[str]] = {}
        for term in self._japanese:
            found.setdefault(sound(reading(term)), []).append(term)
        return found

    def sounding(self, word: str) -> tuple[frozenset[str], frozenset[str]]:
        """(terms, compounds) of the index that are read as the Latin `word` (Sakaki → 坂城); a compound is put together from two terms."""
        wanted = latin_sound(word)
        if len(wanted) < _SOUND:
            return frozenset(), frozenset()
        if wanted in self._sounds:
            return frozenset(self._sounds[wanted]), frozenset()
        splits = ((self._sounds.get(wanted[:i], ()), self._sounds.get(wanted[i:], ())) for i in range(1, len(wanted)))
        pairs = {a + b for first, second in splits for a in first for b in second if len(a + b) <= _NAME}
        return frozenset(), frozenset(pairs)

    def of(self, word: str) -> frozenset[str]:
        """The terms that sound most like the English `word`; none for words of fewer than three consonants."""
        stem = word.lower()
        keys = english_keys(stem) | (english_keys(stem[:-1]) if stem.endswith("s") else frozenset())
        found = sorted({t for k in keys for t in self._words.get(k, ())})
        if not found:
            return frozenset()
        likeness = {t: SequenceMatcher(None, romaji(t), stem).ratio() for t in found}
        best = max(likeness.values())
        return frozenset(t for t in found if likeness[t] >= best - 1e-9)


_VOWELS = {
    c: v
    for v, row in zip(
        "aiueo",
        (
            "アカガサザタダナハバパマヤラワァャ",
            "イキギシジチヂニヒビピミリィ",
            "ウクグスズツヅヌフブプムユルゥュ",
            "エケゲセゼテデネヘベペメレェ",
            "オコゴソゾトドノホボポモヨロヲォョ",
        ),
        strict=True,
    )
    for c in row
}


@lru_cache(maxsize=8192)
def romaji(word: str) -> str:
    """Rough romanisation, for comparing likeness only."""
    return "".join(_KANA.get(c, "") + _VOWELS.get(c, "") for c in word)
