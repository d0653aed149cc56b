"""The service follows the index that is published, and opens none that does not fit."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from assistant.answer import Finished
from assistant.compose import ingest_plan, make_drafter, make_reranker, open_service
from assistant.ingesting import ingest
from index.errors import IndexBroken, IndexMissing, IndexStale

from .invented import FOUNDED, Place, make_settings


def test_a_new_generation_serves_the_next_question(own: Place) -> None:
    with closing(open_service(own.settings)) as service:
        before = service.index_name
        examples = service.examples(3)
        for n in range(3):  # the last but one generation is closed and removed while the service runs
            (own.documents / "neu.txt").write_text(
                f"みなと町の防波堤の延長は、{n + 1},870メートルである。\n", encoding="utf-8"
            )
            ingest(own.settings, [], quiet=True)
            answer = service.ask("みなと町の防波堤の延長は？")
            assert f"{n + 1},870" in answer.answer
            assert answer.index == service.index_name != before
        assert len(service.documents()) == 4
        assert service.examples(3) == examples


def test_without_an_index_there_is_no_service(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="tenkyo ingest"):
        open_service(make_settings(tmp_path / "home", tmp_path))
    assert not (tmp_path / "home").exists()


def test_an_index_that_does_not_fit_is_refused(own: Place) -> None:
    name = (own.home / "index" / "CURRENT").read_text().strip()
    stamp = own.home / "index" / name / "stamp.json"
    facts = json.loads(stamp.read_text())
    stamp.write_text(json.dumps(facts | {"chunking": "alt"}))
    with pytest.raises(IndexStale, match="チャンク分割"):
        open_service(own.settings)
    stamp.write_text("{}")
    with pytest.raises(IndexBroken):
        open_service(own.settings)


def test_all_ways_to_ask_give_the_same_answer(indexed: Place) -> None:
    with closing(open_service(indexed.settings)) as service:
        *_, last = service.stream(FOUNDED)
        assert isinstance(last, Finished)
        assert last.answer.answer == service.ask(FOUNDED).answer == service.ask(FOUNDED).answer


def test_defaults_are_the_built_in_parts(indexed: Place) -> None:
    assert make_reranker(indexed.settings) is None
    assert make_drafter(indexed.settings).name == "built-in"
    assert ingest_plan(indexed.settings).store == "embedded"
