"""The report of a run: one HTML file that needs nothing else, in Japanese, to read and to print."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.trace_lines import KINDS, LEGS, PARTS
from corpus.errors import TenkyoError
from eval import plots
from eval.bootstrap import Estimate
from eval.compare import Comparison
from eval.dataset import PageText
from eval.errors import EvalError
from eval.grade import max_chars
from eval.judge import Agreement
from eval.row import Row
from eval.stage import stage_of
from eval.summary import Summary
from eval.wording import (
    BASELINE_LABELS,
    BASELINE_NAMES,
    KIND_NAMES,
    LEG_NAMES,
    METRIC_NAMES,
    STAGE_NAMES,
    STYLE_NAMES,
    figure_name,
)

_AROUND = 160  # characters of the page on either side of a mark
_MAX_CASES = 300
# Characters that would act in a page: controls and direction marks. They are shown by their code.
_ACTING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a page: what stands before the mark, the mark, what stands after it."""

    document_id: str
    page: str
    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class Case:
    """A wrong answer with what explains it; `right_pages` are those that hold the answer."""

    row: Row
    stage: str
    reasons: tuple[str, ...]
    cited: tuple[Shown, ...]
    wanted: tuple[Shown, ...]

    @property
    def right_pages(self) -> frozenset[tuple[str, str]]:
        return frozenset((document, page) for document, page, _ in self.row.evidence)


def report_html(
    facts: Mapping[str, Any],
    rows: Sequence[Row],
    summary: Summary,
    comparison: Comparison | None,
    failures: Sequence[str],
    page_text: PageText,
    judged: Agreement | None = None,
) -> str:
    """The whole file. Texts of documents, questions and answers are escaped by the template."""
    rows = sorted(rows, key=lambda r: r.id)
    wrong = [r for r in rows if r.is_asked and not r.right]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).resolve().parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    html = environment.get_template("report.html.j2").render(
        facts=facts,
        summary=summary,
        comparison=comparison,
        failures=failures,
        judged=judged,
        by_id={r.id: r for r in rows},
        plots=_plots(rows, summary),
        cases=[case(r, page_text) for r in wrong[:_MAX_CASES]],
        wrong=len(wrong),
        uneven=[
            r for r in rows if r.caught is False or (r.right and (r.ungrounded or (r.answerable and not r.cite_recall)))
        ],
        metric_names=METRIC_NAMES,
        baseline_names=BASELINE_NAMES,
        figure_name=figure_name,
        leg_names=LEG_NAMES,
        kind_names=KIND_NAMES,
        style_names=STYLE_NAMES,
        stage_names=STAGE_NAMES,
        part_names=PARTS,
        trace_legs=LEGS,
        trace_kinds=KINDS,
    )
    return _ACTING.sub(lambda m: f"〔U+{ord(m[0]):04X}〕", html)


def _plots(rows: Sequence[Row], summary: Summary) -> list[Markup]:
    names: dict[str, dict[str, str]] = {"kind": KIND_NAMES, "style": STYLE_NAMES, "document": {}}
    titles = {"kind": "問いの種類ごとの正答", "style": "問い方ごとの正答", "document": "文書ごとの正答"}
    found = _beside_baselines(summary)
    found += [
        plots.bars(_named(summary.groups[group], names[group]), titles[group])
        for group in ("kind", "style", "document")
        if summary.groups[group]
    ]
    legs = {label: summary.retrieval[leg] for leg, label in LEG_NAMES.items() if leg in summary.retrieval}
    if legs:
        found.append(plots.dots(legs, "検索の経路ごとの成績（点は平均、線は95%区間）"))
    if summary.risk:
        found.append(
            plots.risk_curve(
                summary.risk, "確信度の高い答えだけを示すとき", "答える割合（全問のうち）", "そのうち誤りの割合"
            )
        )
    times = [r.ms for r in rows if not r.error]
    if times:
        found.append(plots.latency_curve(times, "応答時間", "ミリ秒", "それまでに答えた割合"))
    return found


def _beside_baselines(summary: Summary) -> list[Markup]:
    """The share of right answers above what doing nothing, or no more than searching, would have reached."""
    if "right" not in summary.metrics:
        return []
    others = {BASELINE_LABELS[name]: found for name, found in summary.baselines.items()}
    return [plots.bars({"tenkyo": summary.metrics["right"]} | others, "比べる相手との差（全問での正答）")]


def _named(figures: Mapping[str, Estimate], names: Mapping[str, str]) -> dict[str, Estimate]:
    """The figures under their Japanese names, in the order of the names."""
    ordered = [name for name in names if name in figures]
    return {names[n]: figures[n] for n in ordered} | {n: e for n, e in figures.items() if n not in names}


def case(row: Row, page_text: PageText) -> Case:
    """The marks of a wrong answer on its cited pages and on the pages that hold the answer."""
    cited = [_shown(page_text, c.document_id, c.page, c.start, c.end) for c in row.citations]
    wanted = [_shown_quote(page_text, *place) for place in row.evidence]
    return Case(row, stage_of(row) or "", reasons(row), tuple(filter(None, cited)), tuple(filter(None, wanted)))


def reasons(row: Row) -> tuple[str, ...]:
    """Why the answer counts as wrong, in the grader's words."""
    if row.error:
        return (f"エラー：{row.error}",)
    found = {
        "控えなかった": not row.answerable and not row.abstained,
        "控えた": row.answerable and row.abstained,
        "必要な内容がない": row.answerable and not row.abstained and not row.holds,
        f"言ってはならない語：{'、'.join(row.forbidden)}": bool(row.forbidden),
        f"長すぎる（{row.chars}字）": row.answerable and row.chars > max_chars(row.kind),
        f"典拠にない値：{'、'.join(row.ungrounded or ())}": bool(row.ungrounded),
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _shown(page_text: PageText, document_id: str, page: str, start: int, end: int) -> Shown | None:
    try:
        text = page_text(document_id, page)
    except (TenkyoError, EvalError):
        return None
    before = ("…" if start > _AROUND else "") + text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND] + ("…" if end + _AROUND < len(text) else "")
    return Shown(document_id, page, before, text[start:end], after)


def _shown_quote(page_text: PageText, document_id: str, page: str, quote: str) -> Shown | None:
    try:
        at = page_text(document_id, page).find(quote)
    except (TenkyoError, EvalError):
        return None
    return _shown(page_text, document_id, page, at, at + len(quote)) if at >= 0 else None
