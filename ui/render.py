"""Answers as HTML: the sentences with their markers as buttons, what was checked, and where it was found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.answer import Answer, Checks, Citation, CitedConflict
from corpus.dates import find_dates
from corpus.fold import key
from corpus.quantity import find_quantities
from corpus.sentence import sentence_spans
from ui.copies import Documents
from ui.escape import attributes, plain, safe
from ui.hand_on import render_hand_on
from ui.place import place
from ui.sources import pointer, render_considered, render_source_list
from ui.words import Words

_MARKERS = re.compile(r"(?:\[\d+\])+")
_DIGIT = re.compile("[0-9０-９〇一二三四五六七八九十]")
_AMOUNT = re.compile(r"((?:[0-9０-９][0-9０-９,，.．]{0,15}[兆億万千百]){1,4}[0-9０-９,，.．]{0,16}[円人社件]?)")
_HALF_MARKER = re.compile(r"\[\d*$")
_Span = tuple[int, int]
_NOTHING: _Span = (0, 0)


def render_answer(answer: Answer, words: Words, documents: Documents | None = None) -> str:
    """A question with its finished answer. `documents` tell publishers and dates in what is copied."""
    cited = {c.marker: c for c in answer.citations}
    value = _NOTHING if answer.abstained else lead_value(answer.answer, answer.question)
    body = _paragraphs(answer.answer, value, cited, words)
    if answer.abstained:
        body = f'<p class="tk-badge tk-badge-abstained">{words.abstained}</p>{body}'
    kind = "tk-abstained" if answer.abstained else "tk-answered"
    return _exchange(
        answer.question,
        f'<div class="tk-answer {kind}">{body}</div>'
        + _conflicts(answer.conflicts, cited, words)
        + render_source_list(answer.citations, words.nearest if answer.abstained else words.sources, words)
        + render_considered(answer.considered, words)
        + _fine_print(answer, words)
        + render_hand_on(answer, documents or {}, words),
        words,
        answer.id,
    )


def render_answers(answers: Sequence[Answer], words: Words, documents: Documents | None = None) -> str:
    """The conversation so far, oldest first."""
    return "".join(render_answer(answer, words, documents) for answer in answers)


def render_waiting(question: str, text: str, status: str, words: Words) -> str:
    """An answer on its way: the text so far without a half marker, or `status` (plain text) while there is none."""
    text = _HALF_MARKER.sub("", text)
    inner = _paragraphs(text, _NOTHING, {}, words) if text else f'<p class="tk-status">{safe(status, words)}</p>'
    return _exchange(question, f'<div class="tk-answer tk-waiting">{inner}</div>', words, busy=True)


def render_failure(question: str, message: str, words: Words) -> str:
    """A notice instead of an answer."""
    badge = f'<p class="tk-badge tk-badge-failed">{words.failed}</p>'
    return _exchange(question, f'<div class="tk-failed" role="alert">{badge}<p>{safe(message, words)}</p></div>', words)


def render_notice(message: str, words: Words) -> str:
    """A notice where a page should stand."""
    return f'<div class="tk-failed" role="alert"><p>{safe(message, words)}</p></div>'


def render_welcome(examples: Sequence[str], words: Words) -> str:
    """What is shown before the first question; each example is a button that asks it."""
    buttons = "".join(
        f'<li><button type="button" class="tk-example"{attributes(data_question=one)}>{safe(one, words)}</button></li>'
        for one in examples
    )
    listed = f'<h3>{words.examples}</h3><ul class="tk-examples">{buttons}</ul>' if buttons else ""
    return (
        f'<div class="tk-welcome"><p class="tk-welcome-lead">{words.welcome}</p>'
        f"<p>{words.welcome_how}</p><p>{words.welcome_limits}</p>{listed}</div>"
    )


def render_header(documents: int, reader: str, words: Words, *, maintain: bool = False) -> str:
    """The strip at the top. Zero documents show no status, as before loading; `maintain` shows the way to the documents' page."""
    status = words.status.format(documents=documents, reader=reader_label(reader, words)) if documents else ""
    about = (
        f'<button type="button" class="tk-link" data-dialog="tk-about-dialog" aria-haspopup="dialog">{safe(status, words)}</button>'
        if status
        else ""
    )
    manage = (
        f'<a class="tk-link" href="{words.root}maintain?lang={words.lang}">{words.maintain}</a>' if maintain else ""
    )
    return (
        f'<header class="tk-top"><h1 class="tk-brand"><span class="tk-name" lang="en">tenkyo</span>'
        f'<span class="tk-kanji" lang="ja">典拠</span></h1><p class="tk-tagline">{words.tagline}</p>'
        f'<nav class="tk-nav"{attributes(aria_label=words.title)}><span class="tk-state">{about}</span>'
        f'<button type="button" class="tk-link" data-dark="true" aria-pressed="false">{words.dark}</button>{manage}'
        f'<a class="tk-link tk-language" href="{words.other_language_path}"'
        f"{attributes(lang='en' if words.lang == 'ja' else 'ja')}>{words.other_language}</a></nav></header>"
    )


def reader_label(reader: str, words: Words) -> str:
    """Who wrote the answer. Plain text."""
    return words.built_in if reader == "built-in" else words.language_model.format(name=reader)


