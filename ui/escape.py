"""Text of documents and users as HTML in which nothing is markup and nothing invisible acts."""

from __future__ import annotations

import re
import unicodedata
from html import escape

from ui.words import Words

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ACTING = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029{_BIDI}]")


def safe(text: str, words: Words) -> str:
    """`text` for an element's content. Control characters and direction marks become visible badges.

    A direction mark could show `100円` as `円001` (Unicode TR 36); the badge is drawn by CSS, so it is not copied.
    """
    return "".join(_piece(piece, words) for piece in re.split(f"({_ACTING.pattern})", text))


def attributes(**values: str | int) -> str:
    """` name="value"` for each pair, escaped; an underscore in a name becomes a hyphen. Values reach a script unchanged."""
    return "".join(f' {name.replace("_", "-")}="{_reference(escape(str(value)))}"' for name, value in values.items())


def plain(text: str) -> str:
    """`text` in one line for an attribute, without characters that act."""
    return " ".join(_ACTING.sub("", text).split())


def _reference(value: str) -> str:
    return _ACTING.sub(lambda match: f"&#{ord(match[0])};", value)


def _piece(piece: str, words: Words) -> str:
    if not _ACTING.fullmatch(piece):
        return escape(piece)
    code = f"U+{ord(piece):04X}"
    name = unicodedata.name(piece, code)
    label = words.control.format(code=code)
    return f'<span class="tk-control" role="img"{attributes(data_code=code, title=name, aria_label=label)}></span>'
