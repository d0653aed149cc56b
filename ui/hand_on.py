"""What can be done with an answer: copy it, link to it, say whether it was right."""

from __future__ import annotations

from assistant.answer import Answer
from ui.copies import Documents, answer_url, as_html, as_markdown, as_official_text
from ui.escape import attributes
from ui.words import Words

# Stands for the address of the page, which only the browser knows; no text holds this code point (a Unicode noncharacter).
ADDRESS = "\ufdd0"


def render_hand_on(answer: Answer, documents: Documents, words: Words) -> str:
    """The row of buttons under an answer. What is copied travels with its button, so that a copy needs no request."""
    forms = (
        (words.copy_official, as_official_text(answer, documents, ADDRESS, words), ""),
        (words.copy_markdown, as_markdown(answer, documents, ADDRESS, words), ""),
        (words.copy_html, as_html(answer, documents, ADDRESS, words), "html"),
        (words.copy_link, answer_url(answer, ADDRESS), ""),
    )
    copies = "".join(
        f'<button type="button" class="tk-link"{attributes(data_copy=text, data_kind=kind)}>{name}</button>'
        for name, text, kind in forms
    )
    return (
        f'<div class="tk-hand-on"><div class="tk-group" role="group"{attributes(aria_label=words.copy)}>'
        f'<span aria-hidden="true">{words.copy}</span>{copies}</div>{_verdict(answer, words)}</div>'
        f'<p class="tk-told" role="status"></p>{_feedback_form(answer, words)}'
    )


def _verdict(answer: Answer, words: Words) -> str:
    which = attributes(data_answer_id=answer.id)
    good = f'<button type="button" class="tk-link"{which} data-verdict="good">{words.good}</button>'
    bad = f'<button type="button" class="tk-link" aria-expanded="false"{which} data-verdict="bad">{words.bad}</button>'
    return f'<div class="tk-group" role="group"{attributes(aria_label=words.feedback)}>{good}{bad}</div>'


def _feedback_form(answer: Answer, words: Words) -> str:
    kinds = (
        ("wrong_answer", words.wrong_answer),
        ("wrong_source", words.wrong_source),
        ("missing_document", words.missing_document),
    )
    radios = "".join(
        f'<label><input type="radio" name="kind-{answer.id}" value="{value}"{" checked" if not n else ""}>{name}</label>'
        for n, (value, name) in enumerate(kinds)
    )
    comment = attributes(maxlength=2000, rows=2, placeholder=words.comment_hint)
    return (
        f'<form class="tk-feedback" hidden{attributes(data_answer_id=answer.id, data_thanks=words.feedback_thanks)}>'
        f"<fieldset><legend>{words.feedback_kinds}</legend>{radios}</fieldset>"
        f"<label>{words.comment}<textarea{comment}></textarea></label>"
        f'<button type="submit" class="tk-strong">{words.feedback_send}</button></form>'
    )
