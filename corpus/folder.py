"""The files of a folder and the document id of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path, PurePosixPath

from corpus.archive import ARCHIVE_ENDING, member_names
from corpus.errors import DocumentError, FolderError
from corpus.loader import loader_for
from corpus.manifest import MANIFEST, ManifestEntry, read_manifest
from corpus.source import Source


def find_sources(paths: Sequence[Path]) -> tuple[Source, ...]:
    """The readable files among `paths` (files, or folders searched one level deep) and in their ZIP files, in the order of their ids.

    The id is the file's name without its ending; where two files would share it, the ending is appended to both, and where that is
    not enough, members of ZIP files get the path before it. A ZIP that is refused or holds nothing readable stays one source, which
    gives the reason when it is read.
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
    sources = _with_ids([one for p, e in unique.values() for one in _opened(p, e)])
    for one, other in pairwise(sources):
        if one.id == other.id:
            raise FolderError(
                f"{one.where} と {other.where} は同じ文書ID（{one.id}）になります。どちらかのファイル名を変えてください。"
            )
    return tuple(sources)


def unread_files(paths: Sequence[Path]) -> list[str]:
    """Files of the folders among `paths` that no loader reads, in the order of their names."""
    folders = [(folder, read_manifest(folder)) for folder in paths if folder.is_dir()]
    return [
        str(one)
        for folder, entries in folders
        for one in sorted(_files(folder))
        if one.name != MANIFEST
        and not one.name.startswith(".")
        and one.name not in entries
        and not loader_for(one.name)
    ]


def _opened(path: Path, entry: ManifestEntry | None) -> list[Source]:
    """The file, or the members of a ZIP file; ids are given later."""
    if path.suffix.lower() != ARCHIVE_ENDING:
        return [Source("", path, entry)]
    try:
        members = [name for name in member_names(path, path.name) if loader_for(PurePosixPath(name).name)]
    except DocumentError:
        members = []
    return [Source("", path, None, member) for member in members] or [Source("", path, entry)]


def _with_ids(sources: Sequence[Source]) -> list[Source]:
    stems = [Path(one.name).stem for one in sources]
    shared = Counter(stems)
    ids = [
        stem if shared[stem] == 1 else f"{stem}-{Path(one.name).suffix.lstrip('.').lower()}"
        for stem, one in zip(stems, sources, strict=True)
    ]
    shared = Counter(ids)
    ids = [
        "-".join([one.path.stem, *PurePosixPath(one.member).parts[:-1], name])
        if shared[name] > 1 and one.member
        else name
        for name, one in zip(ids, sources, strict=True)
    ]
    return sorted((replace(one, id=name) for name, one in zip(ids, sources, strict=True)), key=lambda one: one.id)


def _files(folder: Path) -> list[Path]:
    try:
        return [p for p in folder.iterdir() if p.is_file()]
    except OSError as error:
        raise FolderError(f"{folder} を開けません（{error.strerror}）。権限を確かめてください。") from error
