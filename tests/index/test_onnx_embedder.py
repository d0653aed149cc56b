import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embedder import EmbeddingModelError
from index.onnx_embedder import OnnxEmbedder

MODEL = "onnx/model_qint8_avx2.onnx"


@pytest.fixture
def folder(e5_folder: Path, tmp_path: Path) -> Path:
    """A copy of the model's folder (links, so files must be replaced, never written into)."""
    return shutil.copytree(e5_folder, tmp_path / "model", copy_function=os.symlink)


def replace(path: Path, content: str) -> None:
    path.unlink()
    path.write_text(content, encoding="utf-8")


def change_json(path: Path, **changes: Any) -> None:
    replace(path, json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes))


def test_number_of_threads_does_not_change_vectors(e5_folder: Path, japanese_texts: list[str]) -> None:
    one, three = (OnnxEmbedder(e5_folder, threads).encode_passages(japanese_texts) for threads in (1, 3))
    np.testing.assert_array_equal(one, three)


def test_fingerprint_is_the_same_after_a_restart_and_a_move(onnx_embedder: OnnxEmbedder, folder: Path) -> None:
    assert OnnxEmbedder(folder).fingerprint == onnx_embedder.fingerprint


def test_fingerprint_changes_with_the_prompts(onnx_embedder: OnnxEmbedder, folder: Path) -> None:
    change_json(folder / "config_sentence_transformers.json", prompts={"query": "検索: "})
    assert OnnxEmbedder(folder).fingerprint != onnx_embedder.fingerprint


def test_fingerprint_changes_with_the_token_limit(onnx_embedder: OnnxEmbedder, folder: Path) -> None:
    change_json(folder / "sentence_bert_config.json", max_seq_length=256)
    assert OnnxEmbedder(folder).fingerprint != onnx_embedder.fingerprint


def test_fingerprint_changes_with_the_tokenizer(onnx_embedder: OnnxEmbedder, folder: Path) -> None:
    tokenizer = folder / "tokenizer.json"
    replace(tokenizer, tokenizer.read_text(encoding="utf-8") + "\n")
    assert OnnxEmbedder(folder).fingerprint != onnx_embedder.fingerprint


def test_token_limit_of_the_folder_is_kept(folder: Path) -> None:
    change_json(folder / "sentence_bert_config.json", max_seq_length=8)
    short, long = OnnxEmbedder(folder).encode_passages(["自治体の会計年度", "自治体の会計年度は四月に始まる"])
    assert short @ long > 0.99


def test_plain_model_is_used_where_there_is_no_quantised_one(onnx_embedder: OnnxEmbedder, folder: Path) -> None:
    (folder / MODEL).rename(folder / "onnx/model.onnx")
    np.testing.assert_array_equal(OnnxEmbedder(folder).encode_queries(["地震"]), onnx_embedder.encode_queries(["地震"]))


def test_pooling_may_be_named_in_either_way(folder: Path) -> None:
    replace(folder / "1_Pooling/config.json", '{"embedding_dimension": 384, "pooling_mode": "mean"}')
    assert OnnxEmbedder(folder).dim == 384


def test_other_pooling_than_the_mean_is_refused(folder: Path) -> None:
    replace(folder / "1_Pooling/config.json", '{"embedding_dimension": 384, "pooling_mode": "cls"}')
    with pytest.raises(EmbeddingModelError, match="平均プーリング"):
        OnnxEmbedder(folder)


def test_folder_without_onnx_is_refused_with_advice(folder: Path) -> None:
    (folder / MODEL).unlink()
    with pytest.raises(EmbeddingModelError, match=r"ONNX のファイルがありません.*pip install"):
        OnnxEmbedder(folder)


@pytest.mark.parametrize("name", [MODEL, "tokenizer.json", "config.json", "modules.json"])
def test_broken_file_is_an_error_with_its_place(folder: Path, name: str) -> None:
    replace(folder / name, "壊れたファイル")
    with pytest.raises(EmbeddingModelError, match=f"埋め込みモデルを読めません: {folder}"):
        OnnxEmbedder(folder)
