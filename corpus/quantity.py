"""Amounts and counts with unit and scale: 289,452千円, 68億5000万円, 3.3万人, 20万台/年, 12.9%, 197.7ha."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.fold import Folded, fold
from corpus.numeral import KANJI, NUMBER, parse_numeral

# Surface unit → (canonical unit, factor). Scaled units of money and counts fold into the base unit.
_UNITS: dict[str, tuple[str, int]] = {
    "円": ("円", 1), "千円": ("円", 10**3), "万円": ("円", 10**4), "百万円": ("円", 10**6), "億円": ("円", 10**8), "兆円": ("円", 10**12),
    "ドル": ("ドル", 1), "$": ("ドル", 1), "ユーロ": ("ユーロ", 1), "€": ("ユーロ", 1), "マルク": ("マルク", 1), "ポンド": ("ポンド", 1), "元": ("元", 1),
    "人": ("人", 1), "名": ("人", 1), "千人": ("人", 10**3), "万人": ("人", 10**4),
    "%": ("%", 1), "パーセント": ("%", 1), "ポイント": ("ポイント", 1), "pp": ("ポイント", 1), "割": ("割", 1),
    "台": ("台", 1), "万台": ("台", 10**4), "ヘクタール": ("ha", 1), "ha": ("ha", 1), "平方キロメートル": ("km2", 1), "平方キロ": ("km2", 1), "km2": ("km2", 1),
    "m2": ("m2", 1), "平米": ("m2", 1), "平方メートル": ("m2", 1), "トン": ("t", 1), "t": ("t", 1), "か所": ("箇所", 1), "カ所": ("箇所", 1), "ヶ所": ("箇所", 1),
    "箇所": ("箇所", 1), "ヵ所": ("箇所", 1), "か月": ("か月", 1), "カ月": ("か月", 1), "ヶ月": ("か月", 1), "ヵ月": ("か月", 1), "年間": ("年間", 1),
    "か年": ("年間", 1), "ヵ年": ("年間", 1), "カ年": ("年間", 1), "ヶ年": ("年間", 1), "か国": ("か国", 1), "カ国": ("か国", 1), "ヶ国": ("か国", 1),
}  # fmt: skip
_PLAIN = (
    "社 件 店 校 戸 棟 台 隻 機関 団体 事業所 工場 拠点 施設 大学 自治体 市町村 都道府県 県 市 町 村 品目 製品 種類 種 項目 分野 回 期 倍 歳 世帯 組 グループ 会員 "
    "時間 分 秒 週間 日間 泊 mw kw gw mm cm km kg g ml l 点 位 本 枚 冊 席 室 床 講座 コース プロジェクト 事業 テーマ 部会 号 "
    "地域 地区 区画 類型 パターン つ 段階 部 章 頁 ページ クラスター 企業"
).split()
_UNITS |= {unit: (unit, 1) for unit in _PLAIN if unit not in _UNITS}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?P<number>(?<![\d.,a-z])(?:{NUMBER}))\s*(?P<unit>{_UNIT})?(?!\d)|(?P<kanji>(?<![一-龠]){KANJI})\s*(?P<kunit>{_UNIT})"
)
_TABLE_UNIT = re.compile(
    rf"[(（\[]\s*(?:単位\s*[:：]?\s*)?(?P<unit>{_UNIT})\s*[)）\]]|単位\s*[:：]\s*(?P<bare>{_UNIT})"
)
UNIT_WORDS = tuple(_UNITS)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in the base `unit` ("" for a bare number); `start:end` are code points of the searched text."""

    start: int
    end: int
    value: Decimal
    unit: str


def canonical_unit(unit: str) -> tuple[str, int] | None:
    """(base unit, factor) of a written unit, e.g. 千円 → (円, 1000); None when unknown."""
    return _UNITS.get(fold(unit, drop_space=True).text)


def find_quantities(text: str | Folded) -> tuple[Quantity, ...]:
    """Every number with its unit, in reading order. Dates are numbers too: callers that care take them out first."""
    folded = fold(text) if isinstance(text, str) else text
    found = []
    for match in _AMOUNT.finditer(folded.text):
        number = match["number"] or match["kanji"]
        unit = match["unit"] or match["kunit"] or ""
        value = parse_numeral(number)
        if value is None:
            continue
        base, factor = _UNITS.get(unit, ("", 1))
        end = match.end("unit") if match["unit"] else match.end("kunit") if match["kunit"] else match.end("number")
        start_o, end_o = folded.original(match.start(), end)
        found.append(Quantity(start_o, end_o, value * factor, base))
    return tuple(found)


def header_unit(text: str) -> tuple[str, int] | None:
    """The unit that a table header or caption declares: 事業費（千円）, 単位：億円 → (円, factor)."""
    match = _TABLE_UNIT.search(fold(text).text)
    return _UNITS[match["unit"] or match["bare"]] if match else None
