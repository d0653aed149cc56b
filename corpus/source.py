"""Where a document comes from: a file, or a member of a ZIP file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.archive import read_member
from corpus.errors import DocumentError
from corpus.manifest import ManifestEntry


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is to be indexed as document `id`; `member` is the name in the ZIP file `path`, "" for a file of its own."""

    id: str
    path: Path
    entry: ManifestEntry | None
    member: str = ""

    @property
    def name(self) -> str:
        """The file's own name, with its ending and without folders."""
        return PurePosixPath(self.member).name if self.member else self.path.name

    @property
    def where(self) -> str:
        """What messages and the list of failures call it."""
        return f"{self.path} の {self.member}" if self.member else str(self.path)

    def read(self) -> bytes:
        """Raises DocumentError when it cannot be read."""
        if self.member:
            return read_member(self.path, self.member)
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise DocumentError(
                f"{self.path} を読めません（{error.strerror}）。ファイルと権限を確かめてください。"
            ) from error
