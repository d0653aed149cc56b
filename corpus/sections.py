"""Documents without printed pages: their blocks become sections by heading, each a citable place with its heading as label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.loaded import LoadedPage

_MAX_CHARS = 6000  # a longer section is cut at its subheadings
_MAX_LABEL = 40
_BEFORE = "冒頭"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, table or heading as text. `level` is 1–6 for headings, else 0; a `tight` block follows without a blank line.

    `label` is what a heading's section is called where that is more than its text.
    """

    text: str
    level: int = 0
    tight: bool = False
    label: str = ""


def heading_line(block: Block) -> str:
    """A heading as it stands on the page: Markdown's mark tells its level to readers and to `corpus.units`."""
    return f"{'#' * block.level} {block.text}"


def blocks_text(blocks: Sequence[Block]) -> str:
    """The text of a page."""
    out = ""
    for block in blocks:
        if out:
            out += "\n" if block.tight else "\n\n"
        out += heading_line(block) if block.level else block.text
    return out + "\n" if out else ""


def sections(blocks: Sequence[Block]) -> tuple[LoadedPage, ...]:
    """Pages cut at the highest level that has two headings or more; what stands before the first of them is labelled 冒頭.

    Labels are the headings, made unique by the heading above or a number. A document without headings is one page.
    """
    parts = _cut([b for b in blocks if b.text.strip()], ())
    labels = _labels([_names(part, level) for part, level in parts])
    return tuple(LoadedPage(blocks_text(part), label) for (part, _), label in zip(parts, labels, strict=True))


def _cut(blocks: Sequence[Block], above: tuple[Block, ...]) -> list[tuple[tuple[Block, ...], int]]:
    """Parts, and the level that they were cut at. `above` are the headings that every part repeats at its top, as a running head does."""
    counts = Counter(b.level for b in blocks if b.level)
    level = next((n for n in sorted(counts) if sum(c for m, c in counts.items() if m <= n) >= 2), 0)
    if not level:
        return [((*above, *blocks), 6)]
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if 0 < block.level <= level and any(not b.level for b in parts[-1]):
            parts.append([])
        parts[-1].append(block)
    out: list[tuple[tuple[Block, ...], int]] = []
    for part in parts:
        heads = next((n for n, b in enumerate(part) if not 0 < b.level <= level), len(part))
        if len(blocks_text(part)) > _MAX_CHARS and heads and any(b.level for b in part[heads:]):
            out.extend(_cut(part[heads:], (*above, *part[:heads])))
        else:
            out.append(((*above, *part), level))
    return out


def _names(part: Sequence[Block], level: int) -> list[str]:
    """The headings that open a part, innermost first, down to `level`."""
    names = []
    for block in part:
        if not 0 < block.level <= level:
            break
        names.append(block.label or " ".join(block.text.split())[:_MAX_LABEL])
    return names[::-1] or [_BEFORE]


def _labels(names: Sequence[Sequence[str]]) -> list[str]:
    first = Counter(one[0] for one in names)
    labels = ["／".join(reversed(one[:2])) if first[one[0]] > 1 else one[0] for one in names]
    seen: Counter[str] = Counter()
    out = []
    for label in labels:
        seen[label] += 1
        out.append(label if seen[label] == 1 else f"{label}（{seen[label]}）")
    return out
