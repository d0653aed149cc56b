"""Markdown files: headings are sections; the text stays as it is written, except comments and tables without outer bars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.loaded import Loaded
from corpus.sections import Block, sections
from corpus.text_loader import read_text

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t　]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE = re.compile(r"[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+$")
_FRONT = re.compile(r"---\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_INLINE = re.compile(r"\*\*|__|`|!?\[([^\]]*)\]\([^)]*\)")


class MarkdownLoader:
    """Reads `.md`. Front matter (`title:`, `date:`) describes the document and is not part of its text."""

    endings: tuple[str, ...] = (".md", ".markdown")

    def recognises(self, data: bytes) -> bool:  # noqa: ARG002
        return False

    def load(self, data: bytes, name: str) -> Loaded:
        """Raises DocumentError when the bytes are no text in a known encoding."""
        text = re.sub(r"<!--.*?-->\n?", "", read_text(data, name).replace("\f", "\n"), flags=re.DOTALL)
        front = _FRONT.match(text)
        said = dict(re.findall(r"^(title|date):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", front[1], re.M)) if front else {}
        blocks = list(_blocks(text[front.end() :] if front else text))
        return Loaded(sections(blocks), said.get("title", ""), said.get("date", ""), "節")


def _blocks(text: str) -> Iterator[Block]:
    """Headings, and what stands between them as one block each."""
    body: list[str] = []
    fence = ""
    for line in text.split("\n"):
        opened = _FENCE.match(line)
        if opened and (not fence or opened[1].startswith(fence)):
            fence = "" if fence else opened[1]
        heading = None if fence else _HEADING.match(line)
        underline = None if fence else _UNDERLINE.match(line)
        if heading:
            yield from _body(body)
            yield Block(_bare(heading[2]), len(heading[1]))
        elif underline and body and body[-1].strip() and "|" not in body[-1] and _is_alone(body):
            title = body.pop()
            yield from _body(body)
            yield Block(_bare(title), 1 if underline[1][0] == "=" else 2)
        else:
            body.append(line)
            continue
        body = []
    yield from _body(body)


def _is_alone(body: list[str]) -> bool:
    return len(body) < 2 or not body[-2].strip()


def _bare(text: str) -> str:
    return _INLINE.sub(lambda m: m[1] or "", text).strip()


def _body(lines: list[str]) -> Iterator[Block]:
    text = "\n".join(_with_bars(lines)).strip("\n")
    if text.strip():
        yield Block(text)


def _with_bars(lines: list[str]) -> list[str]:
    """Tables whose rows do not begin with a bar get one at both ends, for a row is read between its bars."""
    out = list(lines)
    for n, line in enumerate(lines):
        if n == 0 or not _RULE.match(line) or "|" not in lines[n - 1]:
            continue
        last = n
        while last + 1 < len(lines) and "|" in lines[last + 1]:
            last += 1
        for i in range(n - 1, last + 1):
            out[i] = f"| {lines[i].strip().strip('|').strip()} |"
    return out
