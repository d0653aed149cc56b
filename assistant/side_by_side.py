"""Things that are asked side by side: AとBのXはそれぞれ…, PのAとQのBは、それぞれ…, A、B、Cの Xをそれぞれ…."""

from __future__ import annotations

import re
from itertools import takewhile

_EACH = re.compile(r"(?P<topic>.*?)(?P<rest>(?:では|は|で|が|を)?、?(?:それぞれ|各々|おのおの).*)$", re.DOTALL)
# AのXとBのYを教えて: two attributes, though nothing says それぞれ
_BOTH = re.compile(
    r"(?P<topic>[^。]*?)(?P<rest>(?:を、?(?:教え|答え|示し|知りた).*|は、?(?:何|いくら|いくつ|どれ).*))$", re.DOTALL
)
_JOINS = re.compile(r"(?<=[^\s、])(?:(?:と|及び|および|並びに)、?|、)(?=[^、])")
_OUTSIDE = re.compile(r"^.*(?:(?:[はがも]|として|における|について|うち|[てで])、|(?<=[一-龠々ァ-ヴー)）])は)")
# Nouns that are a property of what stands before: both of two things have one.
_PROPERTY = re.compile(
    r"(?:[数額率量高費値比名年日的割合積口模間期所]|面積|人口|割合|規模|内容|役割|時期|場所|名称|意味|特徴|理由|位置|重さ|長さ|広さ|大きさ|機関|予算|資金|売上|市場)$"
)
_MEASURED = re.compile(r"(?:[^指係倍]数|金|[額率量高費値]|面積|人口|割合|累計|総額|年月日?|上限)$")
_ANOTHER = re.compile(
    r"何|いくら|いくつ|いつ|どこ|誰|どれ|どの|差|合計|比|合わせ|足し"
)  # asks already, or asks for what comes of both
_LONGEST = 40
_MOST = 5


def sides(text: str) -> tuple[str, ...]:
    """One question for each of the things asked side by side, in order; () when there are none."""
    found = _asked(text)
    if found is None:
        return ()
    topic, rest = found["topic"], found["rest"]
    outside = _OUTSIDE.match(topic)
    context, listed = (topic[: outside.end()], topic[outside.end() :]) if outside else ("", topic)
    items = _items(listed)
    if not 2 <= len(items) <= _MOST or any(not 0 < len(i) <= _LONGEST for i in items):
        return ()
    return tuple(f"{context}{item}{rest}" for item in _whole(items))


def _asked(text: str) -> re.Match[str] | None:
    """What is asked of each, with それぞれ; without it two or more attributes that end in a noun of measure (資本金と従業員数を教えて)."""
    found = _EACH.match(text)
    if found:
        return found
    found = _BOTH.match(text)
    if found is None or _ANOTHER.search(found["topic"]):
        return None
    outside = _OUTSIDE.match(found["topic"])
    items = _items(found["topic"][outside.end() :] if outside else found["topic"])
    return found if len(items) > 1 and all(_MEASURED.search(item) for item in items) else None


def _items(listed: str) -> list[str]:
    """The parts between と, 及び and 、. と joins the last two only: one before is part of a name or of a sentence."""
    joins = list(_JOINS.finditer(listed))
    words = [j for j in joins if j[0] != "、"]
    commas = [j for j in joins if j[0] == "、"]
    if words:
        cut = words[-1]
        left = _items(listed[: cut.start()]) if commas and commas[-1].start() < cut.start() else [listed[: cut.start()]]
        return [*left, listed[cut.end() :]] if "、" not in listed[cut.end() :] else []
    return listed.split("、") if commas else [listed]


def _whole(items: list[str]) -> list[str]:
    """Each item with what it shares with the others: the owner before the first, or the property after the last."""
    first, last = items[0], items[-1]
    owner, _, thing = first.rpartition("の")
    head, _, tail = last.partition("の")
    if tail and (not owner or (_PROPERTY.search(tail) and not _PROPERTY.search(thing) and head[-1] != owner[-1])):
        return [
            *(i if i.endswith(tail) else f"{i}の{tail}" for i in _with_owner(items[:-1], owner)),
            *_with_owner([last], owner),
        ]
    if any("の" in item for item in items[1:]):
        return items
    return _with_owner(items, owner)


def _with_owner(items: list[str], owner: str) -> list[str]:
    return [i if not owner or i.startswith(owner) else f"{owner}の{i}" for i in items]


def side_names(text: str) -> tuple[str, ...]:
    """What tells the things asked side by side apart (若草市, 緑市 of 若草市と緑市の人口); () when there are none."""
    found = _asked(text)
    clauses = sides(text)
    if found is None or not clauses:
        return ()
    wholes = [clause.removesuffix(found["rest"]) for clause in clauses]
    before, behind = _shared(wholes), _shared([whole[::-1] for whole in wholes])
    start = max(before.rfind(mark) + 1 for mark in "の、は")
    return tuple(whole[start : len(whole) - (behind.rfind("の") + 1)] for whole in wholes)


def _shared(texts: list[str]) -> str:
    """What all of them begin with."""
    same = takewhile(lambda chars: len(set(chars)) == 1, zip(*texts, strict=False))
    return "".join(chars[0] for chars in same)
