"""Does the gate stop broken builds? `python -m benchmarks.broken_builds FILE… [--reports DIR]`, on the index of the settings."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from assistant.compose import make_drafter, make_embedder
from assistant.settings import Settings, load_settings
from corpus.errors import TenkyoError
from eval.ablation import ABLATIONS, Ablation
from eval.ask import ask_item
from eval.compare import compare
from eval.dataset import Item, read_items
from eval.engine import open_local
from eval.errors import EvalError
from eval.folder import run_facts
from eval.gate import failures, read_limits
from eval.report import report_html
from eval.row import Row
from eval.summary import summarise
from index.embedder import Embedder


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints what stops each build; exit code 1 when the gate lets one through or stops the whole one, 2 after a known error."""
    parser = argparse.ArgumentParser(prog="broken_builds", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--reports", type=Path, help="a report of every build goes here")
    options = parser.parse_args(arguments)
    try:
        settings = load_settings()
        items = [item for path in options.files for item in read_items(path)]
        embedder = make_embedder(settings)
        whole = _run(Ablation("whole", "そのまま"), items, options, settings, embedder, None)
        stopped = [_run(a, items, options, settings, embedder, whole[0]) for a in ABLATIONS]
    except (TenkyoError, EvalError) as error:
        print(f"エラー: {error.message}", file=sys.stderr)
        return 2
    return 0 if not whole[1] and all(found for _, found in stopped) else 1


def _run(
    ablation: Ablation,
    items: Sequence[Item],
    options: argparse.Namespace,
    settings: Settings,
    embedder: Embedder,
    whole: Sequence[Row] | None,
) -> tuple[list[Row], list[str]]:
    """The rows of a build and what stops it by the floors alone; the whole build's rows show in the report what fell."""
    drafter = ablation.drafter(make_drafter(settings))
    with closing(open_local(settings, embedder, ablation.tuning, drafter)) as engine:
        rows = [ask_item(item, engine) for item in items]
        summary = summarise(rows)
        found = failures(summary, None, read_limits("items"))
        print(f"{ablation.name}（{ablation.title}）：{'止まった' if found else '通った'}", *found, sep="\n    ")
        if options.reports:
            options.reports.mkdir(parents=True, exist_ok=True)
            comparison = compare(whole, rows) if whole else None
            facts = run_facts(items, options.files, settings, engine.facts)
            html = report_html(facts, rows, summary, comparison, found, engine.page_text)
            (options.reports / f"{ablation.name}.html").write_text(html, encoding="utf-8")
            lines = "".join(f"{r.model_dump_json(exclude={'trace'})}\n" for r in rows)
            (options.reports / f"{ablation.name}.jsonl").write_text(lines, encoding="utf-8")
            (options.reports / f"{ablation.name}.json").write_text(summary.model_dump_json(indent=1), encoding="utf-8")
    return rows, found


if __name__ == "__main__":
    sys.exit(main())
