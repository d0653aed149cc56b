"""SQuAD-shaped sets (JaQuAD, JSQuAD) as items: their passages become the pages of documents in an index of their own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.compose import ingest_plan
from assistant.settings import Settings
from eval.dataset import Evidence, Item
from eval.errors import EvalError
from index.builder import Builder, Progress, writer_lock
from index.embedder import Embedder


def is_squad(path: Path) -> bool:
    """SQuAD's sets are one JSON object; ours are JSON Lines."""
    return path.suffix == ".json"


def read_squad(files: Sequence[Path], documents: Path) -> list[Item]:
    """Writes each file's distinct passages to `documents` as the pages of one document; the questions in the files' order.

    A question's only relevant page is the one that it was written for; one that is marked impossible is to be abstained from.
    Raises EvalError.
    """
    documents.mkdir(parents=True, exist_ok=True)
    items: list[Item] = []
    for path in files:
        pages: dict[str, int] = {}
        for paragraph in _paragraphs(path):
            passage = str(paragraph["context"]).replace("\f", " ")
            number = pages.setdefault(passage, len(pages) + 1)
            items += [_item(qa, path.stem, str(number)) for qa in paragraph["qas"]]
        (documents / f"{path.stem}.txt").write_text("\f".join(pages), encoding="utf-8")
    return items


def _paragraphs(path: Path) -> list[dict[str, Any]]:
    try:
        articles = json.loads(path.read_text(encoding="utf-8"))["data"]
        paragraphs = [p for article in articles for p in article["paragraphs"]]
        if not all(isinstance(p["context"], str) and isinstance(p["qas"], list) for p in paragraphs) or not paragraphs:
            raise ValueError
    except OSError as error:
        raise EvalError(f"{path} を読めません（{error.strerror}）。ファイルの名前と権限を確かめてください。") from error
    except (ValueError, KeyError, TypeError) as error:
        raise EvalError(
            f"{path} はSQuADの形（data, paragraphs, context, qas）ではありません。問いの集まりなら .jsonl にしてください。"
        ) from error
    return paragraphs


def _item(qa: dict[str, Any], document: str, page: str) -> Item:
    texts = tuple(dict.fromkeys(str(a["text"]).strip() for a in qa.get("answers", ()) if str(a["text"]).strip()))
    if not texts or qa.get("is_impossible"):
        return Item(
            id=str(qa["id"]), question=qa["question"], kind="reading", style="verbatim", answer="", abstain=True
        )
    return Item(
        id=str(qa["id"]),
        question=qa["question"],
        kind="reading",
        style="verbatim",
        answer=texts[0],
        must=(texts,),
        evidence=(Evidence(doc=document, page=page, quote=texts[0]),),
    )


def squad_settings(settings: Settings, files: Sequence[Path]) -> Settings:
    """The settings with a home and a documents folder of the set's own, under the home that is configured."""
    digest = hashlib.sha256("\n".join(str(f.resolve()) for f in files).encode()).hexdigest()[:12]
    home = settings.home / "eval" / f"squad-{digest}"
    return settings.model_copy(update={"home": home, "documents": home / "documents"})


def build_index(settings: Settings, embedder: Embedder, progress: Progress) -> None:
    """Indexes the passages; what was embedded before is not embedded again. Raises EvalError and the builder's errors."""
    with writer_lock(settings.home, 1):
        builder = Builder(ingest_plan(settings), lambda: embedder, progress)
        report = builder.ingest([settings.documents], "folder", fingerprint=embedder.fingerprint)
        builder.close()
    if report.failed:
        raise EvalError(f"{report.failed[0][0]} を取り込めません（{report.failed[0][1]}）。")
