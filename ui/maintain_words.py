"""Every word of the maintainers' page and of the sign-in form, named; the languages are `words_ja` and `words_en`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MaintainWords:
    """One language. Fields with `{…}` are filled by the page's script or by `str.format`."""

    title: str
    back: str
    signed_in: str
    sign_out: str
    sign_in: str
    sign_in_how: str
    name: str
    password: str
    wrong: str
    upload: str
    upload_how: str
    endings: str
    choose: str
    sending: str
    indexing: str
    added: str
    failed: str
    reindex: str
    reindex_how: str
    reindex_button: str
    reindexing: str
    reindexed: str
    documents: str
    loading: str
    search: str
    none: str
    columns: tuple[str, str, str, str, str]
    pages: str
    fine: str
    look: str
    problems: str
    more: str
    origins: dict[str, str]
    failures: str
    remove: str
    remove_ask: str
    remove_folder: str
    remove_yes: str
    cancel: str
    removing: str
    removed: str
    lost: str
