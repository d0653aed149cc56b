"""Embedding with sentence-transformers (torch): for any model that it can load. Needs the extra `models`."""

import hashlib
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedder import EmbeddingModelError, Prompts, fingerprint_of

_BATCH_SIZE = 16


class SentenceTransformersEmbedder:
    """An `Embedder` over a sentence-transformers model, on the CPU in float32."""

    def __init__(self, name_or_folder: str) -> None:
        """Load a model by its name on the Hugging Face hub or from a folder.

        EmbeddingModelError when the extra `models` is not installed or the model cannot be loaded.
        """
        library = _sentence_transformers()
        try:
            # Weights stored in half precision are computed in single: CPUs are slow at half.
            self._model = library.SentenceTransformer(
                name_or_folder, device="cpu", model_kwargs={"dtype": "float32"}
            ).eval()
        except Exception as error:  # network, hub, file and format errors have no root in common
            raise EmbeddingModelError(
                f"埋め込みモデルを読めません: {name_or_folder}（{error}）。"
                "名前またはフォルダーを確かめてください。ネットワークがないときは、モデルのフォルダーを置いて指定してください。"
            ) from error
        self._prompts = Prompts.configured(self._model.prompts)
        # Now, not when asked for: encoding changes the tokenizer's settings for padding and truncation.
        self._fingerprint = self._describe()

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    @property
    def fingerprint(self) -> str:
        """`st-` and 16 hexadecimal digits over the loaded weights, modules, tokenizer, prompts and token limit.

        The loaded weights are hashed rather than files, so a model has one fingerprint wherever it was loaded from.
        """
        return self._fingerprint

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, (n, dim) float32, in the order of `texts`. A text over the limit is cut."""
        return self._encode(self._model.encode_query, self._prompts.query, texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, (n, dim) float32, in the order of `texts`. A text over the limit is cut."""
        return self._encode(self._model.encode_document, self._prompts.passage, texts)

    def _encode(self, encode: Any, prompt: str, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dim), np.float32)
        vectors = encode(
            [text.strip() for text in texts],
            prompt=prompt,
            batch_size=_BATCH_SIZE,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, np.float32)

    def _describe(self) -> str:
        tokenizer = getattr(self._model.tokenizer, "backend_tokenizer", None)
        described = tokenizer.to_str() if tokenizer is not None else repr(self._model.tokenizer)
        facts = {
            "weights": self._weights_sha256(),
            "modules": [type(module).__name__ for module in self._model],
            "tokenizer": hashlib.sha256(described.encode()).hexdigest(),
            "prompts": [self._prompts.query, self._prompts.passage],
            "max_tokens": self._model.max_seq_length,
        }
        return fingerprint_of("st", facts)

    def _weights_sha256(self) -> str:
        torch = import_module("torch")
        digest = hashlib.sha256()
        for name, tensor in sorted(self._model.state_dict().items()):
            if ".pooler." in name:  # not used; where a checkpoint lacks it, its values are random at every start
                continue
            digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
            digest.update(tensor.detach().contiguous().reshape(-1).view(torch.uint8).numpy())
        return digest.hexdigest()


def _sentence_transformers() -> Any:
    """The library, imported here because its import takes 5 to 15 s and the default embedder does without it."""
    try:
        return import_module("sentence_transformers")
    except ModuleNotFoundError as error:
        raise EmbeddingModelError(
            f"sentence-transformers のモデルを使うには追加のパッケージが要ります（{error.name} がありません）。"
            "`pip install 'tenkyo[models]'` を実行してください。"
        ) from error
