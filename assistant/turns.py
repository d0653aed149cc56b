"""Who speaks in minutes and what a reply answers: ○田村委員 …か。○岡室長 …, Ｑ１ …か。Ａ１ …, （質問：…か？）…"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.persons import ROLE
from corpus.units import Unit

_WHO = rf"(?P<who>[^\s、。：:「」（）()]{{0,12}}?(?:{ROLE}|委員|議員|代理|参考人|事務局|オブザーバー|説明員|氏|さん))"
# ○田村委員　…, or 田村委員：… before a sentence; 会長　高遠 さやか is a line of a list.
_SPEAKER = re.compile(rf"[○◯〇◎●]\s*{_WHO}[\s　：:]+(?=\S)")
_SPEAKER_COLON = re.compile(rf"{_WHO}[：:].*[。？?」]$")
_MARKED_QUESTION = re.compile(r"[（(【]?(?:質問|問|Ｑ|Q)\s*[0-9０-９]*\s*[）)】]?\s*[：:.．　 ]")
_MARKED_REPLY = re.compile(r"[（(【]?(?:回答|答|Ａ|A)\s*[0-9０-９]*\s*[）)】]?\s*[：:.．　 ]")
_ASKS = re.compile(
    r"(?:か[。？?]|[？?]|(?:です|ます|でした|ました|しょう|ない|べき)か)[」』）)]*$"
    r"|(?:いただきたい|ほしい|欲しい|お願いしたい|伺いたい|お願いします)[。）)]*$"
)
_REACH = 6  # units that a reply may take


def asks(text: str) -> bool:
    """Is the line itself a question (…のはなぜか。)? It is asked there, and answered elsewhere."""
    return bool(_ASKS.search(text))


def speaker_of(text: str) -> str:
    """○田村委員　… → 田村委員; "" where no turn begins."""
    found = _SPEAKER.match(text) or _SPEAKER_COLON.match(text)
    return found["who"] if found else ""


def turns(units: Sequence[Unit]) -> list[tuple[str, tuple[int, ...]]]:
    """For each unit of a page who speaks ("" where nobody does), and the places of the question or request that it replies to."""
    out: list[tuple[str, tuple[int, ...]]] = []
    speaker, begun = "", 0
    asked: tuple[int, ...] = ()
    own: tuple[int, ...] = ()
    for at, unit in enumerate(units):
        new = _opening(unit)
        if unit.kind in ("heading", "row"):
            speaker, asked, own = "", (), ()
        elif new is not None:
            speaker, asked, own, begun = new, own, (), at
        if asks(unit.text) and unit.kind not in ("heading", "row"):
            own = (*own, at)
        replies = () if at in own else asked if at - begun < _REACH else ()
        if not speaker and own and at not in own:  # the text after a question in brackets
            replies = own if at - own[-1] <= _REACH and _MARKED_QUESTION.match(units[own[-1]].text) else ()
        out.append((speaker, replies))
    return out


def _opening(unit: Unit) -> str | None:
    """The speaker of the turn that the unit opens, "" for a question or an answer of nobody; None for any other unit."""
    if _MARKED_QUESTION.match(unit.text) or _MARKED_REPLY.match(unit.text):
        return ""
    return speaker_of(unit.text) or None
