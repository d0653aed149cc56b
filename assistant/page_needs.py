"""What the server gives the page to stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.page_image import PageImages
from assistant.reindexing import Reindexing
from assistant.service import Service
from assistant.sign_in import SignIn


@dataclass(frozen=True, slots=True)
class PageNeeds:
    """`recorded` finds an answer by its id in the audit. `embedding` names the model that searches, for the reader.

    Without `reindexing` there is no page for the documents; without `sign_in` nobody has to sign in.
    """

    service: Service
    images: PageImages | None = None
    recorded: Callable[[str], Answer | None] | None = None
    sign_in: SignIn | None = None
    reindexing: Reindexing | None = None
    embedding: str = ""
