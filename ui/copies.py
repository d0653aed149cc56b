"""An answer as text to hand on: 公用文, Markdown and HTML, each with its sources. Quotes stay to the letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from assistant.answer import Answer, Citation
from index.ledger import DocumentRow
from ui.escape import plain
from ui.place import place, readable_date
from ui.words import Words

_RUN = re.compile(r"(?:\[\d+\])+")
_BEFORE_STOP = re.compile(r"([。．.])((?:\[\d+\])+)")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+\-.!|~])")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
Documents = Mapping[str, DocumentRow]


@dataclass(frozen=True, slots=True)
class Source:
    """A citation with what its document says about itself. Plain text; `url` leads to the marked page."""

    marker: int
    title: str
    publisher: str
    published: str
    place: str
    quote: str
    url: str


def page_url(citation: Citation, base: str) -> str:
    """The address under which the page opens with the words marked; `base` ends with a slash."""
    query = {
        "document": citation.document_id,
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
    }
    return f"{base}?{urlencode(query)}"


def answer_url(answer: Answer, base: str) -> str:
    """The permanent address of an answer."""
    return f"{base}?{urlencode({'answer': answer.id})}"


def sources_of(answer: Answer, documents: Documents, base: str, words: Words) -> tuple[Source, ...]:
    """What the answer cites, in the order of its markers."""
    return tuple(
        Source(
            c.marker,
            plain(c.title),
            plain(documents[c.document_id].publisher) if c.document_id in documents else "",
            readable_date(documents[c.document_id].published, words) if c.document_id in documents else "",
            plain(place(c.locator, c.page, words)),
            plain(c.quote),
            page_url(c, base),
        )
        for c in answer.citations
    )


def as_official_text(answer: Answer, documents: Documents, base: str, words: Words) -> str:
    """公用文: 問 and 答, the notes before the full stop, （注１）, and below them where each note stands."""

    def noted(text: str) -> str:
        text = _BEFORE_STOP.sub(r"\2\1", plain(text)) if words.lang == "ja" else plain(text)
        return _RUN.sub(lambda m: _note(_numbers(m[0]), words), text)

    lines = [f"（{words.copy_question}）", f"　{plain(answer.question)}", f"（{words.copy_answer}）"]
    lines += [f"　{noted(one)}" for one in _paragraphs(answer.answer)]
    lines += [f"　{words.copy_conflict}{noted(c.text)}" for c in answer.conflicts]
    if answer.citations:
        lines.append("")
    for source in sources_of(answer, documents, base, words):
        lines.append(f"{_note([source.marker], words)}{_described(source)}")
        lines.append(f"　　{_quoted(source, words)}")
    return "\n".join(lines) + "\n"


def as_markdown(answer: Answer, documents: Documents, base: str, words: Words) -> str:
    """Markdown with footnotes; characters of documents that would be markup are escaped."""

    def noted(text: str) -> str:
        return _with_runs(plain(text), _markdown, lambda numbers: "".join(f"[^{n}]" for n in numbers))

    blocks = [f"**{_markdown(plain(answer.question))}**", *(noted(one) for one in _paragraphs(answer.answer))]
    blocks += [f"> {_markdown(words.copy_conflict)} {noted(c.text)}" for c in answer.conflicts]
    notes = [
        f"[^{s.marker}]: [{_markdown(_described(s))}](<{s.url}>) {_markdown(_quoted(s, words))}"
        for s in sources_of(answer, documents, base, words)
    ]
    return "\n\n".join([*blocks, *notes]) + "\n"


def as_html(answer: Answer, documents: Documents, base: str, words: Words) -> str:
    """An HTML fragment for a word processor or a web page: only escaped text, links to the marked pages and a list."""
    sources = {s.marker: s for s in sources_of(answer, documents, base, words)}

    def linked(numbers: Sequence[int]) -> str:
        inner = "".join(f'<a href="{escape(sources[n].url)}">[{n}]</a>' for n in numbers if n in sources)
        return f"<sup>{inner}</sup>"

    def noted(text: str) -> str:
        return _with_runs(plain(text), escape, linked)

    parts = [f"<p><strong>{escape(plain(answer.question))}</strong></p>"]
    parts += [f"<p>{noted(one)}</p>" for one in _paragraphs(answer.answer)]
    parts += [f"<p>{escape(words.copy_conflict)} {noted(c.text)}</p>" for c in answer.conflicts]
    items = "".join(
        f'<li value="{s.marker}"><a href="{escape(s.url)}">{escape(_described(s))}</a><br>{escape(_quoted(s, words))}</li>'
        for s in sources.values()
    )
    listed = f"<ol>{items}</ol>" if items else ""
    return f'<div lang="{words.lang}">{"".join(parts)}{listed}</div>'


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _with_runs(text: str, outside: Callable[[str], str], run: Callable[[Sequence[int]], str]) -> str:
    """`text` with its runs of markers replaced, and all the rest passed through `outside`."""
    out, at = [], 0
    for match in _RUN.finditer(text):
        out += [outside(text[at : match.start()]), run(_numbers(match[0]))]
        at = match.end()
    return "".join([*out, outside(text[at:])])


def _numbers(run: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", run)]


def _note(numbers: Sequence[int], words: Words) -> str:
    listed = "、".join(str(n) for n in numbers)
    return f"（{words.copy_note}{listed.translate(_FULL_WIDTH) if words.lang == 'ja' else listed}）"


def _described(source: Source) -> str:
    about = "、".join(filter(None, (source.publisher, source.published)))
    return f"「{source.title}」{f'（{about}）' if about else ''}{source.place}"


def _quoted(source: Source, words: Words) -> str:
    return f"{words.record_columns[4]}：{source.quote}"


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
