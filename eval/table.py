"""Figures on the terminal."""

from __future__ import annotations

from rich.table import Table

from eval.bootstrap import Estimate
from eval.compare import Comparison
from eval.summary import Summary
from eval.wording import BASELINE_NAMES, LEG_NAMES, METRIC_NAMES


def summary_table(summary: Summary) -> Table:
    """Every figure with its interval and its number of items."""
    table = Table(title=f"{summary.items}問" + (f"（エラー{summary.errors}問）" if summary.errors else ""))
    for column in ("指標", "値", "95%区間", "n"):
        table.add_column(column, justify="left" if column == "指標" else "right", no_wrap=True)
    for name, label in METRIC_NAMES.items():
        _add(table, label, summary.metrics.get(name))
    for name, label in BASELINE_NAMES.items():
        _add(table, f"比較: {label}", summary.baselines.get(name))
    table.add_section()
    for group in ("kind", "style"):
        for name, found in summary.groups[group].items():
            _add(table, f"{group}.{name}", found)
    table.add_section()
    for leg, label in LEG_NAMES.items():
        for metric, found in summary.retrieval.get(leg, {}).items():
            _add(table, f"検索 {label} {metric}", found)
    table.add_section()
    for name, value in (("auroc", summary.auroc), ("auroc_abstain", summary.auroc_abstain)):
        table.add_row(METRIC_NAMES.get(name, name), "—" if value is None else f"{value:.3f}", "", "")
    table.add_row("応答時間 ms", " ".join(f"{k} {v:.0f}" for k, v in summary.latency_ms.items()), "", "")
    return table


def _add(table: Table, label: str, found: Estimate | None) -> None:
    if found:
        table.add_row(label, f"{found.mean:.3f}", f"{found.low:.3f}〜{found.high:.3f}", str(found.n))


def comparison_table(comparison: Comparison) -> Table:
    """Paired differences and the items that flipped."""
    title = f"基準との差（共通{comparison.n}問、正解になった: {len(comparison.gained)}、誤りになった: {len(comparison.lost)}）"
    flipped = f"＋ {' '.join(comparison.gained) or 'なし'}\n− {' '.join(comparison.lost) or 'なし'}"
    table = Table(title=title, caption=flipped, caption_justify="left")
    for column in ("指標", "差", "95%区間", "p"):
        table.add_column(column, justify="left" if column == "指標" else "right", no_wrap=True)
    for name, d in comparison.differences.items():
        table.add_row(
            METRIC_NAMES.get(name, name), f"{d.difference:+.3f}", f"{d.low:+.3f}〜{d.high:+.3f}", f"{d.p:.3f}"
        )
    return table
