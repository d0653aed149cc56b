"""Every word that the page shows, named. The languages are `words_ja` and `words_en`; rendering and layout hold no text of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Fields with `{…}` are filled by `str.format`; values must be escaped by whoever fills them.

    `root` is the way from the page of this language to the root of the server.
    """

    lang: str
    root: str
    title: str
    tagline: str
    status: str
    other_language: str
    other_language_path: str
    skip: str
    loading: str
    no_script: str
    dark: str
    maintain: str
    close: str

    conversation: str
    question: str
    placeholder: str
    keys: str
    send: str
    new: str
    save: str
    welcome: str
    welcome_how: str
    welcome_limits: str
    examples: str
    searching: str
    reading: str
    answered: str
    abstained: str
    nearest: str
    conflict: str
    failed: str
    unexpected: str
    answer_gone: str
    sources: str
    show_source: str
    considered: str
    considered_note: str
    built_in: str
    language_model: str
    seconds: str
    checked: str
    checked_note: str
    unchecked: str
    unchecked_note: str
    dropped_note: str

    copy: str
    copy_official: str
    copy_markdown: str
    copy_html: str
    copy_link: str
    copied: str
    copy_failed: str
    copy_question: str
    copy_answer: str
    copy_note: str
    copy_conflict: str
    copy_abstained: str
    record_title: str
    record_sources: str
    record_columns: tuple[str, str, str, str, str]
    record_note: str

    good: str
    bad: str
    feedback: str
    feedback_kinds: str
    wrong_answer: str
    wrong_source: str
    missing_document: str
    comment: str
    comment_hint: str
    feedback_send: str
    feedback_thanks: str
    feedback_failed: str

    source: str
    source_empty: str
    source_how: str
    marked: str
    place: str
    position: str
    note: str
    previous: str
    next: str
    back: str
    no_text: str
    cut: str
    picture: str
    text: str
    picture_alt: str
    picture_failed: str
    page_link: str
    original: str
    recognised: str
    guessed_labels: str
    guessed_title: str
    guessed_published: str

    scope: str
    scope_all: str
    scope_some: str
    scope_how: str
    scope_publisher: str
    scope_year_from: str
    scope_year_to: str
    scope_any: str
    scope_apply: str
    scope_reset: str
    scope_none: str
    documents: str
    documents_none: str
    pages: str
    date: str
    month: str
    control: str

    about: str
    about_reader: str
    about_built_in: str
    about_model: str
    about_index: str
    about_built: str
    about_documents: str
    about_pages: str
    about_embedding: str
    about_audit: str
    about_on: str
    about_off: str
    about_local: str
