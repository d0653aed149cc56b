"""The root of every error that a user may meet; the classes carry data, the doors choose the words' dress."""

from __future__ import annotations


class TenkyoError(Exception):
    """An error with a Japanese message that says what happened, where, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class DocumentError(TenkyoError):
    """A file cannot be read as a document."""


class ManifestError(DocumentError):
    """`manifest.toml` is not valid, or disagrees with the files that it describes."""


class FolderError(TenkyoError):
    """A folder is missing, or may not be read or written."""
