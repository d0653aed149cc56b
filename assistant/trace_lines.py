"""A trace to read on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.explain import FoundPassage, QueryForms, ReadUnit, Trace
from assistant.wording import clip

_SHOWN = 90  # characters of a passage or unit
KINDS = {
    "date": "日付", "amount": "金額", "number": "数", "person": "人物", "name": "名前", "list": "列挙", "comparison": "比較",
    "calculation": "計算", "definition": "定義", "reason": "理由", "open": "そのほか",
}  # fmt: skip
LEGS = {"lexical": "BM25", "dense": "ベクトル", "fused": "統合", "rerank": "再順位"}
PARTS = {
    "value": "値がある", "no_value": "値がない", "focus": "問われた語がある", "other_year": "別の年", "prior": "検索の順位", "name": "「」の名",
    "heading": "見出し", "source": "出典の行", "short": "短い", "named": "行・見出しの名", "list_count": "項目の数", "own_year": "問われた年",
    "month": "月日まである", "defines": "定義・理由の文", "typed": "会社名", "verbatim": "語句の一致", "caption": "図表の題", "exact_unit": "問われた単位",
    "other": "そのほか",
}  # fmt: skip


def trace_lines(trace: Trace) -> Iterator[str]:
    """Query, passages, units, checks and decision, in this order."""
    yield "── 問いの読み取り"
    yield from _query_lines(trace.query)
    yield f"── 見つかった箇所（{len(trace.passages)}）"
    yield from map(_passage_line, trace.passages)
    yield f"── 読んだ文・行（{len(trace.pages_read)}ページの{trace.units_read}のうち、上位{len(trace.units)}）"
    for unit in trace.units:
        yield from _unit_lines(unit)
    yield "── 照合"
    for claim in trace.checks:
        verdict = "通過" if claim.kept else f"除外（典拠にない：{'、'.join(claim.missing)}）"
        pages = "、".join(f"{document} {page}" for document, page in claim.pages)
        yield f"   {verdict}：{_line(claim.text)}［{pages or '典拠なし'}］"
    if trace.decision.drafter_dropped:
        yield f"   下書きの段階で除外：{'、'.join(trace.decision.drafter_dropped)}"
    yield "── 判断"
    decision = trace.decision
    yield f"   {'控えた' if decision.abstained else '答えた'}（{decision.reader}）　確信度 {decision.confidence:.3f}　最も合う文の一致度 {decision.best_coverage:.3f}・確からしさ {decision.best_sureness:.3f}"
    yield "   控える基準：" + "　".join(f"{name} {value:g}" for name, value in decision.thresholds.items())


def _query_lines(query: QueryForms) -> Iterator[str]:
    if query.context:
        yield f"   補った前の問い：{query.context}"
    for text in query.searched:
        yield f"   検索した文：{text}"
    told = [f"種類 {KINDS.get(query.kind, query.kind)}"]
    told += [f"年 {'、'.join(map(str, query.years))}"] if query.years else []
    told += [f"単位 {query.unit}"] if query.unit else []
    told += [f"個数 {query.count}"] if query.count else []
    told += [f"「」の名 {'、'.join(query.names)}"] if query.names else []
    told += [f"問われた語 {'・'.join(query.focus)}"] if query.focus else []
    flags = {"英語": query.english, "計算": query.calculates, "比較": query.compares}
    told += [name for name, holds in flags.items() if holds]
    yield "   " + "　".join(told)
    for term in sorted(query.terms, key=lambda t: (-t.weight, t.main)):
        others = f"（{'、'.join(term.others)}）" if term.others else ""
        yield f"   語 {term.weight:5.2f}{'*' if term.is_name else ' '} {term.main}{others}"


def _passage_line(p: FoundPassage) -> str:
    ranks = " ".join(f"{LEGS.get(leg, leg)}={rank}" for leg, rank in p.ranks.items())
    return f"{p.rank:4d}. {p.score:.4f} ({ranks}) {p.document_id} {p.page}：{_line(p.text)}"


def _unit_lines(unit: ReadUnit) -> Iterator[str]:
    yield f"{unit.rank:4d}. {unit.score:.3f} {unit.document_id} {unit.page}：{_line(unit.text)}"
    parts = " ".join(f"{PARTS.get(name, name)}{value:+.2f}" for name, value in unit.parts.items())
    held = " ".join(f"{word}={value:.2f}" for word, value in unit.held.items())
    yield f"      一致度 {unit.coverage:.3f} {parts}　語 {held or 'なし'}"


def _line(text: str) -> str:
    return clip(" ".join(text.split()), _SHOWN)
