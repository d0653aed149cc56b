"""The audit record as CSV for spreadsheets and as JSON Lines for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TextIO

from assistant.audit_record import timestamp
from assistant.audit_store import Judged

_COLUMNS = (
    "time door key_name request_id id question answer abstained complete reader prompt_sha256 input_tokens output_tokens index"
    " citations conflicts dropped total_ms history document_ids verdict kind comment judged_at judged_by"
).split()
# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def since(text: str) -> str:
    """A date or a time of this machine's zone (2026-04-01, 2026-04-01T09:30) as records hold it. Raises ValueError."""
    return timestamp(datetime.fromisoformat(text).astimezone(UTC))


def write_jsonl(found: Iterable[Judged], out: TextIO) -> int:
    """A line for each answer, its feedback inside (null when there is none); how many there were."""
    count = 0
    for one in found:
        row = asdict(one.answer) | {"feedback": asdict(one.feedback) if one.feedback else None}
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def write_csv(found: Iterable[Judged], out: TextIO) -> int:
    """A row for each answer under a head row; how many there were. Begins with a mark by which Excel knows UTF-8."""
    out.write("\ufeff")
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    count = 0
    for one in found:
        row = _row(one)
        table.writerow([_cell(row[name]) for name in _COLUMNS])
        count += 1
    return count


def _row(one: Judged) -> dict[str, object]:
    row: dict[str, object] = asdict(one.answer)
    row["citations"] = "\n".join(
        f"[{c['marker']}] {c['document_id']} {c['page']} {c['start']}-{c['end']} sha256:{c['quote_sha256']}"
        for c in one.answer.citations
    )
    row["conflicts"] = "\n".join(c["text"] for c in one.answer.conflicts)
    row["dropped"] = "\n".join(one.answer.checks.get("dropped", []))
    row["total_ms"] = one.answer.timings_ms.get("total", "")
    row["history"] = "\n".join(turn["question"] for turn in one.answer.history)
    row["document_ids"] = " ".join(one.answer.document_ids) if one.answer.document_ids is not None else ""
    f = one.feedback
    verdict = {"verdict": f.verdict, "kind": f.kind, "comment": f.comment} if f else {}
    who = {"judged_at": f.time, "judged_by": f.key_name} if f else {}
    return dict.fromkeys(("verdict", "kind", "comment", "judged_at", "judged_by"), "") | row | verdict | who


def _cell(value: object) -> str:
    text = {True: "1", False: "0"}[value] if isinstance(value, bool) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
