"""Bad verdicts of the readers → candidate questions for review: `tenkyo eval --drafts OUT.jsonl`.

A draft is refused as a question until somebody has written the right answer and taken `draft` out.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.audit_record import AnswerRecord, FeedbackRecord
from assistant.audit_store import Judged
from assistant.compose import audit_spool, open_audit_store, open_service
from assistant.question import kind_of
from assistant.settings import Settings
from corpus.errors import TenkyoError
from eval.dataset import PageText
from eval.errors import EvalError

_QUOTED = 80
_KINDS = {
    "date": "date", "amount": "money", "number": "number", "person": "name", "name": "name", "list": "list", "comparison": "compare",
    "calculation": "calc", "definition": "definition", "reason": "reason", "open": "name",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drafts:
    """Candidate items as they stand in a file, oldest first; `unreadable` bad verdicts are on answers kept as hashes only."""

    items: tuple[dict[str, Any], ...]
    unreadable: int


def drafts(judged: Iterable[Judged], page_text: PageText) -> Drafts:
    """A candidate for every answer that was judged bad; pages that are not as they were are not suggested."""
    items, unreadable = [], 0
    for one in judged:
        verdict = one.feedback
        if verdict is None or verdict.verdict != "bad":
            continue
        if one.answer.redacted:
            unreadable += 1
        else:
            items.append(_draft(one.answer, verdict, page_text))
    return Drafts(tuple(items), unreadable)


def _draft(record: AnswerRecord, verdict: FeedbackRecord, page_text: PageText) -> dict[str, Any]:
    return {
        "id": f"F-{record.id[:12]}",
        "question": record.question,
        "kind": "followup" if record.history else _KINDS[kind_of(record.question)],
        "style": "verbatim",
        "answer": "",
        "must": [],
        "must_not": [],
        "abstain": False,
        "evidence": [found for c in record.citations if (found := _suggested(c, page_text))],
        "needs_all": False,
        "history": [turn["question"] for turn in record.history],
        "draft": {"given": record.answer, "judged": verdict.kind, "comment": verdict.comment, "time": record.time},
    }


def _suggested(citation: dict[str, Any], page_text: PageText) -> dict[str, str] | None:
    """The first line of what was cited; None when it does not stand there any more."""
    document, page = citation["document_id"], citation["page"]
    try:
        quote = page_text(document, page)[citation["start"] : citation["end"]]
    except TenkyoError:
        return None
    if hashlib.sha256(quote.encode()).hexdigest() != citation["quote_sha256"]:
        return None
    line = next((text.strip() for text in quote.splitlines() if text.strip()), "")
    return {"doc": document, "page": page, "quote": line[:_QUOTED]} if line else None


def add_to(path: Path, items: Sequence[dict[str, Any]]) -> int:
    """Adds those that are not in the file yet, which somebody may be working on; how many. Raises EvalError."""
    try:
        known = path.read_text(encoding="utf-8") if path.exists() else ""
        ids = {json.loads(line)["id"] for line in known.split("\n") if line.strip()}
        fresh = [item for item in items if item["id"] not in ids]
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(item, ensure_ascii=False)}\n" for item in fresh)
    except OSError as error:
        raise EvalError(
            f"{path} に書けません（{error.strerror}）。--drafts を書ける場所のファイルにしてください。"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise EvalError(f"{path} は問いの集まりではありません。--drafts を別のファイルにしてください。") from error
    return len(fresh)


def main(out: Path, settings: Settings) -> int:
    """Exit code 0, or 2 after a known error, told in one Japanese line."""
    try:
        with closing(open_service(settings, once=True)) as service, closing(open_audit_store(settings)) as store:
            audit_spool(settings).drain(store.write)
            found = drafts(store.judged(""), lambda document, label: service.page(document, label).page.text)
        added = add_to(out, found.items)
    except (TenkyoError, EvalError) as error:
        print(f"エラー: {error.message}", file=sys.stderr)
        return 2
    print(f"「よくない」とされた答え{len(found.items)}件のうち、新しい{added}件を {out} に下書きしました。")
    if found.unreadable:
        print(f"ほかに{found.unreadable}件は、問いの文を残さない設定のため下書きできません。")
    print("正しい答え（answer、must）と根拠（evidence）を書き、draft を消すと、問いとして使えます。")
    return 0
