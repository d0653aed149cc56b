"""Indexing anew in a process of its own."""

from pathlib import Path

import pytest

from assistant.reindexing import Reindexing
from corpus.errors import FolderError
from index.errors import IngestBusy


def test_what_is_wrong_is_raised_here_and_the_next_try_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENKYO_DOCUMENTS", str(tmp_path / "nowhere"))
    reindexing = Reindexing(tmp_path / "home")
    for _ in range(2):
        with pytest.raises(FolderError, match="nowhere"):
            list(reindexing.steps())


def test_one_runs_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reindexing = Reindexing(tmp_path / "home")

    def steps(_: Reindexing) -> object:
        yield {"step": "読み取り", "done": 1, "total": 2}
        with pytest.raises(IngestBusy):
            next(reindexing.steps())

    monkeypatch.setattr(Reindexing, "_steps", steps)
    assert list(reindexing.steps()) == [{"step": "読み取り", "done": 1, "total": 2}]
