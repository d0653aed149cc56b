"""Variants answer the same questions and are compared with the first."""

import json
from pathlib import Path

import pytest

from assistant.settings import Settings
from eval import sweep
from eval.errors import EvalError
from eval.folder import ROWS
from eval.row import read_rows

TWO = """
[[variant]]
name = "as it is"
[[variant]]
name = "words alone, short chunks"
dense_weight = 0.0
chunk_tokens = 20
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sweep.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_variant_gets_its_run_and_its_difference(
    settings: Settings, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "r"
    assert sweep.main([questions], written(tmp_path, TWO), out, settings) == 0
    first, second = json.loads((out / "sweep.json").read_text(encoding="utf-8"))
    assert first["name"] == "as it is"
    assert first["differences"] == {}
    assert first["index_s"] == 0.0
    assert second["differences"]["right"]["n"] == 4
    assert set(second["figures"]) >= {"right", "accuracy", "retrieval.fused.recall@1"}
    assert len(read_rows(out / "words-alone--short-chunks" / ROWS)) == 4
    assert (out / "as-it-is" / "report.html").is_file()
    printed = capsys.readouterr().out
    assert "構成の比較（4問）" in printed
    assert "words alone" in printed


def test_a_variant_of_other_chunks_is_built_beside_the_index_which_stays(settings: Settings, questions: Path) -> None:
    current = (settings.home / "index" / "CURRENT").read_text(encoding="utf-8")
    assert sweep.main([questions], written(questions.parent, TWO), None, settings) == 0
    assert (settings.home / "index" / "CURRENT").read_text(encoding="utf-8") == current
    assert list((settings.home / "eval").glob("sweep-*/index/CURRENT"))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "variant"),
        ("[[variant]", "variant"),
        ('[[variant]]\nname = "a"\n', "二つ以上"),
        ('[[variant]]\nname = "a"\n[[variant]]\nname = "a"\n', "名前の違う"),
        ('[[variant]]\nname = "a"\nfusoin = "ranks"\n', "fusoin"),
        ('[[variant]]\nname = "a"\nfusion = "sum"\n', "fusion"),
        ('[[variant]]\nname = "a"\nchunk_tokens = 1\n', "chunk_tokens"),
    ],
)
def test_a_wrong_sweep_is_told(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(EvalError, match=word):
        sweep.read_variants(written(tmp_path, text))


def test_the_sweep_that_is_shipped_can_be_read() -> None:
    shipped = Path(sweep.__file__).parent / "sweeps" / "search.toml"
    assert len(sweep.read_variants(shipped)) >= 2
