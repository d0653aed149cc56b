"""Which quantities fit what a question asks: its counter, its money, its kind."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.candidates import Candidate
from assistant.english_kind import english_counter
from assistant.measures import base_unit, same_dimension
from assistant.question import Question
from corpus.dates import DateMention
from corpus.fold import fold
from corpus.quantity import Quantity, canonical_unit

MONEY = frozenset({"円", "ドル", "ユーロ", "マルク", "ポンド", "元"})
_ASKED_COUNTER = re.compile(
    r"何\s*[十百千万億]*(人|名|社|件|台|か所|箇所|カ所|ヶ所|校|戸|回|倍|%|パーセント|ポイント|割|ha|ヘクタール|平方キロメートル|平方キロ|km2|団体|機関|種類|品目|拠点|事業所|歳|本|棟|店|室|大学|市町村|県|市|町|村|期|年間|か月|日間|時間|製品|位|トン|mw|kw)"
)
_SHARE_ASKED = re.compile(r"割合|比率|率は|シェア|percentage|\brate\b")
# 会員数, 件数, 社数: a count of things, which no money and no share can be (指数, 係数 and 倍数 are no counts).
_COUNT_NOUN = re.compile(r"(?<![指係倍関変])数(?:は|を|が|も|って|、|[?？。]|$)")
# 停電した戸数, 回答した社数: the noun names the unit
_COUNTED_NOUN = re.compile(r"(?<![一-龠])(?P<unit>[戸棟件社校台店室])数(?=を|は|が|と|、|[?？。]|$)")
_COUNT_HEAD = re.compile(
    r"(?<![指係倍関変])数(?:[(（][^円]{1,6}[)）])?$|[(（](?:単位\s*[:：]?\s*)?(?:千|万)?(?:人|社|件|名|台|校|か所|箇所)[)）]$"
)
NO_COUNT = MONEY | {"%", "割", "倍", "ポイント", "ha", "km", "m", "km2", "m2", "kw", "t"}


def asked_counter(question: Question) -> str | None:
    """The base unit that the question names (何社 → 社, 何パーセント → %); None when it names none."""
    return english_counter(question.text) if question.english else _counter_of(question.text)


# Every unit of a page is held against the same question.
@lru_cache(maxsize=256)
def _counter_of(text: str) -> str | None:
    folded = fold(text).text
    match = _ASKED_COUNTER.search(folded)
    if match:
        known = canonical_unit(match[1])
        return known[0] if known else match[1]
    measure = base_unit(text)
    if measure:
        return measure
    counted = _COUNTED_NOUN.search(folded)
    if counted and not re.search("何|いくら|いくつ|いつ", folded):
        return counted["unit"]
    return "%" if _SHARE_ASKED.search(folded) else None


@lru_cache(maxsize=256)
def _counts(text: str) -> bool:
    return bool(_COUNT_NOUN.search(fold(text).text))


def fits(question: Question, quantity: Quantity, counter: str | None) -> bool:
    if question.kind == "amount" or question.unit:
        return quantity.unit in MONEY
    if counter:
        return fits_counter(counter, quantity.unit) or (quantity.unit == "" and counter in ("人", "社"))
    if quantity.unit in NO_COUNT and _counts(question.text):
        return False
    return quantity.unit not in ("年間", "号", "章", "部", "頁", "ページ", "期", "位")


def fits_counter(counter: str, unit: str) -> bool:
    """Is a figure of this base unit what 何人, 何社 or 何パーセント asks for? Companies go by several words."""
    companies = {"社", "企業", "会社"}
    same = unit == counter or same_dimension(counter, unit)
    return same or {unit, counter} == {"割", "%"} or {unit, counter} <= companies


def counts_things(head: str) -> bool:
    """A column head such as 会員数, 件数（件） or 従業者数: what stands below is no money."""
    return bool(_COUNT_HEAD.search(fold(head).text))


def events(question: Question, candidate: Candidate) -> tuple[DateMention, ...]:
    """The unit's dates without those that say as of when (平成23年8月現在) or over which period, unless that is asked."""
    text = candidate.unit.text
    dates = candidate.own.dates
    if not re.search(r"現在|時点", question.text):
        dates = tuple(d for d in dates if not re.match(r"\s*(?:日)?(?:現在|時点)", text[d.end :]))
    outside = tuple(d for d in dates if not _in_quotes(text, d))
    dates = outside or dates
    if not re.search(r"期間|から|まで", question.text):
        dates = tuple(d for d in dates if not _in_range(text, d))
    return dates


def _in_quotes(text: str, date: DateMention) -> bool:
    """A year that belongs to a name: 『2030年産学官連携ビジョン』."""
    before = text[: date.start]
    return any(before.count(opening) > before.count(closing) for opening, closing in ("「」", "『』"))


def _in_range(text: str, date: DateMention) -> bool:
    """One end of a period such as H10年~14年."""
    return bool(
        re.match(r"\s*[~〜～–―-]\s*(?:\d|平成|昭和|令和|大正|明治)", text[date.end :])
        or re.search(r"[~〜～–―-]\s*$", text[: date.start])
    )