def lead_value(text: str, question: str) -> _Span:
    """The first value of the first sentence that the question did not bring along; an empty span when there is none."""
    sentences = sentence_spans(text)
    first = text[: sentences[0][1]] if sentences else text
    first = _MARKERS.sub(lambda m: " " * len(m[0]), first)
    asked_dates = find_dates(question, bare_years=True)
    found = find_dates(first)
    dates = [(d.start, d.end) for d in found]
    told = {(d.start, d.end) for d in found if any(d.given_by(a) for a in asked_dates)}
    numbers = [(q.start, q.end) for q in find_quantities(first) if _DIGIT.search(first, q.start, q.end)]
    values = dates + [n for n in numbers if not any(d[0] < n[1] and n[0] < d[1] for d in dates)]
    asked = key(question)
    return next((v for v in sorted(values) if v not in told and key(first[v[0] : v[1]]) not in asked), _NOTHING)


def _exchange(question: str, inner: str, words: Words, answer_id: str = "", *, busy: bool = False) -> str:
    """An exchange without an id is not finished, or failed: nothing can be linked to."""
    state = attributes(aria_busy="true") if busy else ""
    state += attributes(data_answer=answer_id) if answer_id else ""
    return (
        f'<article class="tk-exchange"{state}><h2 class="tk-question"><span class="tk-sr">{words.question}</span>'
        f"{safe(question, words)}</h2>{inner}</article>"
    )


def _paragraphs(text: str, value: _Span, cited: Mapping[int, Citation], words: Words) -> str:
    out, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append(f"<p>{_inline(line, (value[0] - start, value[1] - start), cited, words)}</p>")
        start += len(line) + 1
    return "".join(out)


def _inline(text: str, value: _Span, cited: Mapping[int, Citation], words: Words) -> str:
    """A line with its value emphasised. A marker never starts a line: it is kept with the character before it."""

    def run(start: int, end: int) -> str:
        low, high = max(start, value[0]), min(end, value[1])
        if low >= high:
            return _whole_numbers(text[start:end], words)
        strong = f'<strong class="tk-value">{safe(text[low:high], words)}</strong>'
        return f"{_whole_numbers(text[start:low], words)}{strong}{_whole_numbers(text[high:end], words)}"

    out, at = [], 0
    for match in _MARKERS.finditer(text):
        keep = max(at, match.start() - 1)
        buttons = "".join(_marker(int(n), cited, words) for n in re.findall(r"\d+", match[0]))
        out.append(f'{run(at, keep)}<span class="tk-keep">{run(keep, match.start())}{buttons}</span>')
        at = match.end()
    return "".join(out) + run(at, len(text))


def _whole_numbers(text: str, words: Words) -> str:
    """No line ends within an amount: 1億2,500万円."""
    pieces = (
        f'<span class="tk-keep">{safe(piece, words)}</span>' if n % 2 else safe(piece, words)
        for n, piece in enumerate(_AMOUNT.split(text))
    )
    return "".join(pieces)


def _marker(number: int, cited: Mapping[int, Citation], words: Words) -> str:
    citation = cited.get(number)
    if citation is None:
        return f'<span class="tk-marker-plain">[{number}]</span>'
    where = plain(place(citation.locator, citation.page, words))
    label = words.show_source.format(marker=number, title=plain(citation.title), place=where)
    name = attributes(data_marker=number) + pointer(citation) + attributes(aria_label=label, title=label)
    return f'<button type="button" class="tk-marker"{name}>[{number}]</button>'


def _conflicts(conflicts: Sequence[CitedConflict], cited: Mapping[int, Citation], words: Words) -> str:
    items = []
    for conflict in conflicts:
        missing = [n for n in conflict.markers if f"[{n}]" not in conflict.text]
        text = conflict.text + "".join(f"[{n}]" for n in missing)
        items.append(_paragraphs(text, _NOTHING, cited, words))
    if not items:
        return ""
    badge = f'<p class="tk-badge tk-badge-conflict">{words.conflict}</p>'
    return f'<aside class="tk-conflict">{badge}{"".join(items)}</aside>'


def _fine_print(answer: Answer, words: Words) -> str:
    seconds = words.seconds.format(seconds=f"{answer.timings_ms.get('total', 0.0) / 1000:.2f}")
    about = (reader_label(answer.reader, words), seconds)
    spans = "".join(f"<span>{safe(one, words)}</span>" for one in about)
    checks = "" if answer.abstained and answer.checks.supported else _checks(answer.checks, words)
    return f'<div class="tk-fine">{checks}<p class="tk-meta">{spans}</p></div>'


def _checks(checks: Checks, words: Words) -> str:
    """A quiet badge that opens what was checked."""
    state, name = ("ok", words.checked) if checks.supported else ("open", words.unchecked)
    detail = f"<p>{words.checked_note if checks.supported else words.unchecked_note}</p>"
    detail += _listed(checks.unsupported, words)
    if checks.dropped:
        detail += f"<p>{words.dropped_note}</p>{_listed(checks.dropped, words)}"
    return f'<details class="tk-checks tk-checks-{state}"><summary>{name}</summary>{detail}</details>'


def _listed(items: Sequence[str], words: Words) -> str:
    return f"<ul>{''.join(f'<li>{safe(one, words)}</li>' for one in items)}</ul>" if items else ""
