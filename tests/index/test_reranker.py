import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from index.embedder import EmbeddingModelError
from index.reranker import CrossEncoderReranker


def test_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EmbeddingModelError, match="pip install"):
        CrossEncoderReranker("any")


@pytest.fixture
def extra() -> None:
    if find_spec("sentence_transformers") is None:
        pytest.skip("needs sentence-transformers: pip install 'tenkyo[models]'")


@pytest.mark.models
@pytest.mark.usefixtures("extra")
def test_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingModelError, match="リランカー"):
        CrossEncoderReranker(str(tmp_path))


@pytest.fixture
def cross_encoder(tmp_path: Path, e5_folder: Path) -> Path:
    """A cross-encoder of one random layer: it cannot judge, but it is loaded and run as a real one."""
    import torch
    from transformers import AutoTokenizer, XLMRobertaConfig, XLMRobertaForSequenceClassification

    tokenizer = AutoTokenizer.from_pretrained(e5_folder)
    torch.manual_seed(0)
    config = XLMRobertaConfig(
        vocab_size=len(tokenizer),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        num_labels=1,
    )
    XLMRobertaForSequenceClassification(config).save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    return tmp_path


@pytest.mark.models
@pytest.mark.usefixtures("extra")
def test_cross_encoder_scores_each_text_alone(cross_encoder: Path) -> None:
    reranker = CrossEncoderReranker(str(cross_encoder))
    texts = ["補助金は市が交付する。", "ごみの収集は週に2回行う。"]
    scores = reranker.score("補助金", texts)
    assert (scores.shape, scores.dtype) == ((2,), np.float32)
    assert np.allclose(scores, reranker.score("補助金", texts[::-1])[::-1], atol=1e-4)
    assert reranker.score("補助金", []).shape == (0,)
