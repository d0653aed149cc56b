"""A misspelt question read as the pages spell it: one wrong character in a compound (増加割愛), kana for kanji (操業かいし)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from assistant.candidates import Candidate
from corpus.fold import key
from corpus.romaji import sound
from corpus.tokenizer import Token, reading, tokenize

_MIN_CHARS = 4  # of a compound of which one character may be wrong
_MIN_KNOWN = 5  # the same where the index knows each of its words
_KATAKANA_WORD = re.compile(r"[ァ-ヴー]{4,}")
_TWO_KATAKANA = re.compile(r"[ァ-ヴー]{2}")
_SMALL = str.maketrans("ァィゥェォャュョッ", "アイウエオヤユヨツ", "ー")
_HIRAGANA = re.compile(r"[ぁ-ゖー]{2,}")
_BEFORE, _AFTER = re.compile(r"[一-龠々ァ-ヴー]{2,4}$"), re.compile(r"[一-龠々ァ-ヴー]{1,4}")
_KANJI = re.compile(r"[一-龠々]{1,4}")
_JOINS = re.compile(r"[・･\-]")  # signs that one writes and another leaves out: F-グリッド
_KANA = 6  # characters of a word in kana
_KATAKANA = str.maketrans({chr(c): chr(c + 0x60) for c in range(ord("ぁ"), ord("ゖ") + 1)})


def respelt(text: str, idf: Callable[[str], float], candidates: Sequence[Candidate]) -> str:
    """The question as the pages of `candidates` spell it; itself where the index knows its words or the pages hold nothing like them."""
    pages = [_JOINS.sub("", k) for k in {c.on_page: c.page_reading.key for c in candidates}.values()]
    tokens = tokenize(text)
    changes = {**dict(_compounds(text, tokens, idf, pages)), **dict(_in_kana(text, candidates, pages))}
    end = len(text)
    for (start, stop), word in sorted(changes.items(), reverse=True):
        if stop <= end:
            text, end = text[:start] + word + text[stop:], start
    return text


def _compounds(
    text: str, tokens: Sequence[Token], idf: Callable[[str], float], pages: Sequence[str]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Places of the character that is wrong in a compound which no page holds, and what the pages have there instead."""
    for run in _runs(tokens):
        start, end = run[0].start, run[-1].end
        typed = key(text[start:end])
        odd = next((t for t in run if _unknown(t, idf)), None)
        least = _MIN_CHARS if odd else _MIN_KNOWN
        if len(typed) < least or len(typed) != end - start or any(typed in page for page in pages):
            continue
        part = (odd.start - start, odd.end - start) if odd else (0, len(typed))
        for meant in _alike(typed, part, pages):
            first, last = _differing(typed, meant)
            if _is_slip(typed, meant, first, last, known=odd is None or odd.known):
                yield (start + first, end - last), meant[first : len(meant) - last]
                break


def _runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Nouns that stand together."""
    run: list[Token] = []
    for token in tokens:
        joins = token.pos in ("名詞", "接尾辞", "接頭辞", "形状詞") and token.detail != "数詞"
        if run and (not joins or run[-1].end != token.start):
            yield run
            run = []
        if joins:
            run.append(token)
    if run:
        yield run


def _unknown(token: Token, idf: Callable[[str], float]) -> bool:
    return token.is_content and idf(token.term) >= idf("\0") and not token.surface.isascii()


def _alike(typed: str, odd: tuple[int, int], pages: Sequence[str]) -> list[str]:
    """What the pages hold that differs from `typed` by one character of its part `odd` (one more, another one or one less).

    What differs by a long vowel comes first, then what is held more often.
    """
    start, end = odd
    forms = [typed[:end] + "ー" + typed[end:]]
    forms += [typed[:i] + "." + typed[i:] for i in range(start + 1, end)]
    forms += [typed[:i] + "." + typed[i + 1 :] for i in range(start, end)]
    forms += [typed[:i] + typed[i + 1 :] for i in range(start, end) if len(typed) > _MIN_CHARS]
    pattern = re.compile("|".join(".".join(map(re.escape, form.split("."))) for form in forms))
    found = (m for page in pages for m in pattern.finditer(page) if "\n" not in m[0])
    held = Counter(m[0] for m in found if not _within_katakana(m))
    return sorted(held, key=lambda w: (w.replace("ー", "") != typed.replace("ー", ""), -held[w], w))


def _within_katakana(found: re.Match[str]) -> bool:
    """A part of a longer katakana word."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() : found.end() + 1]
    return bool(_TWO_KATAKANA.fullmatch(before + found[0][0]) or _TWO_KATAKANA.fullmatch(found[0][-1] + after))


def _differing(typed: str, meant: str) -> tuple[int, int]:
    """(characters that both begin with, characters that both end with)."""
    shorter = min(len(typed), len(meant))
    first = next((i for i in range(shorter) if typed[i] != meant[i]), shorter)
    last = next((i for i in range(shorter - first) if typed[-1 - i] != meant[-1 - i]), shorter - first)
    return first, last


def _is_slip(typed: str, meant: str, first: int, last: int, *, known: bool) -> bool:
    """Is the difference a slip: kanji that sound the same, there or in the whole, or a letter of a katakana word?

    A word that the dictionary has (`known`) is another word, unless the letters are nearly the same.
    """
    wrong, right = typed[first : len(typed) - last], meant[first : len(meant) - last]
    if _KATAKANA_WORD.search(typed) and re.fullmatch(r"[ァ-ヴー]?", wrong) and re.fullmatch(r"[ァ-ヴー]?", right):
        return not known or _plain(wrong) == _plain(right)
    if not (_KANJI.fullmatch(wrong) and _KANJI.fullmatch(right)):
        return False
    heard = sound(reading(wrong))
    return (
        sound(reading(typed)) == sound(reading(meant))
        or heard == sound(reading(right))
        or _heard_there(meant, first, last, heard)
    )


def _plain(kana: str) -> str:
    """A letter of katakana without its marks: ド → ト, ャ → ヤ; nothing of ー."""
    return unicodedata.normalize("NFD", kana)[:1].translate(_SMALL)


def _heard_there(meant: str, first: int, last: int, heard: str) -> bool:
    """Is the character of `meant` behind `first` read so in its word: 合 of 割合 as アイ, 創 of 創生 as ソウ?"""
    before, behind = sound(reading(meant[: len(meant) - last])), sound(reading(meant[first : first + 2]))
    return len(heard) >= 2 and (before.endswith(heard) or behind.startswith(heard))


def _in_kana(text: str, candidates: Sequence[Candidate], pages: Sequence[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Places of hiragana that the pages write in kanji beside the same kanji: 操業かいし → 開始, げんど額 → 限度."""
    runs = [(m, _BEFORE.search(text[: m.start()]), _AFTER.match(text[m.end() :])) for m in _HIRAGANA.finditer(text)]
    runs = [(run, before, after) for run, before, after in runs if before or after]
    if not runs:
        return
    words: dict[str, list[str]] = {}
    for term in sorted(frozenset().union(*(c.own.terms for c in candidates))):
        if _KANJI.fullmatch(term):
            words.setdefault(reading(term), []).append(term)
    for run, before, after in runs:
        kana = run[0].translate(_KATAKANA)
        for length in range(min(_KANA, len(kana)), 1, -1):
            for word in words.get(kana[:length], ()) if before else ():
                if before and any(before[0][-2:] + word in page for page in pages):
                    yield (run.start(), run.start() + length), word
            for word in words.get(kana[-length:], ()) if length > 2 else ():
                if after and any(word + after[0] in page for page in pages):
                    yield (run.end() - length, run.end()), word
