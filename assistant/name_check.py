"""Proper names of a claim stand in its evidence: people, places, organisations, titles in quotation marks, Latin and katakana words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.candidates import read_text
from assistant.held import Held
from assistant.measures import UNIT_NAMES
from assistant.question import is_english
from corpus.fold import key
from corpus.places import from_latin, in_kana
from corpus.tokenizer import Token, tokenize

_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ][A-Za-z0-9&.\-Ａ-Ｚａ-ｚ０-９－]+")
_KATAKANA = re.compile(r"[ァ-ヴー]{3,}")
_QUOTED = re.compile(r"[「『]([^「」『』]{2,40})[」』]")
# Capitals at the head of English sentences, and what English adds around a value.
_OPENERS = frozenset(
    "The A An It In On At By Of For From To As This These Those There According And But Yes No Its Their FY Source".split()
)
# Japanese that the composing adds around values; it claims nothing by itself.
_GENERAL = UNIT_NAMES | frozenset("ページ スライド 平成 昭和 令和 大正 明治 パーセント ポイント ユーロ ドル".split())
# What makes a name of the nouns before it, whatever dictionary knows them.
_SHORT = 3  # letters of a Latin word that others hold by chance
_TITLES = frozenset(
    "財団 財団法人 社団法人 法人 協議会 協会 機構 会社 株式会社 有限会社 工業 製作所 精機 大学 高校 銀行 信用金庫 研究所 研究会 センター 会議 連盟 連合会 組合 基金 商事 電機 化学 "
    "運輸 建設 公社 公団 省 庁 部会 委員会 氏 さん 様 教授 博士 先生 会長 社長 知事 理事長 所長 学長 市長 町長 村長 大臣 議長 座長 市 町 村 区 郡 県".split()
)
_NO_PART = frozenset("同 各 本 当 両 全 他 新 旧 御 その 此の 元 現 初代 前 副".split())
# What stands before です and names nothing.
_PLAIN = frozenset(
    "こと もの ため よう はず わけ ところ とおり 通り 予定 見込み 目標 対象 以上 以下 未満 以前 以後 以降 黒字 赤字 最大 最小 最多 最少 最高 最低 理由 結果 目的 以外 程度 場合 状況 内容 一つ 一部 全部 中心".split()
)
_RUN = frozenset({"名詞", "接頭辞", "接尾辞", "感動詞"})
_SAYS = frozenset({"だ", "です", "である"})


def name_check(held: Held) -> Iterable[str]:
    """The names that the evidence lacks, as the claim writes them."""
    for name in proper_names(held.claim.text):
        if not all(_held(part, held) for part in name.split("…") if part):
            yield name


def _held(name: str, held: Held) -> bool:
    """The name to the letter (a short Latin word as a word), or a place by its Japanese name or in kana."""
    wanted = key(name)
    place = from_latin(name.lower())
    if place is not None and place in held.reading.key:
        return True
    kana = in_kana(wanted) or in_kana(wanted[:-1])  # 岩手県 of いわて産業センター
    if kana is not None and kana in held.reading.key:
        return True
    if wanted.isascii() and len(wanted) <= _SHORT:
        return bool(re.search(rf"(?<![a-z]){re.escape(wanted)}(?![a-z])", held.folded))
    return wanted in held.reading.key


def proper_names(text: str) -> tuple[str, ...]:
    """What names something in a text, by itself or by its place, each once.

    Words that the dictionary knows as names; nouns before a title (さくら工業, 早瀬会長) or in the place of the answer (会長はさくらです);
    Latin and katakana words; what stands in quotation marks.
    """
    bare = re.sub(r"「[^」]*」", "", text)
    english = is_english(bare)
    names = [t.surface for t in tokenize(text, "C") if t.detail == "固有名詞" and t.surface not in _GENERAL]
    units = [(q.start, q.end) for q in read_text(text).quantities]
    latin = [m[0].rstrip(".-") for m in _LATIN.finditer(text) if not any(s < m.start() < e for s, e in units)]
    names += [w for w in latin if any(c.isupper() for c in w) and not (english and w in _OPENERS)]
    katakana = (m for m in _KATAKANA.finditer(text) if not any(s <= m.start() < e for s, e in units))
    names += [m[0] for m in katakana if m[0] not in _GENERAL]
    names += [m[1] for m in _QUOTED.finditer(text)]
    if not english:
        names += _by_place(text)
    return tuple(dict.fromkeys(n for n in names if len(n) >= 2))


def _by_place(text: str) -> Iterator[str]:
    """The parts of noun phrases that end in a title, and of those that stand before です at the end of a sentence."""
    run: list[Token] = []
    for token in (*tokenize(text, "C"), Token("。", "。", "補助記号", "", -1, -1)):
        if token.pos in _RUN and token.detail != "数詞" and (not run or token.start == run[-1].end):
            run.append(token)
            continue
        titled = next((i for i in range(len(run) - 1, 0, -1) if run[i].surface in _TITLES), 0)
        said = len(run) if token.term in _SAYS else 0
        for part in run[: max(titled, said)]:
            if (
                part.pos != "接尾辞"
                and part.surface not in _NO_PART | _PLAIN
                and part.kind not in ("サ変可能", "助数詞可能")
            ):
                yield part.surface
        run = [token] if token.pos in _RUN and token.detail != "数詞" else []
