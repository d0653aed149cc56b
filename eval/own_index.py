"""Sets that bring their own passages: these become the pages of documents, indexed apart from the documents of the settings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from assistant.compose import ingest_plan
from assistant.settings import Settings
from eval.errors import EvalError
from index.builder import Builder, writer_lock
from index.embedder import Embedder
from index.survey import Progress


def own_settings(settings: Settings, files: Sequence[Path], shape: str) -> Settings:
    """The settings with a home and a documents folder of the set's own, under the home that is configured."""
    digest = hashlib.sha256("\n".join(str(f.resolve()) for f in files).encode()).hexdigest()[:12]
    home = settings.home / "eval" / f"{shape}-{digest}"
    return settings.model_copy(update={"home": home, "documents": home / "documents"})


def write_pages(path: Path, pages: Sequence[str]) -> None:
    """A text file with these pages; the page of index n has the label n + 1."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\f".join(p.replace("\f", " ") for p in pages), encoding="utf-8")


def build_index(settings: Settings, embedder: Embedder, progress: Progress) -> None:
    """Indexes the passages; what was embedded before is not embedded again. Raises EvalError and the builder's errors."""
    with writer_lock(settings.home, 1):
        builder = Builder(ingest_plan(settings), lambda: embedder, progress)
        report = builder.ingest([settings.documents], "folder", fingerprint=embedder.fingerprint)
        builder.close()
    if report.failed:
        raise EvalError(f"{report.failed[0][0]} を取り込めません（{report.failed[0][1]}）。")
