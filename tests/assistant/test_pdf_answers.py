"""From PDF files to answers: the value, the page as it is printed, and the place of the cited words on paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.compose import LiveService, open_service
from assistant.ingesting import ingest
from index.generation import open_current
from index.library import Library

from ..documents.planned import Asked, planned
from .invented import Place, link_model

FILES, ASKED = planned()


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, e5_folder: Path) -> Place:
    root = tmp_path_factory.mktemp("pdf")
    place = Place(root / "home", root / "documents")
    place.documents.mkdir()
    for name, data in FILES.items():
        (place.documents / name).write_bytes(data)
    link_model(place.home, e5_folder)
    assert not ingest(place.settings, [], quiet=True).failed
    return place


@pytest.fixture(scope="module")
def answering(read: Place) -> Iterator[LiveService]:
    with closing(open_service(read.settings)) as opened:
        yield opened


@pytest.mark.parametrize("asked", ASKED, ids=lambda one: one.document)
def test_the_answer_stands_on_the_words_where_they_are_drawn(asked: Asked, answering: LiveService, read: Place) -> None:
    answer = answering.ask(asked.question)
    assert asked.answer in answer.answer
    cited = next(c for c in answer.citations if c.document_id == asked.document)
    assert cited.page == asked.page
    assert asked.words in cited.quote
    start = cited.start + cited.quote.index(asked.words)
    with closing(open_current(read.home)) as generation:
        geometry = Library(generation.ledger).geometry(cited.document_id, cited.page_number)
    assert geometry is not None
    (place,) = geometry.rectangles(start, start + len(asked.words))
    left, top, right, bottom = asked.box
    assert left - 2 <= place.left < place.right <= right + 2
    assert top - 2 <= place.top < place.bottom <= bottom + 2
