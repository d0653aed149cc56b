"""The words of an English question with the Japanese ones that may stand for them: by glossary, by phrase, by place and by sound."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from assistant.english_kind import with_japanese_dates
from assistant.term import Term
from assistant.transliterate import KatakanaWords
from corpus.dates import DateMention, find_dates
from corpus.english import is_phrase, japanese_compounds, japanese_terms
from corpus.places import from_latin
from corpus.tokenizer import tokenize

JAPANESE = re.compile(r"[ぁ-ヿ一-龠々]{2,}")  # a name that an English question gives in Japanese as well
_WORD = re.compile(r"[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)*|[A-Za-z][a-z0-9]*|\d[\d,.]*")
_STOP = frozenset(
    "the a an of in on at to for by with and or is are was were be been has have had do does did what which who when where why how much many that this "
    "these those it its as from into per so some there their they name please tell me about between during than then also not no can could would should "
    "year years many one two three four five according account accounts accounted whole since often each other all any such only most exact exactly i we you "
    "was being both if while because whose whom".split()
)
_KANJI = re.compile(r"[一-龠々]{2,}")
_PHRASE = 3  # words that a phrase may have
_UNKNOWN = 0.3  # share of the weight of a word that nothing stands for


def english_terms(text: str, idf: Callable[[str], float], katakana: KatakanaWords | None) -> tuple[Term, ...]:
    """Each word or phrase once; a capitalised word that no glossary knows is a name."""
    terms: dict[str, Term] = {}
    text = with_japanese_dates(text)
    dates = find_dates(text, bare_years=True)
    for word in _words(_without(text, dates)):
        lower = word.lower()
        place = from_latin(lower)
        japanese = japanese_terms(lower) | ({place} if place else frozenset())
        whole = japanese_compounds(lower)
        spelled = katakana.of(lower) if katakana and not place and "_" not in lower else frozenset()
        if word[0].isupper() and katakana and not (place or japanese or whole or spelled):
            spelled, whole = katakana.sounding(lower)
        japanese |= spelled
        known = {f for f in {lower, *japanese} if idf(f) < idf("\0")}  # words that the index holds at all
        weight = min((idf(f) for f in known), default=0.0) if japanese else max((idf(f) for f in known), default=1.0)
        is_name = bool(place) or (word[0].isupper() and (not japanese or bool(spelled)))
        share = 1.0 if is_name or japanese or whole else _UNKNOWN
        spaced = frozenset(w for w in japanese if _KANJI.fullmatch(w))  # 会　長 of a list is no word to the tokenizer
        terms[lower] = Term(lower, japanese - {lower}, weight * share, is_name, whole | spaced)
    for run in JAPANESE.findall(text):
        terms |= {t.term: Term(t.term, frozenset(), idf(t.term), True) for t in tokenize(run) if t.is_content}
    for date in dates:
        main = f"@{date.year}" if date.month is None else f"@{date.year}-{date.month:02d}"
        terms[main] = Term(main, frozenset({f"@{date.year}"}) - {main}, idf(main) + 1.0, True)
    return tuple(t for t in terms.values() if t.weight > 0)


def _without(text: str, dates: Iterable[DateMention]) -> str:
    """The text without its dates, which count as years."""
    for date in sorted(dates, key=lambda d: -d.start):
        text = f"{text[: date.start]} {text[date.end :]}"
    return text


def _words(text: str) -> Iterator[str]:
    """The words that mean something, in order; those of a phrase of the glossary as one, joined by `_`."""
    words = [w for w in _WORD.findall(text) if w.lower() not in _STOP and len(w) > 1]
    at = 0
    while at < len(words):
        for count in range(_PHRASE, 0, -1):
            phrase = "_".join(words[at : at + count]).lower()
            if count == 1 or (at + count <= len(words) and is_phrase(phrase)):
                yield words[at] if count == 1 else phrase
                at += count
                break
