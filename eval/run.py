"""The main path of `tenkyo eval`: items → answers → rows → figures → report → gate."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from assistant.compose import make_embedder
from assistant.settings import Settings
from corpus.errors import TenkyoError
from eval.ask import ask_item
from eval.beir import is_beir, read_beir
from eval.compare import Comparison, compare
from eval.dataset import Item, check, read_items, require_unique
from eval.engine import Engine, open_local
from eval.errors import EvalError
from eval.folder import REPORT, SUMMARY, RunFolder, baseline_rows, run_facts
from eval.gate import failures, read_limits
from eval.judge import Agreement, agreement, make_judge
from eval.own_index import build_index, own_settings
from eval.remote import RemoteEngine
from eval.report import report_html
from eval.squad import is_squad, read_squad
from eval.summary import Summary, summarise
from eval.table import comparison_tables, judge_line, summary_tables
from index.embedder import Embedder

Step = Callable[[str, int, int], None]


def main(
    files: Sequence[Path],
    report: Path | None,
    baseline: Path | None,
    gate: bool,
    settings: Settings,
    *,
    url: str = "",
    key: str = "",
    sample: int = 0,
    judge: str = "",
) -> int:
    """Exit code: 0; 1 when the gate failed; 2 after a known error, told in one Japanese line.

    `url` asks a server instead of this process, `sample` takes so many of the items (seed 0), `judge` is a language model whose
    agreement with the metric is told.
    """
    try:
        with steps() as step:
            done = _run(files, report, baseline, gate, settings, step, url, key, sample, judge)
        console = Console()
        for part in (*summary_tables(done.summary), *(comparison_tables(done.comparison) if done.comparison else ())):
            console.print(part, soft_wrap=isinstance(part, str), highlight=False)
        if done.judged:
            console.print(judge_line(done.judged), soft_wrap=True, highlight=False)
        if report:
            console.print(f"報告: {report / REPORT}", soft_wrap=True, highlight=False)
        for line in done.failures:
            print(f"関門: {line}", file=sys.stderr)
        return 1 if done.failures else 0
    except (TenkyoError, EvalError) as error:
        print(f"エラー: {error.message}", file=sys.stderr)
        return 2


@dataclass(frozen=True, slots=True)
class Done:
    """What a run found out; `failures` are the gate's."""

    summary: Summary
    comparison: Comparison | None
    failures: tuple[str, ...]
    judged: Agreement | None


def _shape(files: Sequence[Path]) -> str:
    """The shape of the sets, which is also their section of gates.toml. Raises EvalError when they differ or there is none."""
    if not files:
        raise EvalError(
            "問いの集まりがありません。`tenkyo eval eval/datasets/*.jsonl` のように、ファイルを指定してください。"
        )
    found = {"beir" if is_beir(path) else "squad" if is_squad(path) else "items" for path in files}
    if len(found) > 1:
        raise EvalError(
            "SQuADの形（.json）、BEIRの形（フォルダー）、問いの集まり（.jsonl）は、別々に実行してください。"
        )
    return found.pop()


def _run(
    files: Sequence[Path],
    report: Path | None,
    baseline: Path | None,
    gate: bool,
    settings: Settings,
    step: Step,
    url: str,
    key: str,
    sample: int,
    judge: str,
) -> Done:
    before = baseline_rows(baseline) if baseline else None
    limits = read_limits(_shape(files)) if gate else None
    judging = make_judge(judge, settings) if judge else None
    items, engine = _open(files, settings, step, url, key)
    with closing(engine):
        _require_sound(items, engine)
        items = _sampled(items, sample)
        facts = run_facts(items, files, settings, engine.facts)
        folder = RunFolder(report, facts)
        if folder.rows:
            print(f"中断した評価の続きから始めます（{len(folder.rows)}問は済み）。", file=sys.stderr)
        ask_all(items, engine, folder, step)
        summary = summarise(folder.rows)
        comparison = compare(before, folder.rows) if before is not None else None
        stopped = tuple(failures(summary, comparison, limits)) if limits else ()
        judged = agreement(folder.rows, judging, step) if judging else None
        if report:
            folder.write(
                REPORT, report_html(facts, folder.rows, summary, comparison, stopped, engine.page_text, judged)
            )
        folder.write(SUMMARY, summary.model_dump_json(indent=1))
    return Done(summary, comparison, stopped, judged)


def _open(files: Sequence[Path], settings: Settings, step: Step, url: str, key: str) -> tuple[list[Item], Engine]:
    """The items and what answers them. Raises EvalError."""
    if not url:
        items, base, embedder = _read(files, settings, step)
        return items, open_local(base, embedder)
    if _shape(files) != "items":
        raise EvalError(
            "SQuADやBEIRの形の集まりは、専用の索引を作るため --url では測れません。--url なしで実行してください。"
        )
    items = [item for path in files for item in read_items(path)]
    require_unique(items)
    return items, RemoteEngine(url, key)


def prepared(files: Sequence[Path], settings: Settings, step: Step, sample: int) -> tuple[list[Item], Settings]:
    """The items, sound, with the settings whose index they are asked of. Raises EvalError."""
    items, base, embedder = _read(files, settings, step)
    with closing(open_local(base, embedder)) as engine:
        _require_sound(items, engine)
    return _sampled(items, sample), base


def _sampled(items: list[Item], sample: int) -> list[Item]:
    return random.Random(0).sample(items, min(sample, len(items))) if sample else items


def _read(files: Sequence[Path], settings: Settings, step: Step) -> tuple[list[Item], Settings, Embedder]:
    """The items, and the settings and model to ask them with; a set that brings its passages is indexed on its own first."""
    shape = _shape(files)
    own = own_settings(settings, files, shape)
    if shape == "items":
        items = [item for path in files for item in read_items(path)]
    elif shape == "squad":
        items = read_squad(files, own.documents)
    else:
        items = [item for path in files for item in read_beir(path, own.documents)]
    require_unique(items)
    embedder = make_embedder(settings)
    if shape == "items":
        return items, settings, embedder
    build_index(own, embedder, step)
    return items, own, embedder


def _require_sound(items: Sequence[Item], engine: Engine) -> None:
    """Raises EvalError when a page or a quote is not there: the items are of other documents, or wrong."""
    problems = check(items, engine.page_text)
    if problems:
        more = f"（ほか{len(problems) - 1}件。`python -m eval.check` で全部を見られます）" if len(problems) > 1 else ""
        raise EvalError(f"{problems[0]}文書と問いが合っているか確かめてください。{more}")


def ask_all(items: Sequence[Item], engine: Engine, folder: RunFolder, step: Step) -> None:
    """Adds a row for every item that the folder has none of."""
    done = {row.id for row in folder.rows}
    waiting = [item for item in items if item.id not in done]
    for number, item in enumerate(waiting, len(done)):
        step("質問", number, len(items))
        folder.add(ask_item(item, engine))
    step("質問", len(items), len(items))


@contextmanager
def steps() -> Iterator[Step]:
    """A progress bar on stderr, a line for every step."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def show(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name)
            bars.update(tasks[name], completed=done, total=total)

        yield show
