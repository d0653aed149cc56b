"""Embedding with ONNX Runtime: the server's default, because it starts in half a second and needs no torch."""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedder import EmbeddingModelError, Prompts, file_sha256, fingerprint_of

_MODEL_FILES = ("onnx/model_qint8_avx2.onnx", "onnx/model.onnx")
_OUTPUTS = ("last_hidden_state", "token_embeddings")
_MODULES = {"Transformer", "Pooling", "Normalize"}


class OnnxEmbedder:
    """An `Embedder` over a sentence-transformers folder that holds an ONNX model. Safe to call from several threads.

    Every text is run alone, on one core, and texts run side by side on `threads` cores. Batches would be no faster on a
    CPU, would waste work on padding, and would let a text's neighbours change its vector: dynamic 8-bit quantisation
    takes the range of its activations over the whole batch.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Load the model of `folder`; `threads` None means all cores that this process may use.

        EmbeddingModelError when a file is missing or unreadable, or the model pools in another way than by the mean.
        """
        self._threads = threads or _available_cores()
        self._model_file = _find_model(folder)
        self._tokenizer_file = folder / "tokenizer.json"
        _require_mean_pooling(folder)
        self._dim = int(_read_json(folder / "config.json")["hidden_size"])
        self._prompts = Prompts.configured(_read_json(folder / "config_sentence_transformers.json").get("prompts", {}))
        self._max_tokens = int(_read_json(folder / "sentence_bert_config.json")["max_seq_length"])
        try:
            self._tokenizer = Tokenizer.from_file(str(self._tokenizer_file))
            self._session = _open_session(self._model_file)
        except Exception as error:  # both libraries raise bare Exceptions
            raise _unreadable(folder, error) from error
        self._tokenizer.enable_truncation(self._max_tokens)
        self._tokenizer.no_padding()
        self._inputs = {node.name for node in self._session.get_inputs()}
        outputs = [node.name for node in self._session.get_outputs()]
        self._output = next((name for name in _OUTPUTS if name in outputs), outputs[0])

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @cached_property
    def fingerprint(self) -> str:
        """`onnx-` and 16 hexadecimal digits over model file, tokenizer file, prompts and token limit."""
        facts = {
            "model": file_sha256(self._model_file),
            "tokenizer": file_sha256(self._tokenizer_file),
            "prompts": [self._prompts.query, self._prompts.passage],
            "max_tokens": self._max_tokens,
        }
        return fingerprint_of("onnx", facts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, (n, dim) float32, in the order of `texts`. A text over the limit is cut."""
        return self._encode(self._prompts.query, texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, (n, dim) float32, in the order of `texts`. A text over the limit is cut."""
        return self._encode(self._prompts.passage, texts)

    def _encode(self, prompt: str, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self._dim), np.float32)

        def encode(row: int) -> None:
            # A blank at the end can become a token of its own, which the model's authors never fed to it.
            vectors[row] = self._encode_one(prompt + texts[row].strip())

        if len(texts) < 2 or self._threads == 1:
            for row in range(len(texts)):
                encode(row)
            return vectors
        with ThreadPoolExecutor(self._threads, "embed") as pool:
            for _ in pool.map(encode, range(len(texts))):
                pass  # taking the results raises what a thread raised
        return vectors

    def _encode_one(self, text: str) -> NDArray[np.float32]:
        encoding = self._tokenizer.encode(text)
        features = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {name: np.array([ids], np.int64) for name, ids in features.items() if name in self._inputs}
        (states,) = self._session.run([self._output], feed)
        mean: NDArray[np.float32] = states[0].mean(axis=0)
        return mean / np.linalg.norm(mean)


def _available_cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # Linux: a container may have fewer cores than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _open_session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One core a run: parallel runs scale better than parallel matrix products of this size, and without a pool inside
    # ONNX Runtime there is none whose idle threads would spin.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _find_model(folder: Path) -> Path:
    for name in _MODEL_FILES:
        if (folder / name).is_file():
            return folder / name
    raise EmbeddingModelError(
        f"埋め込みモデルに ONNX のファイルがありません: {folder}（{' または '.join(_MODEL_FILES)}）。"
        "フォルダーの指定を確かめるか、`pip install 'tenkyo[models]'` を実行して、"
        "sentence-transformers で読み込んでください。"
    )


def _require_mean_pooling(folder: Path) -> None:
    modules = _read_json(folder / "modules.json")
    kinds = {str(module["type"]).rpartition(".")[2]: module["path"] for module in modules}
    pooling = _read_json(folder / kinds["Pooling"] / "config.json") if "Pooling" in kinds else {}
    mean = pooling.get("pooling_mode") == "mean" or pooling.get("pooling_mode_mean_tokens") is True
    if mean and pooling.get("include_prompt", True) and kinds.keys() <= _MODULES:
        return
    raise EmbeddingModelError(
        f"この埋め込みモデルの構成は ONNX では使えません: {folder / 'modules.json'}"
        "（平均プーリングのモデルだけに対応）。"
        "`pip install 'tenkyo[models]'` を実行し、sentence-transformers で読み込んでください。"
    )


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> EmbeddingModelError:
    return EmbeddingModelError(
        f"埋め込みモデルを読めません: {path}（{error}）。"
        "フォルダーを削除して作り直すか、正しいフォルダーを指定してください。"
    )
