"""SQuAD-shaped sets (JaQuAD, JSQuAD) as items: their passages become the pages of documents in an index of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.dataset import Evidence, Item
from eval.errors import EvalError
from eval.own_index import write_pages


def is_squad(path: Path) -> bool:
    """SQuAD's sets are one JSON object; ours are JSON Lines."""
    return path.suffix == ".json"


def read_squad(files: Sequence[Path], documents: Path) -> list[Item]:
    """Writes each file's distinct passages to `documents` as the pages of one document; the questions in the files' order.

    A question's only relevant page is the one that it was written for; one that is marked impossible is to be abstained from.
    Raises EvalError.
    """
    items: list[Item] = []
    for path in files:
        pages: dict[str, int] = {}
        for paragraph in _paragraphs(path):
            passage = str(paragraph["context"]).replace("\f", " ")
            number = pages.setdefault(passage, len(pages) + 1)
            items += [_item(qa, path.stem, str(number)) for qa in paragraph["qas"]]
        write_pages(documents / f"{path.stem}.txt", list(pages))
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
