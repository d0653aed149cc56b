"""Settings side by side: `tenkyo eval FILE… --sweep sweep.toml`. Every variant answers the same questions; the first is the one compared with."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import time
import tomllib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.console import Console
from rich.table import Table

from assistant.chain import ChainSettings
from assistant.compose import MAX_CHUNK_TOKENS, Tuning, ingest_plan, make_embedder
from assistant.settings import Settings
from corpus.errors import TenkyoError
from eval import run
from eval.bootstrap import Difference, Estimate
from eval.compare import compare
from eval.dataset import Item
from eval.engine import open_local
from eval.errors import EvalError
from eval.folder import REPORT, SUMMARY, RunFolder, run_facts
from eval.report import report_html
from eval.row import Row
from eval.summary import Summary, summarise
from eval.wording import figure_name
from index.builder import Builder, writer_lock
from index.embedder import Embedder
from index.ledger import Ledger
from index.retriever import RetrieverSettings

RESULT = "sweep.json"
FIGURES = ("right", "accuracy", "cite_recall", "abstain_right", "retrieval.fused.recall@1", "retrieval.fused.mrr@10")


class Variant(BaseModel):
    """What differs from the installation; what is not named is as it is there. `llm = ""` is the built-in reader."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    chunk_tokens: int = Field(default=MAX_CHUNK_TOKENS, ge=20, le=2000)
    fusion: Literal["scores", "ranks"] = RetrieverSettings().fusion
    rrf_k: int = Field(default=RetrieverSettings().rrf_k, ge=1)
    lexical_weight: float = Field(default=RetrieverSettings().weights["lexical"], ge=0)
    dense_weight: float = Field(default=RetrieverSettings().weights["dense"], ge=0)
    rerank_depth: int = Field(default=RetrieverSettings().rerank_depth, ge=1)
    top_k: int = Field(default=ChainSettings().top_k, ge=1, le=100)
    max_pages: int = Field(default=ChainSettings().max_pages, ge=1, le=100)
    embedding: str | None = None
    reranker: str | None = None
    llm: str | None = None

    @property
    def tuning(self) -> Tuning:
        weights = {"lexical": self.lexical_weight, "dense": self.dense_weight}
        retriever = RetrieverSettings(
            fusion=self.fusion, weights=weights, rrf_k=self.rrf_k, rerank_depth=self.rerank_depth
        )
        return Tuning(self.chunk_tokens, retriever, ChainSettings(top_k=self.top_k, max_pages=self.max_pages))

    def settings(self, base: Settings) -> Settings:
        named = {name: getattr(self, name) for name in ("embedding", "reranker", "llm")}
        return base.model_copy(update={name: value for name, value in named.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Outcome:
    """A variant's figures, what they cost, and how they differ from the first variant's (new minus first)."""

    name: str
    figures: dict[str, Estimate]
    differences: dict[str, Difference]
    index_s: float
    ask_ms: dict[str, float]
    tokens: dict[str, int] = field(default_factory=dict)


def read_variants(path: Path) -> list[Variant]:
    """The variants of a sweep file, at least two with names of their own. Raises EvalError."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        variants = [Variant.model_validate(one) for one in found["variant"]]
    except OSError as error:
        raise EvalError(f"{path} を読めません（{error.strerror}）。ファイルの名前と権限を確かめてください。") from error
    except (KeyError, TypeError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EvalError(f"{path} を読めません（{error}）。[[variant]] を二つ以上書いてください。") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise EvalError(f"{path} の {where} が違います（{first['msg']}）。直してください。") from error
    if len(variants) < 2 or len({v.name for v in variants}) < len(variants):
        raise EvalError(f"{path} には、名前の違う [[variant]] を二つ以上書いてください。")
    return variants


def main(files: Sequence[Path], sweep: Path, report: Path | None, settings: Settings, sample: int = 0) -> int:
    """Exit code 0, or 2 after a known error. `report` gets a folder for every variant's run, and `sweep.json`."""
    try:
        variants = read_variants(sweep)
        with run.steps() as step:
            items, base = run.prepared(files, settings, step, sample)
            done: list[tuple[Outcome, list[Row]]] = []
            for variant in variants:
                folder = report / _folder_name(variant.name) if report else None
                first = done[0][1] if done else None
                done.append(_measured(variant, items, files, (settings, base.home), folder, first, step))
    except (TenkyoError, EvalError) as error:
        print(f"エラー: {error.message}", file=sys.stderr)
        return 2
    outcomes = [outcome for outcome, _ in done]
    if report:
        text = json.dumps([asdict(o) for o in outcomes], ensure_ascii=False, indent=1)
        (report / RESULT).write_text(text, encoding="utf-8")
    console = Console()
    for table in sweep_tables(outcomes, len(items)):
        console.print(table, highlight=False)
    return 0


def _folder_name(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in name)


def _measured(
    variant: Variant,
    items: Sequence[Item],
    files: Sequence[Path],
    place: tuple[Settings, Path],
    report: Path | None,
    first: Sequence[Row] | None,
    step: run.Step,
) -> tuple[Outcome, list[Row]]:
    """`place` are the installation's settings, where the models lie, and the home of the index of the items' documents."""
    settings, base = variant.settings(place[0]), place[1]
    tuning = variant.tuning
    embedder = make_embedder(settings)
    begun = time.monotonic()
    home = _index_home(base, tuning.chunk_tokens, place[0].embedding, settings.embedding)
    if home != base:
        _build(base, settings.model_copy(update={"home": home}), tuning.chunk_tokens, embedder, step)
    index_s = time.monotonic() - begun
    with closing(open_local(settings.model_copy(update={"home": home}), embedder, tuning)) as engine:
        facts = run_facts(items, files, settings, engine.facts)
        folder = RunFolder(report, facts)
        run.ask_all(items, engine, folder, lambda _, done, total: step(variant.name, done, total))
        summary = summarise(folder.rows)
        comparison = compare(first, folder.rows) if first is not None else None
        if report:
            html = report_html(facts, folder.rows, summary, comparison, (), engine.page_text)
            folder.write(REPORT, html)
            folder.write(SUMMARY, summary.model_dump_json(indent=1))
    differences = comparison.differences if comparison else {}
    figures = {name: found for name in FIGURES if (found := _estimate(summary, name))}
    chosen = {name: differences[name] for name in FIGURES if name in differences}
    return Outcome(variant.name, figures, chosen, round(index_s, 1), summary.latency_ms, summary.tokens), folder.rows


def _estimate(summary: Summary, name: str) -> Estimate | None:
    head, _, rest = name.partition(".")
    if head != "retrieval":
        return summary.metrics.get(name)
    leg, _, metric = rest.partition(".")
    return summary.retrieval.get(leg, {}).get(metric)


def _index_home(base: Path, chunk_tokens: int, installed: str, embedding: str) -> Path:
    """The home whose index the installation made where that one will do, else one of the variant's own."""
    if chunk_tokens == MAX_CHUNK_TOKENS and embedding == installed:
        return base
    digest = hashlib.sha256(f"{chunk_tokens} {embedding}".encode()).hexdigest()[:12]
    return base / "eval" / f"sweep-{digest}"


def _build(base: Path, settings: Settings, chunk_tokens: int, embedder: Embedder, step: run.Step) -> None:
    """The same documents, from the ledger of `base`, chunked and embedded anew; known vectors are taken over."""
    home = settings.home
    home.mkdir(parents=True, exist_ok=True)
    (home / "ledger.sqlite3").unlink(missing_ok=True)
    with closing(Ledger(base / "ledger.sqlite3", read_only=True)) as ledger:
        ledger.copy_to(home / "ledger.sqlite3")
    cache = "embeddings.sqlite3"
    if not (home / cache).exists() and (base / cache).exists():
        shutil.copyfile(base / cache, home / cache)
    with writer_lock(home, 1):
        builder = Builder(ingest_plan(settings, chunk_tokens), lambda: embedder, step)
        try:
            builder.ingest([], "path", fingerprint=embedder.fingerprint)
        finally:
            builder.close()


def sweep_tables(outcomes: Sequence[Outcome], n: int) -> tuple[Table, Table]:
    """A line for every variant with its figures and cost; a line for every figure that differs from the first variant's."""
    costs = _table(
        f"構成の比較（{n}問）", "構成", "正答", "95%区間", "検索R@1", "控え", "中央値", "95%点", "索引", "トークン"
    )
    for one in outcomes:
        right, found, kept = (one.figures.get(k) for k in ("right", "retrieval.fused.recall@1", "abstain_right"))
        costs.add_row(
            one.name,
            _mean(right),
            f"{right.low:.2f}〜{right.high:.2f}" if right else "—",
            _mean(found),
            _mean(kept),
            *(f"{one.ask_ms[p]:.0f}ms" if p in one.ask_ms else "—" for p in ("p50", "p95")),
            f"{one.index_s:.0f}秒",
            f"{sum(one.tokens.values()):,}" if one.tokens else "—",
        )
    changes = _table(f"「{outcomes[0].name}」との差", "構成", "指標", "差", "95%区間", "p")
    for one in outcomes[1:]:
        for name, d in one.differences.items():
            if d.won or d.lost:
                row = (f"{d.difference:+.3f}", f"{d.low:+.3f}〜{d.high:+.3f}", f"{d.p:.3f}")
                changes.add_row(one.name, figure_name(name), *row)
    return costs, changes


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", padding=(0, 0))
    for n, column in enumerate(columns):
        table.add_column(column, justify="right" if n else "left", no_wrap=True, overflow="fold")
    return table


def _mean(found: Estimate | None) -> str:
    return f"{found.mean:.3f}" if found else "—"
