"""Vectors by model and text, so that nothing is embedded twice: a killed ingest goes on where it stopped."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedder import Embedder

_BATCH = 32


def text_key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    try:
        db.execute(
            "CREATE TABLE IF NOT EXISTS vectors (model TEXT NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL,"
            " PRIMARY KEY (model, text)) WITHOUT ROWID"
        )
    except sqlite3.Error:
        db.close()
        raise
    return db


class EmbeddingCache:
    """SQLite file of float32 vectors keyed by (model fingerprint, SHA-256 of the text)."""

    def __init__(self, path: Path) -> None:
        """Opens the file; a damaged one is thrown away, since everything in it can be computed again."""
        try:
            self._db = _open(path)
        except sqlite3.OperationalError:  # full, locked, not writable
            raise
        except sqlite3.DatabaseError:
            path.unlink()
            self._db = _open(path)

    def close(self) -> None:
        self._db.close()

    def _get(self, model: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for i in range(0, len(keys), 500):
            part = keys[i : i + 500]
            marks = ",".join("?" * len(part))
            found.update(
                self._db.execute(
                    f"SELECT text, vector FROM vectors WHERE model = ? AND text IN ({marks})", (model, *part)
                )
            )
        return found

    def encode(
        self, embedder: Embedder, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors of `texts` as passages, (n_texts, dim), in order; unknown ones are embedded in batches and kept at once.

        `progress(done, total)` counts the texts that had to be embedded.
        """
        keys = [text_key(t) for t in texts]
        known = self._get(embedder.fingerprint, list(dict.fromkeys(keys)))
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in known}
        todo = sorted(missing.items(), key=lambda item: (len(item[1]), item[0]))
        for i in range(0, len(todo), _BATCH):
            part = todo[i : i + _BATCH]
            vectors = embedder.encode_passages([t for _, t in part])
            rows = [
                (embedder.fingerprint, k, v.astype(np.float32).tobytes())
                for (k, _), v in zip(part, vectors, strict=True)
            ]
            with self._db:
                self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            known.update((k, v) for _, k, v in rows)
            if progress:
                progress(min(i + _BATCH, len(todo)), len(todo))
        if not keys:
            return np.zeros((0, embedder.dim), np.float32)
        return np.stack([np.frombuffer(known[k], np.float32) for k in keys])

    def keep(self, model: str, texts: Sequence[str]) -> None:
        """Forgets every vector that belongs to another text or model than these."""
        wanted = {text_key(t) for t in texts}
        have = self._db.execute("SELECT model, text FROM vectors").fetchall()
        with self._db:
            self._db.executemany(
                "DELETE FROM vectors WHERE model = ? AND text = ?",
                [(m, t) for m, t in have if m != model or t not in wanted],
            )
