"""ZIP files: each member is a document of its own. Nothing is unpacked to disk; tricks and bombs are refused with the reason."""

from __future__ import annotations

import stat
import zipfile
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from corpus.errors import DocumentError
from corpus.loaded import Loaded

ARCHIVE_ENDING = ".zip"
MAX_MEMBERS = 2000
MAX_BYTES = 400_000_000  # of all members, unpacked
MAX_RATIO = 250  # unpacked to packed; XML of large sheets reaches about 60
_SMALL = 5_000_000  # bytes; below it a high ratio does no harm
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


class ArchiveLoader:
    """Says why a ZIP is not read as a document: the folder's search opens ZIP files, and only those that are not in another."""

    endings: tuple[str, ...] = (ARCHIVE_ENDING,)

    def recognises(self, data: bytes) -> bool:
        return data.startswith(b"PK\x03\x04") and "[Content_Types].xml" not in part_names(data)

    def load(self, data: bytes, name: str) -> Loaded:
        """Always raises DocumentError."""
        names = member_names(BytesIO(data), name)
        if not names:
            raise DocumentError(f"{name} に読めるファイルが入っていません。文書を入れ直してください。")
        raise DocumentError(
            f"{name} はZIPファイルです。ZIPの中のZIPと、名前が .zip で終わらないZIPは開きません。中の文書を取り出してください。"
        )


def part_names(data: bytes) -> frozenset[str]:
    """The names in a ZIP as they are stored; empty when it is none."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            return frozenset(opened.namelist())
    except _BROKEN:
        return frozenset()


def member_names(file: Path | IO[bytes], name: str) -> tuple[str, ...]:
    """The files of a ZIP in the order of their names, without what systems add (`__MACOSX`, hidden files).

    `name` is what messages call it. Raises DocumentError when it is no ZIP, is locked by a password, has names that lead out of it,
    names twice, links, too many members, or members that unpack to too much.
    """
    try:
        with zipfile.ZipFile(file) as opened:
            infos = opened.infolist()
    except _BROKEN as error:
        raise _unreadable(name) from error
    return tuple(sorted(_checked(infos, name)))


def _checked(infos: list[zipfile.ZipInfo], name: str) -> dict[str, zipfile.ZipInfo]:
    check_size(infos, name)
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        member = _decoded(info)
        parts = PurePosixPath(member).parts
        if member.startswith("/") or ".." in parts or "\\" in member or (parts and parts[0].endswith(":")):
            raise DocumentError(
                f"{name} の中に、外のフォルダーを指す名前（{member}）があります。安全のため開きません。作り直してください。"
            )
        if stat.S_ISLNK(info.external_attr >> 16):
            raise DocumentError(
                f"{name} の中の {member} はリンクです。安全のため開きません。ファイルそのものを入れてください。"
            )
        if info.flag_bits & 1:
            raise DocumentError(f"{name} にはパスワードがかかっています。パスワードを外して入れ直してください。")
        if info.is_dir() or member.startswith(_IGNORED[0]) or parts[-1].startswith(".") or parts[-1] in _IGNORED:
            continue
        if member in found:
            raise DocumentError(f"{name} の中に同じ名前（{member}）が二つあります。片方を除いてください。")
        found[member] = info
    return found


def check_size(infos: list[zipfile.ZipInfo], name: str) -> None:
    """Raises DocumentError when a ZIP has too many members or would unpack to too much."""
    if len(infos) > MAX_MEMBERS:
        raise DocumentError(
            f"{name} には{len(infos):,}個のファイルが入っています。{MAX_MEMBERS:,}個までにしてください。"
        )
    total = sum(info.file_size for info in infos)
    if total > MAX_BYTES:
        raise DocumentError(
            f"{name} は開くと{total // 1_000_000:,}MBになります。{MAX_BYTES // 1_000_000}MBまでに分けてください。"
        )
    for info in infos:
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise DocumentError(
                f"{name} の中の {info.filename} は圧縮の比率が異常です。安全のため開きません。元のファイルを確かめてください。"
            )


def read_member(path: Path, member: str) -> bytes:
    """The bytes of a member that `member_names` named. Raises DocumentError."""
    where = f"{path.name} の {member}"
    try:
        with zipfile.ZipFile(path) as opened:
            found = _checked(opened.infolist(), path.name)
            if member not in found:
                raise DocumentError(f"{where} が見つかりません。もう一度取り込んでください。")
            with opened.open(found[member]) as stream:
                data = stream.read(found[member].file_size + 1)
    except _BROKEN as error:
        raise _unreadable(where) from error
    return data


def _unreadable(name: str) -> DocumentError:
    return DocumentError(f"{name} をZIPとして開けません。壊れているか、途中で切れています。作り直してください。")


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name as its maker meant it: ZIPs of Japanese Windows hold CP932 names without saying so, and zipfile reads them as CP437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding).replace("\\", "/") if encoding == "cp932" else raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
