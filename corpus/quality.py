"""How readable a page's text is: broken character maps, wrong encodings and failed recognition show as letters outside known words."""

from __future__ import annotations

import re
import unicodedata

from corpus.tokenizer import Token, tokenize

LOW_QUALITY = 0.75  # digital text lies above .82, one letter in five misread at .68, a wrong encoding below .3
_MAX_CHARS = 6000  # looked at, from the start of the page
_FUNCTION_WORDS = frozenset("助詞 助動詞 接尾辞 接頭辞 連体詞 動詞 接続詞".split())
_UNKNOWN_WORD = re.compile(r"[a-z][a-z.'-]*|[ァ-ヶー]{2,}")  # a name in Latin letters or katakana


def text_quality(text: str) -> float | None:
    """Share (0 to 1) of the letters that stand in words: Σ w(token) · letters(token) / Σ letters(token); None without letters.

    Tokens are Sudachi's (mode C); letters are kanji, kana, other letters, marks and whatever is no character (private use,
    unassigned, control, U+FFFD). w is 0 where such a one occurs or the dictionary has no such word (names in katakana or Latin letters
    are believed), 1 for words of two or more characters and for particles, affixes, verbs, numerals and counters, 1/2 for any other single
    character.
    """
    good = total = 0.0
    for token in tokenize(text[:_MAX_CHARS], "C"):
        letters = [c for c in token.surface if unicodedata.category(c)[0] in "LMC" or c == "\ufffd"]
        if letters:
            total += len(letters)
            good += _weight(token, letters) * len(letters)
    return round(good / total, 4) if total else None


def _weight(token: Token, letters: list[str]) -> float:
    if any(unicodedata.category(c)[0] == "C" or c == "\ufffd" for c in letters):
        return 0.0
    if token.detail == "数詞" or (token.known and token.kind == "助数詞可能"):  # 12,000千 円
        return 1.0
    if not token.known:
        return float(bool(_UNKNOWN_WORD.fullmatch(unicodedata.normalize("NFKC", token.surface).lower())))
    return 1.0 if len(token.surface) > 1 or token.pos in _FUNCTION_WORDS else 0.5
