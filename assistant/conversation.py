"""A follow-up made self-contained: what it leaves out is taken from the question before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.ellipsis import asked_like, is_variation, replaced, without_goal
from assistant.noun_phrase import phrases
from assistant.reference import pointed_out
from corpus.dates import find_dates
from corpus.fold import fold
from corpus.quantity import canonical_unit
from corpus.tokenizer import tokenize

_OPENERS = re.compile(r"^(?:では|じゃあ|それでは|それなら|なら|ちなみに|また|あと|次に|さらに)[、,\s]*")
_RELATIVE = re.compile(r"(?P<step>翌|前の|前|次の)年度?")
_POINTERS = re.compile(
    r"それ(?:ら|は|に|を|が|の|で)|これ(?:ら|は|に|を|が|の)|(?<!で)あれ|そ(?:の(?!もの)|こ|ちら)|(?<![どこ])こ(?:の(?!ところ)|こ|ちら)|(?<![共合協一])同(?:年|社|協会|協議会|会議|機構|組合|計画|事業|制度|地域|地区|県|市|町)|前者|後者|そのうち|彼ら|第[二三2-9]の(?:ほう|方)"
)
_ENGLISH_POINTERS = re.compile(
    r"^(?:and|what about|how about|then)\b|\b(?:(?-i:[Ii]t)|its|they|their|them)\b"
    r"|\b(?:this|that|these|those) (?:amounts?|areas?|cit|compan|countr|members?|numbers?|one|organi|plans?|projects?|regions?|years?)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"(?<!どちら)(?<!ど)の(?:ほう|方)(?:は|だと|なら|では)")
_SENTENCE = re.compile(r"[はがをにで].*(?:か|は|の)[？?。]?$")
_CAPITALISED = re.compile(r"(?<=\w )[A-Z][A-Za-z]+")
_FEW = 2  # nouns, or noun phrases of no name, that tell no subject of their own
_ASKED_THING = re.compile(r"何[^\s、。はがをのにで]{1,6}?(?=あ|い|で|に|と|だ|[？?。]|$)")
_LATIN_NAME = re.compile(r"[a-z][a-z0-9&.-]+")
_DEFINED = re.compile(r"とは(?:[、,]?(?:何|なに|どういう|どのような|どんな)[^、。]*)?[？?。]?$")


def needs_context(question: str) -> bool:
    """Does the question lean on what was said before?

    It does when it opens with では or points with それ; when it is short, unless it asks something about a name of its own
    (大阪府の人口は？) or what a thing is (クラスターとは？). A mere name (では なし: 東北は？) asks nothing by itself.
    """
    if _RELATIVE.search(question) and not find_dates(question):
        return True
    if _OPENERS.search(question) or _BESIDE.search(question):
        return True
    pointer = _POINTERS.search(question[:24]) or _ENGLISH_POINTERS.search(question)
    if pointer:
        return not _names_subject(question[: pointer.start()])
    nouns = [t for t in tokenize(_undated(question), "C") if t.is_content and t.pos == "名詞"]
    if not nouns:
        return True
    names = [
        t
        for t in nouns
        if t.detail == "固有名詞" or (_LATIN_NAME.fullmatch(fold(t.surface).text) and not canonical_unit(t.surface))
    ]
    if (names and len(nouns) > len(names)) or _DEFINED.search(question):
        return False
    if len([t for t in tokenize(question) if t.is_content and t.pos == "名詞"]) <= _FEW:
        return True
    own = phrases(question)
    return len(own) <= _FEW and not any(p.is_particular for p in own) and bool(_SENTENCE.search(question))


def _names_subject(text: str) -> bool:
    """What stands before a pointer already names what it points to (水素センターの総事業費はいくらで、そのうち国費は…)."""
    if text.isascii():
        return bool(_CAPITALISED.search(text))
    return any(p.is_particular and re.search(r"[はがをにの]|[a-z] $", text[p.end :]) for p in phrases(text))


def self_contained(question: str, history: Sequence[Turn]) -> str:
    """The question with the words of the earlier ones that it needs; unchanged when it stands alone.

    A follow-up with a new year takes the old question with its years replaced (では2011年度は？), one that only names something
    takes it with that in the place of its like (では秋田は？); any other one is put behind the old question's words
    (そのうち企業は？ → …の会員数は…。そのうち企業は？).
    """
    context, own = context_of(question, history)
    return f"{context}　{own}" if context else own


def context_of(question: str, history: Sequence[Turn]) -> tuple[str, str]:
    """(words of the earlier questions that a follow-up leans on, the question); ("", question) when it stands alone.

    Of the questions before the last one no more than the subject counts.
    """
    if not history:
        return "", question
    subject, last = context_of(history[-1].question, history[:-1])
    if not needs_context(question):
        whole = replaced(question, last) if is_variation(question, last) else ""
        return (subject, whole) if whole else ("", question)
    earlier = f"{subject}　{last}" if subject else last
    bare, known = pointed_out(_OPENERS.sub("", question), last, history[-1].answer)
    bare = _dated(bare, earlier)
    if known:
        return "", bare
    dates, old = find_dates(bare), find_dates(earlier)
    if dates and old and _only_date(bare):
        first, final = old[0], old[-1]
        whole = earlier[: first.start] + bare[dates[0].start : dates[-1].end] + earlier[final.end :]
        return "", without_goal(bare, whole)
    if not _POINTERS.search(question[:24]) and (whole := replaced(bare, last)):
        return subject, whole
    asked = asked_like(bare, last)
    if asked != bare:
        return leading(subject or last), asked
    return f"{leading(subject)}　{_statement(last)}".strip("　"), bare


def _dated(question: str, earlier: str) -> str:
    """翌年度 and 前年 become the year after or before the last one of the earlier question."""
    match, dates = _RELATIVE.search(question), find_dates(earlier)
    if not match or not dates:
        return question
    year = dates[-1].year + (1 if match["step"] in ("翌", "次の") else -1)
    suffix = "年度" if dates[-1].fiscal or "度" in match[0] else "年"
    return f"{question[: match.start()]}{year}{suffix}{question[match.end() :]}"


def _only_date(text: str) -> bool:
    """Nothing but a date is new: 2011年度は？ / 2011年度はいくらですか？ / 2011年度には何社ありましたか？"""
    folded = _ASKED_THING.sub("", _undated(text))
    tokens = [t for t in tokenize(folded) if t.is_content]
    return not any(t.pos in ("名詞", "動詞") and t.term not in ("幾ら", "金額", "年度") for t in tokens)


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


def leading(text: str) -> str:
    """The noun phrase that a question begins with, its subject as a rule (北部地区には、…); a date alone is none."""
    for token in tokenize(text):
        ends = token.pos == "補助記号" or (token.pos == "助詞" and token.surface not in ("の", "や", "と"))
        if ends and token.start and _undated(text[: token.start]).strip():
            return text[: token.start]
    return text


def topic_of(question: str, history: Sequence[Turn]) -> str:
    """What the conversation is about, for a question that stands alone but names nothing by a name of its own; "" for any other."""
    if not history or any(p.is_name for p in phrases(question)) or _LATIN_NAME.search(fold(question).text):
        return ""
    subject, last = context_of(history[-1].question, history[:-1])
    return leading(subject or last)
