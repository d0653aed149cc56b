"""How many things are asked for, or announced: 3つの視点, 四つの, 次の5社, どの4地区, which three cities."""

from __future__ import annotations

import re

from corpus.fold import fold

_KANJI = "〇一二三四五六七八九"
_ENGLISH = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_NAMED = (
    "県|大学|地区|地域|都市|市町|社|者|機関|組織|部会|団体|項目|点(?!数)|タイプ|類型|種類|分野|業種|要素|段階|方向|視点|課題|事業|施設|拠点|校|"
    "か国|カ国|ヶ国|か所|カ所|箇所|本柱|本の柱"
)
_COUNT = re.compile(
    rf"([2-9]|[二三四五六七八九])つ|(?<![\d.,第])([2-9]|[1-2][0-9])(?:{_NAMED})|(?<![一-龠])([二三四五六七八九])(?:{_NAMED})"
)
# どの3つで, どんな2つの, どのような三つの, 利点を3つ: the number that is asked for, whatever others the question names
BEHIND = rf"(?:どの(?:ような)?|どんな|どういう|どういった|を)(?P<rest>(?:[2-9]|[二三四五六七八九])(?:つ|{_NAMED}))"
_ENGLISH_COUNT = re.compile(rf"\b({'|'.join(_ENGLISH)})\s+[a-z]", re.IGNORECASE)


def counts_in(text: str, *, english: bool = False) -> tuple[int, ...]:
    """The numbers of things that a text names, in its order; those that count people, money or years are none of them."""
    pattern = _ENGLISH_COUNT if english else _COUNT
    found = (next(filter(None, m.groups())) for m in pattern.finditer(fold(text).text))
    return tuple(_value(number.lower()) for number in found)


def asked_count(text: str, *, english: bool = False) -> int | None:
    """How many things a question asks for: the number behind its question word (4地域ではどのような3つの…), else the last one (3町の4つの柱は何か)."""
    folded = fold(text).text
    asked = re.search(BEHIND, folded)
    counts = counts_in(folded[asked.start("rest") :] if asked else text, english=english)
    return (counts[0] if asked else counts[-1]) if counts else None


def _value(number: str) -> int:
    if number in _KANJI:
        return _KANJI.index(number)
    return _ENGLISH.index(number) + 2 if number in _ENGLISH else int(number)
