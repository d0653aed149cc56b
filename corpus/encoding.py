"""Bytes of Japanese text files → text: UTF-8, UTF-16, CP932 (Shift_JIS), EUC-JP and ISO-2022-JP, told apart without a guess at mojibake."""

from __future__ import annotations

import codecs
import unicodedata

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What web pages and mails call an encoding is what Microsoft's superset holds (https://encoding.spec.whatwg.org/#names-and-labels).
_WIDER = {"shift_jis": "cp932", "iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}
_JIS_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J", b"\x1b(I", b"\x1b$(D")
_CONTROLS = frozenset("\t\n\r\f\v\x1a\x1b")
_TOO_STRANGE = 2.5


def decode(data: bytes, declared: str = "") -> str | None:
    """The text without its byte order mark; None when the bytes are no text in any of these encodings, or not to the last byte.

    `declared` is what the file says of itself (a page's `charset`); it counts when the bytes agree.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if any(escape in data for escape in _JIS_ESCAPES) and data.isascii():
        return _iso_2022_jp(data)
    if declared and (text := _strict(data, _codec(declared))) is not None and strangeness(text) < _TOO_STRANGE:
        return text
    if (text := _strict(data, "utf-8")) is not None and "\0" not in text:
        return text
    found = [
        # EUC-JP announces each half-width katakana with a byte of its own, so that finding them there is stronger evidence
        (strangeness(text, halfwidth), text)
        for text, halfwidth in ((_euc_jp(data), 0.3), (_strict(data, "cp932"), 0.8), *((t, 0.8) for t in _utf_16(data)))
        if text is not None
    ]
    cost, best = min(found, key=lambda one: one[0], default=(_TOO_STRANGE, None))
    return best if cost < _TOO_STRANGE else None


def strangeness(text: str, halfwidth: float = 0.8) -> float:
    """How unlike Japanese a decoding looks: 0 for kana and frequent kanji, above 2.5 for noise; the mean over its non-ASCII signs.

    `halfwidth` is the cost of a half-width katakana.
    """
    costs = [
        halfwidth if "｡" <= c <= "ﾟ" else _cost(c) for c in text if not c.isascii() or (c < " " and c not in _CONTROLS)
    ]
    return sum(costs) / len(costs) if costs else 0.0


def _cost(char: str) -> float:
    code = ord(char)
    if 0x3040 <= code <= 0x30FF or char in "、。・「」（）　：～〜－ー％！？【】『』①②③":
        return 0.0
    if 0xFF10 <= code <= 0xFF5A:  # full-width digits and letters
        return 0.2
    if 0x4E00 <= code <= 0x9FFF:
        return 0.5 if _is_frequent(char) else 3.0
    category = unicodedata.category(char)
    if category in ("Cc", "Cn", "Co", "Cs"):
        return 8.0
    return 1.0 if 0x2000 <= code <= 0x33FF else 3.0


def _is_frequent(kanji: str) -> bool:
    """JIS X 0208 level 1: rows 16 to 47."""
    try:
        return kanji.encode("euc_jp")[0] < 0xD0
    except UnicodeEncodeError:
        return False


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _codec(declared: str) -> str:
    name = declared.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(name).name
    except LookupError:
        return name
    return _WIDER.get(name, name)


def _euc_jp(data: bytes) -> str | None:
    """The wider codec holds the signs of NEC's row 13 (①, ㈱) that Windows writes into EUC-JP too."""
    text = _strict(data, "euc_jp")
    return text if text is not None else _strict(data, "euc_jis_2004")


def _iso_2022_jp(data: bytes) -> str | None:
    text = _strict(data, "iso2022_jp_ext")
    return text if text is not None else _strict(data.replace(b"\x1b$B", b"\x1b$(Q"), "iso2022_jp_2004")


def _utf_16(data: bytes) -> list[str | None]:
    """Without a mark only its zero bytes tell it."""
    return [_strict(data, "utf-16-le"), _strict(data, "utf-16-be")] if b"\0" in data else []
