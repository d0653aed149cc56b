"""What Word's styles say of their paragraphs: heading level, list, whether it is the title; with what they inherit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from corpus.docx_numbering import W

_HEADING_NAME = re.compile(r"(?:heading|見出し) ?([1-9])$", re.I)


@dataclass(slots=True)
class Styles:
    """What styles say of their paragraphs, with what they inherit: heading level (0 none), list and list level."""

    levels: dict[str, int] = field(default_factory=dict)
    lists: dict[str, tuple[str, int]] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)


def style_of(p: Any) -> str:
    style = p.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val") or "" if style is not None else ""


def is_on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


def read_styles(root: Any) -> Styles:
    read = Styles()
    by_id = {s.get(f"{W}styleId") or "": s for s in root.iter(f"{W}style")}
    for name in by_id:
        chain: list[Any] = []
        at: str | None = name
        while at in by_id and by_id[at] not in chain and len(chain) < 20:
            chain.append(by_id[at])
            based = by_id[at].find(f"{W}basedOn")
            at = based.get(f"{W}val") if based is not None else None
        for style in chain:
            said = style.find(f"{W}name")
            called = said.get(f"{W}val") or "" if said is not None else ""
            outline, numbered = style.find(f"{W}pPr/{W}outlineLvl"), style.find(f"{W}pPr/{W}numPr")
            if name not in read.levels and outline is not None:
                level = int(outline.get(f"{W}val") or 9)
                read.levels[name] = level + 1 if level < 6 else 0
            elif name not in read.levels and (match := _HEADING_NAME.match(called)):
                read.levels[name] = min(int(match[1]), 6)
            if style is chain[0] and called.lower() in ("title", "表題"):
                read.titles.add(name)
            if name not in read.lists and numbered is not None:
                number, depth = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
                if number is not None:
                    read.lists[name] = (
                        number.get(f"{W}val") or "",
                        int(depth.get(f"{W}val") or 0) if depth is not None else 0,
                    )
    return read
