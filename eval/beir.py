"""BEIR-shaped sets (corpus.jsonl, queries.jsonl, qrels/test.tsv; Thakur et al. 2021): their passages become pages, their queries items."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.dataset import Evidence, Item
from eval.errors import EvalError
from eval.own_index import write_pages

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels/test.tsv"
_PAGES = 1000  # of one document
_QUOTED = 40


def is_beir(path: Path) -> bool:
    """A folder is taken for one of these sets, a file never."""
    return path.is_dir()


def read_beir(folder: Path, documents: Path) -> list[Item]:
    """Writes the passages (title above text) to `documents`; the judged queries in the file's order, for retrieval alone.

    Every passage with a judgement above 0 is relevant; grades are not told apart. Raises EvalError.
    """
    passages = {str(p["_id"]): _page(p) for p in _lines(folder / CORPUS, "_id", "text")}
    places: dict[str, tuple[str, str]] = {}
    ids = list(passages)
    for first in range(0, len(ids), _PAGES):
        name = f"{folder.resolve().name}-{first // _PAGES + 1:03d}"
        part = ids[first : first + _PAGES]
        write_pages(documents / f"{name}.txt", [passages[one] for one in part])
        places |= {one: (name, str(n)) for n, one in enumerate(part, 1)}
    judged = _judgements(folder / QRELS, places)
    return [
        _item(str(q["_id"]), str(q["text"]), [(places[one], passages[one]) for one in judged[str(q["_id"])]])
        for q in _lines(folder / QUERIES, "_id", "text")
        if str(q["_id"]) in judged
    ]


def _page(passage: dict[str, Any]) -> str:
    title, text = str(passage.get("title") or "").strip(), str(passage["text"]).strip()
    return "\n".join(filter(None, (title, text))).replace("\f", " ") or "（本文なし）"


def _item(one: str, text: str, relevant: list[tuple[tuple[str, str], str]]) -> Item:
    evidence = tuple(
        Evidence(doc=document, page=label, quote=passage.splitlines()[0][:_QUOTED])
        for (document, label), passage in relevant
    )
    return Item(id=one, question=text, kind="retrieval", style="verbatim", answer="", evidence=evidence, needs_all=True)


def _judgements(path: Path, places: dict[str, tuple[str, str]]) -> dict[str, list[str]]:
    """Relevant passages by query, in the file's order."""
    found: dict[str, list[str]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, line in enumerate(csv.reader(file, delimiter="\t"), 1):
                if number == 1 and line[2:3] == ["score"]:
                    continue
                query, passage, score = line
                if float(score) > 0:
                    places[passage]
                    found.setdefault(query, []).append(passage)
    except OSError as error:
        raise EvalError(f"{path} を読めません（{error.strerror}）。BEIRの形のフォルダーか確かめてください。") from error
    except (ValueError, KeyError, csv.Error) as error:
        raise EvalError(
            f"{path} の{number}行目が違います（問いの番号、箇所の番号、得点をタブで区切り、箇所は {CORPUS} にあるもの）。直してください。"
        ) from error
    if not found:
        raise EvalError(f"{path} に、得点が0より大きい組がありません。")
    return found


def _lines(path: Path, *needed: str) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(
            f"{path} を読めません。BEIRの形のフォルダー（{CORPUS}、{QUERIES}、{QRELS}）か確かめてください。"
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
            if not all(isinstance(found[name], str | int) for name in needed):
                raise ValueError
        except (ValueError, KeyError, TypeError) as error:
            raise EvalError(
                f"{path} の{number}行目が違います（{'、'.join(needed)} のあるJSON）。直してください。"
            ) from error
        yield found
