"""A follow-up made self-contained: what it leaves out is taken from the question before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Turn
from corpus.dates import find_dates
from corpus.fold import fold
from corpus.tokenizer import tokenize

_OPENERS = re.compile(r"^(?:では|じゃあ|それでは|それなら|なら|ちなみに|また|あと|次に|さらに)[、,\s]*")
_RELATIVE = re.compile(r"(?P<step>翌|前の|前|次の)年度?")
_POINTERS = re.compile(
    r"それ(?:ら|は|に|を|が|の|で)|これ(?:ら|は|に|を|が|の)|(?<!で)あれ|そ(?:の|こ|ちら)|こ(?:の|こ|ちら)|(?<![共合協一])同(?:年|社|協会|協議会|会議|機構|組合|計画|事業|制度|地域|地区|県|市|町)|前者|後者|そのうち|彼ら|第[二三2-9]の(?:ほう|方)"
)
_ENGLISH_POINTERS = re.compile(
    r"^(?:and|what about|how about|then)\b|\b(?:it|its|they|their|them)\b"
    r"|\b(?:this|that|these|those) (?:amounts?|areas?|cit|compan|countr|members?|numbers?|one|organi|plans?|projects?|regions?|years?)",
    re.IGNORECASE,
)
_LATIN_NAME = re.compile(r"[a-z][a-z0-9&.-]+")
_DEFINED = re.compile(r"とは(?:[、,]?(?:何|なに|どういう|どのような|どんな)[^、。]*)?[？?。]?$")


def needs_context(question: str) -> bool:
    """Does the question lean on what was said before?

    It does when it opens with では or points with それ; when it is short, unless it asks something about a name of its own
    (大阪府の人口は？) or what a thing is (クラスターとは？). A mere name (では なし: 東北は？) asks nothing by itself.
    """
    if _RELATIVE.search(question) and not find_dates(question):
        return True
    if _OPENERS.search(question) or _POINTERS.search(question[:24]) or _ENGLISH_POINTERS.search(question):
        return True
    nouns = [t for t in tokenize(_undated(question), "C") if t.is_content and t.pos == "名詞"]
    if not nouns:
        return True
    names = [t for t in nouns if t.detail == "固有名詞" or _LATIN_NAME.fullmatch(fold(t.surface).text)]
    if (names and len(nouns) > len(names)) or _DEFINED.search(question):
        return False
    return len([t for t in tokenize(question) if t.is_content and t.pos == "名詞"]) <= 2


def self_contained(question: str, history: Sequence[Turn]) -> str:
    """The question with the words of the earlier ones that it needs; unchanged when it stands alone.

    A follow-up with a new year takes the old question with its years replaced (では2011年度は？); any other one is put
    behind the old question's words (そのうち企業は？ → …の会員数は…。そのうち企業は？).
    """
    if not history or not needs_context(question):
        return question
    earlier = self_contained(history[-1].question, history[:-1])
    bare = _OPENERS.sub("", question)
    bare = _dated(bare, earlier)
    dates, old = find_dates(bare), find_dates(earlier)
    if dates and old and _only_date(bare):
        first, last = old[0], old[-1]
        return earlier[: first.start] + bare[dates[0].start : dates[-1].end] + earlier[last.end :]
    return f"{_statement(earlier)}　{bare}"


def _dated(question: str, earlier: str) -> str:
    """翌年度 and 前年 become the year after or before the last one of the earlier question."""
    match, dates = _RELATIVE.search(question), find_dates(earlier)
    if not match or not dates:
        return question
    year = dates[-1].year + (1 if match["step"] in ("翌", "次の") else -1)
    suffix = "年度" if dates[-1].fiscal or "度" in match[0] else "年"
    return f"{question[: match.start()]}{year}{suffix}{question[match.end() :]}"


def context_of(question: str, history: Sequence[Turn]) -> tuple[str, str]:
    """(words of the earlier questions that a follow-up leans on, the question); ("", question) when it stands alone."""
    whole = self_contained(question, history)
    bare = _OPENERS.sub("", question)
    if whole != question and whole.endswith(f"　{bare}"):
        return whole[: -len(bare) - 1], bare
    return "", whole


def _only_date(text: str) -> bool:
    """Nothing but a date is new: 2011年度は？ / 2011年度はいくらですか？"""
    folded = _undated(text)
    return not [
        t for t in tokenize(folded) if t.is_content and t.pos == "名詞" and t.term not in ("幾ら", "金額", "年度")
    ]


def _undated(text: str) -> str:
    """The search key of the text without its dates."""
    folded = fold(text).text
    for date in reversed(find_dates(folded)):
        folded = folded[: date.start] + folded[date.end :]
    return folded


def _statement(question: str) -> str:
    """The earlier question's content without its question words, so that only its subject leads the search."""
    return re.sub(
        r"(?:は|が|を)?(?:いつ|いくつ|いくら|誰|どこ|何[^、。]{0,4}|どのくらい|どれくらい|なぜ)?(?:です|でした|ます|ました|でしょう)?か?[？?。]?$",
        "",
        question,
    )
