import sys
from pathlib import Path

import pytest

from index.embedder import EmbeddingModelError
from index.onnx_embedder import OnnxEmbedder
from index.sentence_transformers_embedder import SentenceTransformersEmbedder


@pytest.mark.models
def test_vectors_agree_with_onnx_on_the_same_folder(
    onnx_embedder: OnnxEmbedder,
    sentence_transformers_embedder: SentenceTransformersEmbedder,
    japanese_texts: list[str],
) -> None:
    queries = onnx_embedder.encode_queries(japanese_texts)
    passages = onnx_embedder.encode_passages(japanese_texts)
    assert (queries * sentence_transformers_embedder.encode_queries(japanese_texts)).sum(axis=1).min() >= 0.99
    assert (passages * sentence_transformers_embedder.encode_passages(japanese_texts)).sum(axis=1).min() >= 0.99


@pytest.mark.models
def test_fingerprint_is_the_same_after_a_restart(
    e5_folder: Path, sentence_transformers_embedder: SentenceTransformersEmbedder
) -> None:
    sentence_transformers_embedder.encode_queries(["使った後でも"])
    assert SentenceTransformersEmbedder(str(e5_folder)).fingerprint == sentence_transformers_embedder.fingerprint


@pytest.mark.models
def test_folder_that_is_no_model_is_refused_with_advice(
    sentence_transformers_embedder: SentenceTransformersEmbedder, tmp_path: Path
) -> None:
    del sentence_transformers_embedder  # only for its skip where the library is missing
    with pytest.raises(EmbeddingModelError, match=f"埋め込みモデルを読めません: {tmp_path}"):
        SentenceTransformersEmbedder(str(tmp_path))


def test_missing_library_is_an_error_with_the_command_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EmbeddingModelError, match=r"pip install 'tenkyo\[models\]'"):
        SentenceTransformersEmbedder("intfloat/multilingual-e5-small")
