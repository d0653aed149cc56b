"""Amounts and counts with unit and scale: 289,452千円, 68億5000万円, 3.3万人, 20万台/年, 12.9%, 197.7ha."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.fold import Folded, fold, key
from corpus.numeral import KANJI, NUMBER, parse_numeral
from corpus.tokenizer import tokenize

# Surface unit → (canonical unit, factor). Scaled units of money and counts fold into the base unit.
_UNITS: dict[str, tuple[str, int]] = {
    "円": ("円", 1), "千円": ("円", 10**3), "万円": ("円", 10**4), "百万円": ("円", 10**6), "億円": ("円", 10**8), "兆円": ("円", 10**12),
    "ドル": ("ドル", 1), "米ドル": ("ドル", 1), "$": ("ドル", 1), "ユーロ": ("ユーロ", 1), "€": ("ユーロ", 1), "マルク": ("マルク", 1), "ドイツマルク": ("マルク", 1), "ポンド": ("ポンド", 1), "元": ("元", 1),
    "人": ("人", 1), "名": ("人", 1), "千人": ("人", 10**3), "万人": ("人", 10**4),
    "%": ("%", 1), "パーセント": ("%", 1), "ポイント": ("ポイント", 1), "%ポイント": ("ポイント", 1), "pp": ("ポイント", 1), "割": ("割", 1),
    "台": ("台", 1), "万台": ("台", 10**4), "ヘクタール": ("ha", 1), "ha": ("ha", 1), "平方キロメートル": ("km2", 1), "平方キロ": ("km2", 1), "km2": ("km2", 1),
    "m2": ("m2", 1), "平米": ("m2", 1), "平方メートル": ("m2", 1), "トン": ("t", 1), "t": ("t", 1), "か所": ("箇所", 1), "カ所": ("箇所", 1), "ヶ所": ("箇所", 1),
    "箇所": ("箇所", 1), "ヵ所": ("箇所", 1), "ケ所": ("箇所", 1), "ケ月": ("か月", 1), "か月": ("か月", 1), "カ月": ("か月", 1), "ヶ月": ("か月", 1), "ヵ月": ("か月", 1), "年間": ("年間", 1),
    "か年": ("年間", 1), "ヵ年": ("年間", 1), "カ年": ("年間", 1), "ヶ年": ("年間", 1), "か国": ("か国", 1), "カ国": ("か国", 1), "ヶ国": ("か国", 1), "ヵ国": ("か国", 1),
    "ケ年": ("年間", 1), "ケ国": ("か国", 1), "分間": ("分", 1), "秒間": ("秒", 1),
    "kw": ("kw", 1), "mw": ("kw", 10**3), "gw": ("kw", 10**6), "kwh": ("kwh", 1), "mwh": ("kwh", 10**3), "gwh": ("kwh", 10**6),
}  # fmt: skip
_PLAIN = (
    "社 件 個 店 校 戸 棟 台 隻 機関 団体 事業所 工場 拠点 施設 大学 自治体 市町村 都道府県 県 市 町 村 品目 製品 種類 種 項目 分野 回 期 倍 歳 世帯 組 グループ 会員 "
    "時間 分 秒 週間 日間 泊 mm cm km kg g ml l 点 位 本 枚 冊 席 室 床 講座 コース プロジェクト 事業 テーマ 部会 号 "
    "地域 地区 区画 類型 パターン つ 段階 部 章 頁 ページ クラスター 企業"
).split()
_UNITS |= {unit: (unit, 1) for unit in _PLAIN if unit not in _UNITS}
_PREFIXES = {"$": "ドル", "€": "ユーロ", "£": "ポンド", "¥": "円"}


def _unit_pattern(unit: str) -> str:
    """A Latin unit ends where the word ends (5 members are no metres); 3分の2 is no minutes."""
    end = r"(?![a-z\d])" if unit[-1].isascii() and unit[-1].isalnum() else r"(?!の\s*\d)" if unit == "分" else ""
    return re.escape(unit) + end


_UNIT = "|".join(map(_unit_pattern, sorted(_UNITS, key=len, reverse=True)))
# 7, 500名: text taken out of a PDF may carry a blank after the thousands comma. Numbers of pages stand in such lists for themselves.
_SPACED = rf"\d{{1,3}}(?:, \d{{3}}){{1,4}}(?![\d,.])(?=\s*(?!頁|ページ|号|章|部|期|回|位)(?:{_UNIT}))"
_SCALES = "十百千万億兆"
# Units that the tokenizer leaves in one word with a kanji numeral that does count: 二人, 三県.
_FUSED = frozenset("人 名 つ 社 校 件 県 市 町 村".split())
# Cells that the extraction ran together: 412,907583,116 is 412,907 and 583,116, for a thousand has three digits.
_GROUPED = r"\d{1,3}(?:,\d{3})+(?!\d)"
_GLUED = rf"\d{{1,3}}(?:,\d{{3}})+(?={_GROUPED})"
# A number does not start within another one, nor is it a part of a fraction (¼); after a comma a year or a small number is the next of a list (10，20社).
_START = rf"(?:(?<![\da-z⁄])(?<!\d\.)(?<!\d/)(?:(?<!\d,)|(?=(?:[1-9]\d?|(?:1[89]|20)\d\d)(?!\d)))|(?<=,\d{{3}})(?={_GROUPED}))"
_AMOUNT = re.compile(
    rf"(?:(?P<prefix>[{''.join(_PREFIXES)}])\s*)?{_START}(?P<number>{_GLUED}|(?:{_SPACED}|{NUMBER})(?![\d⁄]|,\d{{4}}|/\d))(?:\s*(?P<unit>{_UNIT}))?"
    rf"|(?<![数何幾〇一二三四五六七八九{_SCALES}\d])(?P<kanji>{KANJI})\s*(?P<kunit>{_UNIT})"
)
_TABLE_UNIT = re.compile(
    rf"(?!\(社\)\s*\w)[(\[]\s*(?:単位\s*:?\s*)?(?P<unit>[{_SCALES}]*(?:{_UNIT}))\s*[)\]]|単位(?:\s*:\s*|\s+)(?P<bare>[{_SCALES}]*(?:{_UNIT}))"
)
_NO_AMOUNT = re.compile(r"目(?![標的指])|\s*(?:当た?り|あたり)")
UNIT_WORDS = tuple(_UNITS)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in the base `unit` ("" for a bare number); `start:end` are code points of the searched text.

    Numbers that are not `counted` say no amount: 第3回, 5回目, 1人当たり.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    counted: bool = True

    def written(self, text: str) -> str:
        """The quantity as the searched text writes it, without blanks."""
        return re.sub(r"\s+", "", text[self.start : self.end])


def canonical_unit(unit: str) -> tuple[str, int] | None:
    """(base unit, factor) of a written unit, e.g. 千円 → (円, 1000), 十億ドル → (ドル, 1000000000); None when unknown."""
    written = key(unit)
    if written in _UNITS:
        return _UNITS[written]
    bare = written.lstrip(_SCALES)
    scale = parse_numeral(written[: len(written) - len(bare)])
    if scale is None or bare not in _UNITS:
        return None
    base, factor = _UNITS[bare]
    return base, factor * int(scale)


def _is_word(text: str, match: re.Match[str]) -> bool:
    """Is the unit of a match a word of its own? 3人材 counts no people, 八戸市 no houses, and 一部 is no number."""
    end = match.end()
    kanji = match["kanji"]
    if not kanji and not ("一" <= text[end : end + 1] <= "龠"):
        return True
    start = max(0, match.start() - 4)
    number = (match.start("kanji") if kanji else match.start("number")) - start
    unit = (match.start("kunit") if kanji else match.start("unit")) - start
    for token in tokenize(text[start : end + 6]):
        if token.start < end - start < token.end:
            return False
        if kanji and token.start < number < token.end:
            return False
        if kanji and token.start < unit < token.end:
            return token.start >= number and token.end == end - start and match["kunit"] in _FUSED
    return True


def _declares(text: str, match: re.Match[str]) -> bool:
    """A scale that stands alone as the unit of a table: (千円), 単位：百万ポンド."""
    if not match["kanji"] or match["kanji"].strip(_SCALES):
        return False
    before = text[max(0, match.start() - 4) : match.start()].rstrip()
    after = text[match.end() : match.end() + 4].lstrip()
    return after.startswith((")", "]")) or before.endswith(("(", "[", ":", "単位"))


def find_quantities(text: str | Folded) -> tuple[Quantity, ...]:
    """Every number with its unit, in reading order. Dates are numbers too: callers that care take them out first."""
    folded = fold(text) if isinstance(text, str) else text
    found = []
    for match in _AMOUNT.finditer(folded.text):
        value = parse_numeral(match["number"] or match["kanji"])
        unit, end = match["unit"] or match["kunit"] or "", match.end()
        if unit and not _is_word(folded.text, match):
            if match["kanji"]:
                continue
            unit, end = "", match.end("number")
        if value is None or _declares(folded.text, match):
            continue
        base, factor = _UNITS.get(unit, (_PREFIXES.get(match["prefix"] or "", ""), 1))
        before = folded.text[max(0, match.start() - 4) : match.start()].rstrip()
        counted = not before.endswith("第") and not _NO_AMOUNT.match(folded.text, end)
        start_o, end_o = folded.original(match.start(), end)
        found.append(Quantity(start_o, end_o, value * factor, base, counted))
    return tuple(found)


def header_unit(text: str) -> tuple[str, int] | None:
    """The unit that a table header or caption declares: 事業費（千円）, 単位：億円 → (円, factor)."""
    match = _TABLE_UNIT.search(fold(text).text)
    return canonical_unit(match["unit"] or match["bare"]) if match else None
