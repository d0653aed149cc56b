"""Figures on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from eval.bootstrap import Estimate
from eval.compare import Comparison
from eval.judge import Agreement
from eval.summary import Summary
from eval.wording import BASELINE_NAMES, LEG_NAMES, METRIC_NAMES, STAGE_NAMES, figure_name


def summary_tables(summary: Summary) -> Iterator[Table | str]:
    """Every figure with its interval and its number of items; the legs of the search; what has no interval."""
    table = _table(
        f"{summary.items}問" + (f"（エラー{summary.errors}問）" if summary.errors else ""),
        ("指標", "値", "95%区間", "n"),
    )
    for name, label in METRIC_NAMES.items():
        _add(table, label, summary.metrics.get(name))
    for name, label in BASELINE_NAMES.items():
        _add(table, f"比較: {label}", summary.baselines.get(name))
    for group in ("kind", "style"):
        table.add_section()
        for name, found in summary.groups[group].items():
            _add(table, f"{group}.{name}", found)
    yield table
    metrics = list(dict.fromkeys(m for found in summary.retrieval.values() for m in found))
    legs = _table("検索（正しいページ）", ("経路", *metrics))
    for leg, label in LEG_NAMES.items():
        if scores := summary.retrieval.get(leg):
            legs.add_row(label, *(f"{scores[m].mean:.3f}" for m in metrics))
    yield legs
    for name, value in (("auroc", summary.auroc), ("auroc_abstain", summary.auroc_abstain)):
        yield f"{METRIC_NAMES[name]}: {'測れません（確信度がないか、片方の問いがありません）' if value is None else f'{value:.3f}'}"
    if summary.tokens:
        yield "トークン（全問）: " + "　".join(f"{name} {n:,}" for name, n in summary.tokens.items())
    if summary.stages:
        yield "誤りの段階: " + "　".join(f"{STAGE_NAMES[name]} {n}" for name, n in summary.stages.items())
    yield "応答時間（ミリ秒）: " + "　".join(f"{k} {v:.0f}" for k, v in summary.latency_ms.items())


def comparison_tables(comparison: Comparison) -> Iterator[Table | str]:
    """Paired differences of the figures that changed, and the items that flipped."""
    table = _table(f"基準との差（共通{comparison.n}問）", ("指標", "差", "95%区間", "p"))
    for name, d in comparison.differences.items():
        if d.won or d.lost:
            table.add_row(figure_name(name), f"{d.difference:+.3f}", f"{d.low:+.3f}〜{d.high:+.3f}", f"{d.p:.3f}")
    yield table if table.row_count else f"基準との差はありません（共通{comparison.n}問）。"
    yield f"正解になった（{len(comparison.gained)}）: {' '.join(comparison.gained) or 'なし'}"
    yield f"誤りになった（{len(comparison.lost)}）: {' '.join(comparison.lost) or 'なし'}"


def judge_line(found: Agreement) -> str:
    """How far the judge sees the answers as the metric does."""
    beyond = "—" if found.kappa is None else f"{found.kappa:.3f}"
    differs = " ".join(one for one, _, _ in found.differs) or "なし"
    return f"{found.judge} による採点との一致 {found.share:.1%}（κ={beyond}、{found.n}問、判定なし{found.unusable}問）。違う: {differs}"


def _table(title: str, columns: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left")
    for n, column in enumerate(columns):
        table.add_column(column, justify="right" if n else "left", no_wrap=True, overflow="fold" if n else "ellipsis")
    return table


def _add(table: Table, label: str, found: Estimate | None) -> None:
    if found:
        table.add_row(label, f"{found.mean:.3f}", f"{found.low:.3f}〜{found.high:.3f}", str(found.n))
