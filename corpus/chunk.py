"""Chunks: spans of one page, sized in Sudachi tokens, that never cut a sentence or a table row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.tokenizer import count_tokens
from corpus.units import Unit, page_units

CHUNKING = "units-6"  # raised when the same page would give other chunks


@dataclass(frozen=True, slots=True)
class Chunk:
    """A retrieval unit: `page_text[start:end]`, with the headings that it stands under, and the heads of a table that it begins in (embedded, never quoted)."""

    page_number: int
    start: int
    end: int
    headings: tuple[str, ...]


def chunk_page(page_number: int, text: str, max_tokens: int) -> tuple[Chunk, ...]:
    """Chunks of a page in reading order, each of at most `max_tokens` Sudachi tokens unless one unit alone is longer.

    A chunk does not end with a heading, the heading opens the next one, unless both would not fit. Blank pages give none.
    """
    chunks: list[Chunk] = []
    open_units: list[Unit] = []
    size = 0
    for unit in page_units(text):
        tokens = count_tokens(unit.text)
        while open_units and size + tokens > max_tokens:
            keep = _trailing_headings(open_units)
            if len(keep) == len(open_units):
                keep = ()
            chunks.append(_chunk(page_number, open_units[: len(open_units) - len(keep)]))
            open_units = list(keep)
            size = sum(count_tokens(u.text) for u in open_units)
        open_units.append(unit)
        size += tokens
    if open_units:
        chunks.append(_chunk(page_number, open_units))
    return tuple(chunks)


def _trailing_headings(units: Sequence[Unit]) -> Sequence[Unit]:
    cut = len(units)
    while cut > 0 and units[cut - 1].kind == "heading":
        cut -= 1
    return units[cut:]


def _chunk(page_number: int, units: Sequence[Unit]) -> Chunk:
    return Chunk(page_number, units[0].start, max(u.end for u in units), (*units[0].headings, *_table_heads(units[0])))


def _table_heads(unit: Unit) -> tuple[str, ...]:
    """A chunk that begins within a table is found by the table's caption and column heads too."""
    heads = " ".join(dict.fromkeys(cell.header for cell in unit.cells if cell.header))
    return (" ".join(filter(None, (unit.lead if unit.lead not in unit.headings else "", heads))),) if heads else ()


def chunk_context(title: str, headings: Sequence[str], text: str) -> str:
    """What is embedded and indexed for a chunk: title, headings (those that the text does not open with), text."""
    heads = [h for h in headings if not text.lstrip().startswith(h)]
    return "\n".join([title, *heads, text])
