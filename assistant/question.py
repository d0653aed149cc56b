"""What a question asks: the kind of answer, the words that must match, the years, the unit, the names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.asked_count import BEHIND, asked_count
from assistant.english_kind import english_kind, with_japanese_dates
from assistant.english_terms import JAPANESE, english_terms
from assistant.measures import ASKED, asked_measure
from assistant.persons import ROLE
from assistant.term import Term
from assistant.transliterate import KatakanaWords
from assistant.year_span import with_other_end
from corpus.dates import DateMention, listed_dates
from corpus.era import ERAS
from corpus.fold import fold, key
from corpus.places import in_kana
from corpus.quantity import canonical_unit
from corpus.thesaurus import compounds, synonyms
from corpus.tokenizer import Token, tokenize

Kind = Literal[
    "date", "amount", "number", "person", "name", "list", "comparison", "calculation", "definition", "reason", "open"
]

# The first pattern that matches decides; more particular ones stand first.
_COUNTERS = "人|名(?!前|称)|社|件|つ|台|か所|箇所|カ所|ヶ所|校|戸|回|倍|%|パーセント|割|ha|ヘクタール|km|平方|万(?!円)|団体|機関|種|品目|拠点|事業所|歳|本|棟|店|室"
# どんな危機感があったからですか, 何が値上がりしたためですか, 何がきっかけですか, 何によると, どんな出来事から
_CAUSE = (
    r"(?:何|どんな|どういう|どのような)[^。、]{0,24}(?:[たいるなだ]から|[たいるのな]ため|せい|おかげ|きっかけ|契機|発端|要因|原因|動機)(?:だ|で|と|に)|"
    r"(?:何に|どんなことに|どういうことに)よ(?:る(?:と|もの)|って)|(?:どんな|どういう|どのような)(?:出来事|事件|こと)(?:から|を(?:受け|機))"
)
_KIND_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("reason", r"なぜ|何故|どうして|理由|事情|何を(?:見越|受け|踏まえ)|どういうわけ|(?:要因|原因|背景|わけ|(?<![内通翻意])訳|動機|いきさつ|きっかけ|契機|発端|おかげ|不都合)(?:は|が|を|に|で)|"
     rf"{_CAUSE}|\bwhy\b|reasons?\b"),
    ("definition", r"定義|(?<!こ)とは、?(?:何|どう|どのよう|どんな|いったい)|とは[?？。]?$|って(?:何|なに)|(?:という)?意味|どう違|どういう(?:もの|こと)|\bdefin|what is meant"),
    ("person", rf"誰|だれ|氏名|どなた|{ROLE}(?:の名前|の名|名)?[?？。\s]*$|\bwho\b"),
    ("amount", r"(?:お金|資金|費用)[^。]{0,12}(?:どれ|いくら)|どれ(?:くらい|だけ|ほど)(?:の)?(?:お金|資金|費用|額)"),
    ("number", rf"何[十百千万億]{{0,2}}(?:{_COUNTERS})|何年(?:間|働|勤|続|住|以[上内]|かか)|何日間|\bhow many\b"),
    ("list", rf"{BEHIND}|"
     r"[2-9二三四五六七八九]つ(?:の[^。]*(?:何|[挙あ]げ)|を|挙|あげ|は|\s*$)|挙げて(?!い)|列挙|すべて|全て|一覧|何と何|(?:どの|どんな)[^。、]{0,8}(?:県|国|地区|地域|タイプ|類型|業種|業界|要素|段階)|"
     r"[2-9][^。、年月]{0,6}(?:とは何|は何(?:です|か|$|[?？])|を教え)|[市区町村県国社]や[^。、]{1,6}は(?:どこ|何)|(?:には|例としては?)、?(?:何|どこ|どれ|(?:どのような|どんな)もの)が(?:あり|挙げ|含ま)|(?:企業|大学|団体|国|工場|県|機関|会社)(?:は|が)?(?:どこ(?:です|か|$|[?？])|何(?:です|か|$|[?？]))|\blist\b|what are the|which (?:two|three|four|countries)"),
    ("date", r"(?:設立|開設|創設|発足|設置|策定|制定|創業|開業|開始|完成|竣工|開所|開校|開館|認定|採択|施行)(?:年度?|年月日?|時期|日)[?？。\s]*$"),
    ("open", r"どのような|どんな|どのように|どう(?:変わ|変化|推移|なっ|異な|書|述べ)|間隔|頻度"),
    ("date", r"いつ|日付|(?:した|された|できた|の)(?:年|年月|時期)(?:を|は)|何年(?!間|働|勤|続|住|以[上内]|かか)|何月|何日(?!間)|年月|期日|期間|何年度|西暦|\bwhen\b|what year|which year"),
    ("amount", r"いくら|金額|[^総定]額(?:を|は)|何(?:千|百万|億|兆|万)*円|億円|百万円|千円|何ユーロ|何ドル|\bhow much\b|\bbudget\b|予算額"),
    ("number", r"いくつ|どれ(?:くらい|だけ|ほど)|どの(?:くらい|程度)|人数|件数|会員数|社数|率は|割合|数(?:は|を)|面積|広さ|人口は|\brate\b|percentage"),
    ("name", r"何という|何といい|名前|名称|略称|題名|愛称|どこ|どの|何(?:です|でしょう|か|と)|どちら|企業名|\bwhat is the name\b|\bwhich\b|\bwhere\b|\bname\b"),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _KIND_PATTERNS)
_CALCULATION = re.compile(
    r"差(?:は|額|を|が)|合計|合わせ(?:る|て|た)|足す|(?<!発)足し|何倍|増加率|減少率|(?:増え|減っ|増加し|減少し|伸び)(?:まし)?た(?:か|の|分)|(?:増え|減|増加す|減少す|伸び)る(?:見込|見通|予定|予測|計画|想定)|どれだけ(?:多|少|増|減|大き|小さ|違)|"
    r"いくら(?:多|少|増|減|大き|小さ|高|低|違)|いくつ(?:多|少|増|減)|何[^\s、。はがをのに]{1,5}(?:多|少|増|減|伸|大き|小さ|広|狭|高い|低い|上回|下回|上が|下が|上昇|低下)|何割(?!引|増|減)|(?:に|が)占める割合|に占める[^、。]{1,20}の割合|割合は約|何(?:パーセント|[%％])(?:でし|です|か)|"
    r"前の?年(?:度)?(?:と比べ|に比べ|より|を)|上回っ|下回っ|平均|1人当たり|1社当たり|1件当たり|difference|in total|how many times"
)
_COMPARISON = re.compile(
    r"最も|一番|最大|最小|最多|最少|初めて|前の?年(?:度)?(?:と比べ|を)|どちらが|より(?:も)?(?:多|少|大|小|高|低|長|短)|largest|highest|smallest|それぞれ|比べ|くらべ|どっちが|(?:多い|少ない|大きい|小さい|高い|低い|早い|遅い)のは"
)
_UNIT_ASKED = re.compile(
    r"(兆円|億円|百万円|万円|千円|円)(?:単位|に(?:直|換算|する)|で(?:いう|言う|表|教|答|示|いくら)|だと)|何(兆円|億円|百万円|千円|万円)"
)
_ASKED_SPANS = (
    _UNIT_ASKED,
    ASKED,
    re.compile(r"小数第?[0-9一二三四]位(?:まで)?|何[^\s、。はがをのにで]{1,8}|[2-9]つ(?:の|挙|あげ|を|で)"),
)
# A noun phrase that only says how the answer is counted (1人あたりいくら, お礼) is not what is asked for.
_MEASURE = re.compile(
    r"^(?:約|およそ|だいたい)?[0-9０-９一二三]*.{0,3}(?:あたり|当たり|当り)(?:いくら|何.{0,4})?$|^(?:だいたい|およそ|約)"
)
_WESTERN = re.compile(r"西暦")
_ERA_WANTED = re.compile(r"和暦|元号|(?:平成|昭和|令和|明治|大正)何年")
_QUOTED = re.compile(r"[「『\"“]([^「」『』\"“”]{2,40})[」』\"”]")
# Words that ask, or that say how to answer; they need not stand in the evidence.
_ASKING = frozenset(
    "名前 名称 氏名 年月 年月日 日付け 期日 西暦 和暦 元号 単位 小数 位 理由 其々 全部 時点 凡そ 結局 挙げる 上げる 説明 資料 文書 記載 記述 直す 換算 言葉 年度 "
    "年 月 日 いし 何れも 教える 具体 内容 詳しい 該当 箇所 頁 ページ 簡潔 順 以下 回答 質問 御 言う 呼ぶ 示す 書く 載る 出る 分かる 場合 際 用いる 使う 切っ掛け 訳 事情 出来事 御陰 発端".split()
)
# Nouns that every figure has; they tell nothing of which one is asked.
GENERIC = frozenset(
    "内訳 戸数 棟数 社数 校数 台数 実際 実績 現状 最終 実際 実績 現状 最終 額 金額 金 数 規模 値 割合 率 量 程度 人数 件数 総額 合計 者 化 性 的 さ 仕事 お金 年 月".split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """An analysed, self-contained question. `years` are Gregorian; `unit` is the money unit in which the answer is wanted."""

    text: str
    kind: Kind
    terms: tuple[Term, ...]
    names: tuple[str, ...]
    dates: tuple[DateMention, ...]
    unit: str
    english: bool
    western: bool
    era: bool
    count: int | None
    calculates: bool
    compares: bool
    focus: tuple[str, ...]
    predicate: str = ""
    phrases: tuple[Term, ...] = ()

    @property
    def search_text(self) -> str:
        """What is searched: an English question also with the Japanese words that may stand for its own."""
        if not self.english:
            return self.text
        return " ".join([self.text, *(form for t in self.terms for form in sorted(t.others))])

    @property
    def forms(self) -> frozenset[str]:
        """The words of the question and those that may stand for them."""
        return frozenset(form for t in self.terms for form in (t.main, *t.others))

    @property
    def asks_figure(self) -> bool:
        """An amount or a count is wanted."""
        return self.kind in ("amount", "number")

    @property
    def asks_value(self) -> bool:
        """A figure or a date is wanted: a wrong one does most harm."""
        return self.kind == "date" or self.asks_figure

    @property
    def wants_list(self) -> bool:
        """Several things are asked for: in so many words, or by their number (どの3つの大学, どのような二つの方向)."""
        return self.kind == "list" or bool(self.count and self.kind in ("reason", "name", "open"))

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(d.year for d in self.dates))


def is_english(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isascii() for c in letters) > 0.7 * len(letters) and len(text.split()) >= 4


def kind_of(text: str) -> Kind:
    """The kind of answer that a question wants; `open` when nothing tells."""
    folded = fold(text).text
    for kind, pattern in _KINDS:
        if pattern.search(folded):
            return kind
    return "open"


def analyse(text: str, idf: Callable[[str], float], katakana: KatakanaWords | None = None) -> Question:
    """Reads a self-contained question; `idf` weighs its words (0 for a word that every passage holds).

    `katakana` holds the katakana words of the index, in which names of an English question are found.
    """
    text = _WITH_NOTE.sub("", text)
    folded = fold(text).text
    english = is_english(text)
    written = with_japanese_dates(text) if english else text
    dates = with_other_end(written, listed_dates(written))
    unit = _UNIT_ASKED.search(folded)
    kind: Kind = (english_kind(text) if english else None) or kind_of(text)
    if kind in ("amount", "open", "name") and asked_measure(text):
        kind = "number"
    return Question(
        text=text,
        kind=kind,
        terms=english_terms(text, idf, katakana)
        if english
        else _terms(text, dates, idf, katakana.near if katakana else None),
        names=tuple(dict.fromkeys(key(name) for name in _named(text, english=english))),
        dates=dates,
        unit=(unit[1] or unit[2]) if unit else "",
        english=english,
        western=bool(_WESTERN.search(folded)),
        era=bool(_ERA_WANTED.search(folded)),
        count=asked_count(text, english=english),
        calculates=bool(_CALCULATION.search(folded)),
        compares=bool(_COMPARISON.search(folded)),
        focus=focus_of(text) if not english else (),
        predicate=predicate_of(text) if not english else "",
    )


def _named(text: str, *, english: bool) -> list[str]:
    """What the question quotes; of an English one also what it gives in Japanese."""
    return [*(m[1] for m in _QUOTED.finditer(text)), *(JAPANESE.findall(text) if english else ())]


# How to answer, said after the question (頁によって違うなら両方教えてください): its words are not what is asked.
_WITH_NOTE = re.compile(
    r"(?<=[?？。])[^?？。]*(?:違[うえっ]|異な|食い違|両方|出典|根拠)[^?？。何]*(?:教えて|示して|挙げて|答えて|書いて)[^?？。]*[。]?\s*$"
)
_ERA_NAMES = frozenset(name for name, *_ in ERAS)


def _in_dates(token: Token, dates: tuple[DateMention, ...]) -> bool:
    return any(d.start <= token.start < d.end for d in dates)


def _is_name(token: Token) -> bool:
    if token.surface in _ERA_NAMES:
        return False
    if token.detail == "固有名詞":
        return True
    latin = re.fullmatch(r"[a-z][a-z0-9&-]*", token.term)
    return bool(latin) and len(token.term) >= 2


def _terms(
    text: str,
    dates: tuple[DateMention, ...],
    idf: Callable[[str], float],
    near: Callable[[str], frozenset[str]] | None,
) -> tuple[Term, ...]:
    terms: dict[str, Term] = {}
    asked = [
        folded.original(*m.span()) for folded in [fold(text)] for p in _ASKED_SPANS for m in p.finditer(folded.text)
    ]
    for token in tokenize(text):
        if not token.is_content or _in_dates(token, dates) or token.pos in ("代名詞", "副詞", "感動詞", "連体詞"):
            continue
        if token.term in _ASKING or any(s <= token.start < e for s, e in asked):
            continue
        if token.detail == "数詞" and not token.term.isdigit():
            continue
        if canonical_unit(token.surface) and token.detail != "固有名詞" and len(token.surface) <= 2:
            weight = 0.25 * idf(token.term)
        elif token.pos in ("動詞", "形容詞", "形状詞"):
            weight = 0.6 * idf(token.term)
        elif token.pos in ("接尾辞", "接頭辞"):
            weight = 0.3 * idf(token.term)
        else:
            weight = idf(token.term)
        if weight > 0:
            known = terms.get(token.term)
            best = max(weight, known.weight) if known else weight
            others = synonyms(token.term)
            if spelling := in_kana(token.term):
                others |= {spelling}
            if near and idf(token.term) >= idf("\0"):
                others |= near(token.term)
            terms[token.term] = Term(token.term, others, best, _is_name(token), compounds(token.term))
    for date in dates:
        main = f"@{date.year}" if date.month is None else f"@{date.year}-{date.month:02d}"
        terms[main] = Term(main, frozenset({f"@{date.year}"}) - {main}, idf(main) + 1.0, True)
    return tuple(terms.values())


def predicate_of(text: str) -> str:
    """The last verb or verbal noun (設立, 立ち上げる) that says what happened; "" when there is none."""
    verbs = [
        t
        for t in tokenize(text)
        if t.is_content and (t.pos == "動詞" or t.kind == "サ変可能") and t.term not in _ASKING
    ]
    return verbs[-1].term if verbs else ""


def focus_of(text: str) -> tuple[str, ...]:
    """Terms of the noun phrase that is asked for: the one before は/が/を that stands nearest to the question word.

    What itself asks (何人が) is none; then it is another one of that clause, if any.
    """
    tokens = tokenize(text)
    ends = [i for i, t in enumerate(tokens) if t.surface in ("は", "が", "を", "も") and t.pos == "助詞"]
    asks, j = False, len(tokens)
    for i in reversed(ends):
        if asks and any(t.surface == "、" for t in tokens[i:j]):
            break
        phrase: list[str] = []
        j = i - 1
        while j >= 0 and tokens[j].pos in ("名詞", "接尾辞", "接頭辞", "形状詞"):
            if tokens[j].is_content:
                phrase.append(tokens[j].term)
            j -= 1
        asks = tokens[j + 1].surface == "何"
        if phrase and not asks and not _MEASURE.search(text[tokens[j + 1].start : tokens[i].start]):
            return tuple(reversed(phrase))
    return ()
