from __future__ import annotations

import logging

import pytest

from assistant.json_log import start_logging


@pytest.mark.parametrize("kind", ["json", "text"])
def test_a_library_that_sets_its_logger_to_debug_says_nothing(
    kind: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, library = logging.getLogger(), logging.getLogger("some.library")
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    for room in ("assistant", "corpus", "index", "eval", "ui"):
        monkeypatch.setattr(logging.getLogger(room), "level", logging.getLogger(room).level)
    library.setLevel(logging.DEBUG)
    start_logging(kind)
    library.debug("indexing")
    library.error("broken")
    told = capsys.readouterr().err
    assert "indexing" not in told
    assert "broken" in told
