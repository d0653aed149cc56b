"""The citations of an answer as a list to read, for doors whose only output is text."""

from __future__ import annotations

from assistant.answer import Answer, Citation


def heading(answer: Answer) -> str:
    """What the list is; the pages of an abstention are only the nearest ones."""
    return "近いページ" if answer.abstained else "出典"


def place(citation: Citation) -> str:
    """`地域計画　ページ 4`."""
    return f"{citation.title}　{citation.locator} {citation.page}"


def one_line(text: str) -> str:
    return " ".join(text.split())


def source_lines(answer: Answer) -> list[str]:
    """The list as pieces of plain text that stand on lines of their own behind the answer; none without citations."""
    lines = [f"\n[{c.marker}] {place(c)}「{one_line(c.quote)}」" for c in answer.citations]
    return [f"\n\n{heading(answer)}{lines[0]}", *lines[1:]] if lines else []
