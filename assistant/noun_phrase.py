"""The noun phrases of a question, and whether two of them name things of one kind: いわて and 秋田, 市 and 町, 個人市民税 and 固定資産税."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.dates import find_dates
from corpus.fold import fold
from corpus.tokenizer import Token, tokenize

_REGION = re.compile(r"(?:都|道|府|県|市|町|村|区|州|国|地域|地方|地区)$")
_KINDS = tuple(
    re.compile(rf"(?:{words})$")
    for words in (
        "都|道|府|県|市|町|村|区|国|市町村|自治体",
        "協議会|協会|機構|財団|センター|研究所|会社|公社|組合|会議|大学|大学院|公団|委員会|局|省|庁|会議所|連盟|連合会|法人",
        "事業|計画|構想|政策|施策|制度|条例|プロジェクト|プログラム|戦略|プラン|ビジョン|法|補助金|交付金|助成金",
        "団地|地区|パーク|港|空港|ダム|発電所|病院|工場|製作所|学校|校|線|道路|新幹線|鉄道",
    )
)
_QUOTED = re.compile(r"「[^「」]{2,40}」|『[^『』]{2,40}』")
_ASKED = re.compile(r"何[^\s、。はがをのにで]{0,5}|いくら|いくつ|いつ|どれ|どこ")
_STEM = re.compile(r"[一-龠]")  # of an adjective in a name: 若 of 若汐町
_TWO_KANJI = re.compile(r"[一-龠]{2}")
_LONG_WORDS, _LONG = 3, 6  # words, characters from which on a compound names one thing
# Said of any thing: they ask for something else of the same thing, and never name another thing of its kind.
_ATTRIBUTES = frozenset(
    "場所 住所 所在地 名前 名称 理由 目的 内容 時期 期間 方法 人数 件数 金額 割合 会長 社長 代表 背景 効果 課題 原因 対象 根拠 面積 人口 設立 発足 特徴 役割".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of nouns `text` at `start:end`; `head` is its last word, `is_place` that it is a place and nothing else.

    `is_name`: it holds a proper noun or Latin letters, or it is quoted; `is_particular`: so, or as long as only the names of one thing are.
    """

    text: str
    start: int
    end: int
    head: str
    is_place: bool
    is_name: bool
    is_particular: bool


def phrases(text: str) -> list[Phrase]:
    """The noun phrases of `text` in order, without its dates and what asks (何社); a quoted name is one."""
    folded = fold(text)
    taken = [(d.start, d.end) for d in find_dates(text, bare_years=True)]
    taken += [folded.original(*m.span()) for m in _ASKED.finditer(folded.text)]
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    found = [Phrase(text[a:b], a, b, text[b - 1], False, True, True) for a, b in quoted]
    run: list[Token] = []
    for token in [*tokenize(text), None]:
        joins = (
            token is not None
            and (
                token.pos in ("名詞", "接尾辞", "接頭辞", "形状詞")
                or (_STEM.fullmatch(token.surface) and token.pos == "形容詞")
            )
            and token.surface not in ("ほう", "方", "よう", "うち", "時", "の")
            and not any(a <= token.start < b for a, b in (*taken, *quoted))
        )
        if joins and token is not None and (not run or run[-1].end == token.start):
            run.append(token)
            continue
        if any(t.pos in ("名詞", "接尾辞") and t.kind != "副詞可能" for t in run):
            found.append(_phrase(text, run))
        run = [token] if joins and token is not None else []
    return sorted(found, key=lambda p: p.start)


def places(text: str) -> list[tuple[Phrase, int]]:
    """The places named in `text`, with what they are (岩手県), and where the name without that ends (岩手).

    Also those that begin the name of something else (いわて産業振興センター).
    """
    tokens = list(tokenize(text))
    found = []
    for i, token in enumerate(tokens):
        if token.kind != "地名":
            continue
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        run = [token, after] if after and after.start == token.end and _REGION.fullmatch(after.surface) else [token]
        found.append((_phrase(text, run), token.end))
    return found


def alike(new: Phrase, old: Phrase) -> int:
    """How surely the two are things of one kind: 0 not at all, 3 the same or the same head, 2 two of a pair, 1 one class."""
    if new.text == old.text:
        return 4
    if new.text in _ATTRIBUTES:
        return 0
    if new.head == old.head and not (new.is_place or old.is_place):
        return 3
    if _TWO_KANJI.fullmatch(new.text) and _TWO_KANJI.fullmatch(old.text) and old.text not in _ATTRIBUTES:
        return 2 if new.text[0] == old.text[0] or new.text[1] == old.text[1] else 0
    bare_new, bare_old = new.text.strip("「」『』"), old.text.strip("「」『』")
    return int(any(k.search(bare_new) and k.search(bare_old) for k in _KINDS))


def _phrase(text: str, run: list[Token]) -> Phrase:
    is_place = run[0].kind == "地名" and all(t.kind == "地名" or _REGION.fullmatch(t.surface) for t in run)
    is_name = any(t.detail == "固有名詞" or re.fullmatch(r"[a-z][a-z0-9&-]+", t.term) for t in run)
    start, end = run[0].start, run[-1].end
    own = text[start:end]
    particular = is_name or len(run) >= _LONG_WORDS or len(own) >= _LONG
    return Phrase(own, start, end, run[-1].term, is_place, is_name, particular)
