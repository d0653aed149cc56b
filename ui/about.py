"""Settings at a glance: who answers, from which index, how fresh it is, what is recorded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.ledger import DocumentRow
from ui.escape import safe
from ui.scope import dialog
from ui.words import Words

_BUILT = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})\d{2}")  # how a generation's name begins


@dataclass(frozen=True, slots=True)
class Facts:
    """What the server was started with. `recorded` is None when it is not known whether answers are recorded."""

    embedding: str = ""
    recorded: bool | None = None


def built_at(index: str, words: Words) -> str:
    """When the index was built, by its name; "" when the name does not tell. Plain text."""
    match = _BUILT.match(index)
    if not match:
        return ""
    year, month, day, hour, minute = match.groups()
    return f"{words.date.format(year=int(year), month=int(month), day=int(day))} {hour}:{minute}"


def render_about(documents: Sequence[DocumentRow], reader: str, index: str, facts: Facts, words: Words) -> str:
    """The dialog that the strip at the top opens."""
    answering = words.about_built_in if reader == "built-in" else words.about_model.format(name=reader)
    built = built_at(index, words)
    fresh = words.about_built.format(date=built) if built else ""
    pages = sum(d.pages for d in documents)
    rows = [
        (words.about_reader, answering),
        (words.about_documents, words.about_pages.format(documents=len(documents), pages=pages)),
        (words.about_index, "　".join(filter(None, (fresh, f"({index})")))),
        *([(words.about_embedding, facts.embedding)] if facts.embedding else []),
    ]
    if facts.recorded is not None:
        rows.append((words.about_audit, words.about_on if facts.recorded else words.about_off))
    listed = "".join(f"<div><dt>{name}</dt><dd>{safe(value, words)}</dd></div>" for name, value in rows)
    inner = f'<dl class="tk-facts">{listed}</dl><p class="tk-quiet">{words.about_local}</p>'
    return dialog("tk-about-dialog", words.about, inner, words)
