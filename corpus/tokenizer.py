"""SudachiPy: tokens with normalised forms, and the content words that carry a question's meaning."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Literal

Mode = Literal["A", "C"]

# Sudachi refuses inputs above 49,149 bytes, or 65,535 after its normalisation; cut below both at line or sentence ends.
_MAX_CHARS, _MAX_BYTES = 12_000, 49_000
_MAX_GROWTH = 33  # bytes that NFKC makes of one character (U+FDFA)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞", "代名詞", "連体詞", "感動詞"})
_STOP = frozenset(
    "為る 有る 成る 居る 言う 行う 此れ 其れ 有れ 物 事 為 因る 於く 対する 関する の よう こと もの ため 等 何 誰 何時 何処 何れ どれ どの どちら いつ どこ だれ なに 方 幾ら 幾つ どれ "
    "くださる 下さる 教える 示す 答える 知る 御 者 其の 此の さん です ます 出来る 無い 様 内 中 上 下 迄 時 つ どう ついて 就く 於ける 置く 来る 行く 呉れる 貰う 又 及び".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """`start:end` are code points of the tokenised text; `term` is the normalised form in lower case.

    `pos`, `detail` and `kind` are the first three levels of the part of speech (名詞, 固有名詞, 人名).
    `known`: the dictionary has the word.
    """

    surface: str
    term: str
    pos: str
    detail: str
    start: int
    end: int
    kind: str = ""
    known: bool = True

    @property
    def is_content(self) -> bool:
        """Carries meaning for search: no particle, auxiliary or sign, and no word that every question holds."""
        if self.pos not in _CONTENT or self.term in _STOP:
            return False
        return not (self.detail == "非自立可能" and self.pos == "動詞" and len(self.surface) < 2)


class _Local(threading.local):
    tokenizer: Any = None


_local = _Local()
_dictionary_lock = threading.Lock()


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary(dict="core")


def _tokenizer() -> Any:
    # A Sudachi tokenizer serves one thread at a time; making one takes .3 ms.
    if _local.tokenizer is None:
        with _dictionary_lock:
            _local.tokenizer = _dictionary().tokenizer()
    return _local.tokenizer


def dictionary_version() -> str:
    """Names the dictionary and the tokenizer; part of the index stamp."""
    return f"sudachidict-core {version('sudachidict-core')} / sudachipy {version('sudachipy')}"


def _is_too_long(piece: str) -> bool:
    if len(piece) * _MAX_GROWTH <= _MAX_BYTES:
        return False
    return len(unicodedata.normalize("NFKC", piece).encode("utf-8", "surrogatepass")) > _MAX_BYTES


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        end = min(start + _MAX_CHARS, len(text))
        if _is_too_long(text[start:end]):
            end = start + _MAX_BYTES // _MAX_GROWTH
        if end < len(text):
            cut = max(text.rfind("\n", start, end), text.rfind("。", start, end))
            end = cut + 1 if cut > start else end
        yield start, text[start:end]
        start = end


def tokenize(text: str, mode: Mode = "A") -> tuple[Token, ...]:
    """Tokens in order, white space left out. Mode A: shortest units (国家/公務/員); C: named entities whole.

    Lone surrogates (from undecodable command-line arguments) count as U+FFFD.
    """
    from sudachipy import SplitMode

    split = SplitMode.A if mode == "A" else SplitMode.C
    tokens = []
    for offset, piece in _pieces(text):
        for m in _tokenizer().tokenize(_SURROGATE.sub("\ufffd", piece), split):
            pos = m.part_of_speech()
            if not m.surface().strip():
                continue
            tokens.append(
                Token(
                    m.surface(),
                    m.normalized_form().lower(),
                    pos[0],
                    pos[1],
                    offset + m.begin(),
                    offset + m.end(),
                    pos[2],
                    not m.is_oov(),
                )
            )
    return tuple(tokens)


@lru_cache(maxsize=16384)
def reading(word: str) -> str:
    """How a word is read, in katakana: 坂城 → サカキ."""
    from sudachipy import SplitMode

    return "".join(m.reading_form() for m in _tokenizer().tokenize(word, SplitMode.A))


def content_terms(text: str, mode: Mode = "A") -> tuple[str, ...]:
    """Normalised forms of the content words, in order, with repeats."""
    return tuple(t.term for t in tokenize(text, mode) if t.is_content)


def count_tokens(text: str) -> int:
    """Length of `text` in Sudachi mode A tokens, the measure of chunk sizes."""
    return len(tokenize(text))
