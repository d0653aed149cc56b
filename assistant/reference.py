"""What a follow-up points at: その財団, 同社, その年, 前者 stand for a name of the question before it, or for what that was answered with."""

from __future__ import annotations

import re

from assistant.noun_phrase import Phrase, phrases
from assistant.question import kind_of
from corpus.dates import find_dates
from corpus.fold import fold
from corpus.tokenizer import tokenize

_NOUNS = (
    "財団法人|財団|協議会|協会|会社|会議|会|社|企業|組合|機構|団体|組織|機関|センター|大学|研究所|事業|計画|構想|制度|条例|プロジェクト|プログラム|"
    "施設|工場|団地|地区|地域|県|市|町|村|国|法律|戦略|ファンド|補助金|交付金|奨学金"
)
_POINTED = re.compile(
    rf"(?:その|この|当該|(?<![共合協一])同)(?P<noun>{_NOUNS})(?=[はがのをにでとへもや、]|から|まで|$)"
)
_IT = re.compile(r"^(?:それ|そこ|これ|ここ)(?=[はがのをにで、])")
_YEAR = re.compile(r"(?:その|同じ?)年(?P<fiscal>度)?(?=[はがのをにで、]|$)")
_FORMER = re.compile(r"前者|後者")
_TWO = re.compile(r"(?P<one>[^、。はがを]+?)と(?P<two>[^、。はがを]+?)(?:と)?(?=は|では|のうち|が|で)")
_ANSWERED = re.compile(r"^(?P<value>[^。、（「[]{2,40}?)です[（。]")
_ASKS_NAME = re.compile(r"何(?:という|と(?:い|呼)|です|でし|が)|どこ|どの|誰|名前|名称")
_ANY = frozenset("会社 社 企業 団体 組織 機関 施設".split())  # names seldom end with these


def pointed_out(question: str, earlier: str, answer: str) -> tuple[str, bool]:
    """The question with names for its pointers, and whether such a name is enough to know the subject.

    A pointer stays where nothing of its kind was named.
    """
    value = answered_name(earlier, answer)
    text = _FORMER.sub(lambda m: _of_two(m[0], earlier), question)
    year = _year(earlier, answer)
    if year:
        text = _YEAR.sub(year, text)
    if value and _IT.search(text):
        return _IT.sub(value, text), False
    match = _POINTED.search(text)
    if not match:
        return text, text != question and bool(_FORMER.search(question))
    if value and _asked(earlier, match["noun"]):
        return text[: match.start()] + value + text[match.end() :], True
    phrase = _named(match["noun"], earlier)
    if phrase is None:
        return text, False
    name = phrase.text
    if name == match["noun"]:
        name = earlier[_clause_start(earlier, phrase.start) : phrase.end]
    return text[: match.start()] + name + text[match.end() :], phrase.is_particular


def answered_name(earlier: str, answer: str) -> str:
    """The name that the earlier question was answered with, where it asked for one; "" otherwise."""
    match = _ANSWERED.search(answer)
    if not match or not _ASKS_NAME.search(earlier) or kind_of(earlier) not in ("name", "person", "open"):
        return ""
    return match["value"].strip("「」『』")


def _asked(earlier: str, noun: str) -> bool:
    """The earlier question asks for a thing of this kind: 前身の財団は何ですか, 何という組合ですか."""
    return bool(re.search(rf"{noun}(?:は|が|の名)|(?:何という|どの){noun}", earlier))


def _named(noun: str, earlier: str) -> Phrase | None:
    """The last phrase of the earlier question with this end, a name rather than the mere word; for 同社 and the like its first name."""
    own = phrases(earlier)
    if noun in _ANY:
        return next((p for p in own if p.is_name and not p.is_place), None)
    ending = [p for p in own if p.text.endswith(noun)]
    return max(ending, key=lambda p: (p.text != noun, p.is_name, p.start), default=None)


def _clause_start(text: str, end: int) -> int:
    """Where the noun phrase with its の begins that goes on at `end`."""
    start = 0
    for token in tokenize(text[:end]):
        if token.surface in ("、", "は", "が", "を", "で", "に") and token.pos in ("助詞", "補助記号"):
            start = token.end
    return start


def _of_two(word: str, earlier: str) -> str:
    match = _TWO.search(earlier)
    return (match["one"] if word == "前者" else match["two"]) if match else word


def _year(earlier: str, answer: str) -> str:
    """The year that was asked for and answered, as a date to put in; "" where the earlier question asked no date."""
    dates = find_dates(answer) if kind_of(earlier) == "date" and fold(answer).text else ()
    return f"{dates[0].year}年{'度' if dates[0].fiscal else ''}" if dates else ""
