"""Headings of a document that marks none: numbered short lines (第1章, １　趣旨), and the captions of articles, （趣旨） before 第1条."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.sections import Block

_PLAIN_HEADING = re.compile(
    r"(第\s*[0-9０-９一二三四五六七八九十]+\s*[章編部]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]\s*[.．、　 ])|(第\s*[0-9０-９一二三四五六七八九十]+\s*[節　 ]|[0-9０-９]{1,2}[.．　 ]\s*(?![0-9０-９]))"
)
_ARTICLE = re.compile(r"第\s*[0-9０-９一二三四五六七八九十百]+\s*条(?:の[0-9０-９一二三四五六七八九十]+)?")
_CAPTION = re.compile(r"[（(][^（）()。]{1,30}[）)]$")
_SUPPLEMENT = re.compile(r"附\s*則$")


def with_plain_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with those that are headings by their form as such; a form counts when it comes twice or more."""
    numbered = [_plain_level(block.text) for block in blocks]
    captions = {n for n, (one, next_) in enumerate(pairwise(blocks)) if _is_caption(one, next_)}
    out = []
    for n, (block, level) in enumerate(zip(blocks, numbered, strict=True)):
        text = block.text.strip()
        if n in captions and len(captions) >= 2:
            article = _ARTICLE.match(blocks[n + 1].text.strip())
            out.append(Block(text, 3, label=f"{article[0] if article else ''}{text}"))
        elif captions and _SUPPLEMENT.match(text):
            out.append(Block(text, 3))
        elif level and numbered.count(level) >= 2:
            out.append(Block(text, level))
        else:
            out.append(block)
    return out


def _is_caption(block: Block, following: Block) -> bool:
    return bool(_CAPTION.match(block.text.strip()) and _ARTICLE.match(following.text.strip()))


def _plain_level(text: str) -> int:
    match = _PLAIN_HEADING.match(text.strip())
    if not match or len(text.strip()) > 40 or "\n" in text or text.rstrip().endswith(("。", "、", "．", "：")):
        return 0
    return 1 if match[1] else 2
