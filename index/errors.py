"""What can be wrong with an index."""

from __future__ import annotations

from corpus.errors import TenkyoError


class IndexMissing(TenkyoError):
    """There is no index yet."""


class IndexStale(TenkyoError):
    """The index was made with other settings, models or documents."""


class IndexBroken(TenkyoError):
    """The index cannot be opened, or failed its check."""


class IngestBusy(TenkyoError):
    """Another ingest holds the lock."""


class VectorStoreUnreachable(TenkyoError):
    """The Chroma server does not answer."""


class UnknownDocument(TenkyoError):
    """No such document, or no such page in it."""


class StorageError(TenkyoError):
    """The disk is full: nothing was published, the index before still serves."""
