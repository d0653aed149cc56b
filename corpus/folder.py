"""The files of a folder and the document id of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from corpus.errors import FolderError
from corpus.loader import loader_for
from corpus.manifest import MANIFEST, ManifestEntry, read_manifest


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is to be indexed as document `id`."""

    id: str
    path: Path
    entry: ManifestEntry | None


def find_sources(paths: Sequence[Path]) -> tuple[Source, ...]:
    """The readable files among `paths` (files, or folders searched one level deep), in the order of their names.

    The id is the file's name without its ending; where two files would share it, the ending is appended to both.
    Raises FolderError when a path does not exist, may not be listed, or two files would still share an id (equal names in two
    folders); ManifestError when a manifest is wrong.
    """
    files: list[tuple[Path, ManifestEntry | None]] = []
    for path in paths:
        if path.is_dir():
            entries = read_manifest(path)
            names = sorted(p for p in _files(path) if p.name != MANIFEST and not p.name.startswith("."))
            files.extend((p, entries.get(p.name)) for p in names if p.name in entries or loader_for(p.name))
        elif path.is_file():
            files.append((path, read_manifest(path.parent).get(path.name)))
        else:
            raise FolderError(
                f"{path} が見つかりません。パスを確かめるか、TENKYO_DOCUMENTS に文書のフォルダーを設定してください。"
            )
    unique = {p.resolve(): (p, e) for p, e in files}
    stems = Counter(p.stem for p, _ in unique.values())
    sources = [
        Source(p.stem if stems[p.stem] == 1 else f"{p.stem}-{p.suffix.lstrip('.').lower()}", p, e)
        for p, e in unique.values()
    ]
    sources.sort(key=lambda s: s.id)
    for one, other in pairwise(sources):
        if one.id == other.id:
            raise FolderError(
                f"{one.path} と {other.path} は同じ文書ID（{one.id}）になります。どちらかのファイル名を変えてください。"
            )
    return tuple(sources)


def _files(folder: Path) -> list[Path]:
    try:
        return [p for p in folder.iterdir() if p.is_file()]
    except OSError as error:
        raise FolderError(f"{folder} を開けません（{error.strerror}）。権限を確かめてください。") from error
