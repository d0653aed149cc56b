"""An elliptical follow-up: what it names takes the place of its like in the question before it (いわて協議会の設立は何年？ では秋田は？)."""

from __future__ import annotations

import re

from assistant.noun_phrase import Phrase, alike, phrases, places
from assistant.question import kind_of
from corpus.dates import find_dates
from corpus.tokenizer import tokenize

_ASKS_ONLY = (
    r"(?:いつ|いくら|いくつ|誰|だれ|どこ|どちら|どう|ど(?:の|れ)(?:くらい|ぐらい|程度)|何[^\s、。はがをの]{0,5})?(?:から|まで)?"
    r"(?:(?:に|と)?なり(?:ます|ました)|です|でした|でしょう|だった(?:の(?:です)?)?)?か?[？?。]?"
)
_SHAPE = re.compile(rf"(?P<named>.+?)(?:の(?:ほう|方|場合)|だと|なら)?(?:に|で)?(?:は|も|が)(?P<asks>{_ASKS_ONLY})$")
_BARE = re.compile(r"(?P<named>[^、。？?はがをにで]+?)(?:の(?:ほう|方|場合))?(?P<asks>)[？?。]?$")
_CLEFT = re.compile(r"(?:た|る|い)の(?:は|が)[？?。]?$")
_GOAL = re.compile(r"の(?:目標|見込み?|見通し|予測|予定|計画)(?:値|額|数)?(?=は|が|を)")
_PAST = re.compile(r"(?:ました|でした|だった)(?:の)?(?:です)?か?[？?。]?$")
_ASKING_END = re.compile(
    r"(?:は|が|を)(?P<asks>(?:いつ|いくら|いくつ|誰|どこ|どちら|ど(?:の|れ)(?:くらい|ぐらい)|何)[^、。はが]*)$"
)


def replaced(question: str, earlier: str) -> str:
    """The earlier question with what the follow-up names in the place of things of the same kind; "" where there are none.

    All that it names must have its like there (place for place, 団地 for 団地, 市 for 町), and it may ask nothing of another
    kind: 理由は？ and 会長は誰ですか？ ask for something else of the same thing.
    """
    match = _SHAPE.fullmatch(question) or _BARE.fullmatch(question)
    if not match or (match["asks"] and kind_of(match["asks"]) not in ("open", kind_of(earlier))):
        return ""
    named = match["named"]
    own = [p for p in phrases(question) if p.end <= match.end("named")]
    if not own or find_dates(named, bare_years=True):
        return ""
    if any(t.pos in ("動詞", "形容詞") and t.start < match.end("named") for t in tokenize(question)):
        return _clause_replaced(named, own[-1], earlier)
    swaps: list[tuple[int, int, str]] = []
    for phrase in own:
        span = _like(phrase, earlier)
        if span is None or any(a < span[1] and span[0] < b for a, b, _ in swaps):
            return ""
        swaps.append((*span, phrase.text))
    if all(earlier[a:b] == new for a, b, new in swaps):
        return ""
    text = earlier
    for start, end, new in sorted(swaps, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def is_variation(question: str, earlier: str) -> bool:
    """It asks what the earlier question asks of something named there, of another of its kind (登米市の企業はどこ → 大崎市の企業はどこ)."""
    match = _SHAPE.fullmatch(question)
    named = {p.text for p in phrases(earlier)}
    return bool(match and match["asks"].strip("？?。")) and any(p.text in named for p in phrases(question))


def asked_like(question: str, earlier: str) -> str:
    """A cleft without its end (道路が開通したのは？) with what the earlier question asks (何年ですか？); any other as it is."""
    end = _ASKING_END.search(earlier)
    if end and _CLEFT.search(question):
        return question.rstrip("？?。") + end["asks"]
    return question


def without_goal(question: str, earlier: str) -> str:
    """The earlier question without the goal that it asks for, where the follow-up asks what there was (…ありましたか)."""
    return _GOAL.sub("", earlier) if _PAST.search(question) else earlier


def _like(phrase: Phrase, earlier: str) -> tuple[int, int] | None:
    """The span of the earlier question that `phrase` takes the place of."""
    if phrase.is_place:
        found = places(earlier)
        same = [(p, stem) for p, stem in found if p.head == phrase.head]
        if not found:
            return None
        old, stem = (same or found)[-1]
        inside = any(p.start <= old.start and old.end < p.end for p in phrases(earlier))
        return (old.start, stem) if inside and old.head != phrase.head else (old.start, old.end)
    ranked = [(alike(phrase, old), _is_topic(old, earlier), old.start, old.end) for old in phrases(earlier)]
    best = max(ranked, default=None)
    return best[2:] if best and best[0] else None


def _is_topic(phrase: Phrase, text: str) -> bool:
    return text.startswith(("は", "が", "の"), phrase.end)


def _clause_replaced(named: str, head: Phrase, earlier: str) -> str:
    """…で、販路に悩む企業は何％ → …で、資金に悩む企業は何％: a noun with its clause takes the place of the same noun and its own."""
    same = [p for p in phrases(earlier) if p.text == head.text]
    cut = earlier.rfind("、", 0, same[-1].start) if same else -1
    return earlier[: cut + 1] + named + earlier[same[-1].end :] if cut >= 0 else ""
