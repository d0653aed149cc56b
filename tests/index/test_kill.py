"""SIGKILL at random moments: the index answers before, between and after, and the next ingest completes."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.generation import current_name

from .fakes import BigramEmbedder, ingest, retriever, write

KILLS, PAGES = 20, 400
_PROCESS = Path(__file__).with_name("ingest_process.py")


def _write_round(folder: Path, number: int) -> None:
    """Documents of which a quarter is new in every round; each page names the round that wrote it."""
    for name in ("a", "b", "c", "d") if number == 0 else ("abcd"[number % 4],):
        pages = (f"{name}の第{n}条　第{number}回の計画で市は事業{n}を定める。" for n in range(PAGES // 4))
        write(folder, **{name: "\f".join(pages)})


def _start(home: Path, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(_PROCESS), str(home), str(folder)])


def _require_answers(home: Path) -> None:
    with retriever(home) as search:
        for name in "abcd":
            first = search.search(f"{name}の第7条の事業7", 3, [name])[0]
            assert first.text.startswith(f"{name}の第7条")
        assert len(search.search("市は事業を定める", 10)) == 10


@pytest.mark.timeout(180)
def test_killed_ingest_never_leaves_an_index_that_does_not_answer(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "documents"
    moments = random.Random(0)
    whole = 3.0  # seconds; measured below as soon as one ingest has completed
    killed = published = 0
    for number in range(KILLS):
        _write_round(folder, number)
        before = current_name(home)
        begun = time.monotonic()
        process = _start(home, folder)
        try:
            process.wait(timeout=moments.uniform(0.15, 1.0) * whole)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        code = process.wait()
        assert code in (0, -signal.SIGKILL)
        killed += code != 0
        if code == 0:
            whole = time.monotonic() - begun
        published += current_name(home) != before
        if current_name(home) is not None:
            _require_answers(home)
    assert killed >= KILLS // 2
    embedder = BigramEmbedder()
    _write_round(folder, KILLS)
    assert ingest(home, folder, embedder=embedder).chunks == PAGES
    assert embedder.passages < PAGES  # what the killed ones had embedded was not lost
    _require_answers(home)
    with retriever(home) as search:
        newest = "abcd"[KILLS % 4]
        assert search.search(f"{newest}の第7条", 1, [newest])[0].text.startswith(f"{newest}の第7条　第{KILLS}回")
    print(f"{killed} of {KILLS} killed, {published} generations published between")
