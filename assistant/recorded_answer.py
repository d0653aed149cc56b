"""An answer made whole again from its record: the audit keeps where the quotes stand, the index still holds the pages."""

from __future__ import annotations

from typing import Any

from assistant.answer import Answer, Checks, Citation, CitedConflict
from assistant.audit_record import AnswerRecord, sha256
from assistant.service import Service
from index.errors import UnknownDocument

CHANGED = "この文書は、回答のあとで変わったか外されました。引用を確かめられません。"


def recorded_answer(record: AnswerRecord | None, service: Service) -> Answer | None:
    """None for a record that holds no words, or of an answer that was broken off. A quote that no longer stands there is empty."""
    if record is None or record.redacted or not record.complete:
        return None
    checks = record.checks
    return Answer(
        record.id,
        record.question,
        record.answer,
        record.abstained,
        tuple(_citation(c, service) for c in record.citations),
        tuple(CitedConflict(c["text"], tuple(c["markers"])) for c in record.conflicts),
        Checks(checks["supported"], tuple(checks["unsupported"]), tuple(checks["dropped"])),
        record.reader,
        dict(record.timings_ms),
        record.index,
    )


def _citation(kept: dict[str, Any], service: Service) -> Citation:
    title, locator, quote, note = kept["document_id"], "", "", CHANGED
    try:
        view = service.page(kept["document_id"], kept["page"])
    except UnknownDocument:
        pass
    else:
        title, locator = view.document.title, view.document.locator
        found = view.page.text[kept["start"] : kept["end"]]
        if sha256(found) == kept["quote_sha256"]:
            quote, note = found, view.document.note
    return Citation(
        kept["marker"],
        kept["document_id"],
        title,
        kept["page"],
        kept["page_number"],
        locator,
        quote,
        kept["start"] if quote else 0,
        kept["end"] if quote else 0,
        note,
    )
