"""The container of Word, PowerPoint and Excel files: what is in it, and why one is not opened. Macros and embedded files are never touched."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from corpus.archive import check_size
from corpus.errors import DocumentError
from corpus.loaded import Loaded

_CONTENT_TYPES = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Office 97–2003, and of encrypted newer files
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 65_536  # bytes of a part that are searched for a document type
# The main part's content type, in an ordinary file, one with macros, a template or a show
_MAIN = {
    "word": re.compile(
        rb"(?:wordprocessingml|ms-word)\.(?:document|template)(?:\.macroEnabled(?:Template)?)?\.main\+xml"
    ),
    "ppt": re.compile(
        rb"(?:presentationml|ms-powerpoint)\.(?:presentation|slideshow|template)(?:\.macroEnabled)?\.main\+xml"
    ),
    "xl": re.compile(rb"(?:spreadsheetml|ms-excel)\.(?:sheet|template)(?:\.macroEnabled)?\.main\+xml"),
}
_NAMES = {"word": "Word（.docx）", "ppt": "PowerPoint（.pptx）", "xl": "Excel（.xlsx）"}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


class OldOfficeLoader:
    """Says of Office 97–2003 files and of encrypted ones what to do with them."""

    endings: tuple[str, ...] = (".doc", ".xls", ".ppt")

    def recognises(self, data: bytes) -> bool:
        return data.startswith(_OLE)

    def load(self, data: bytes, name: str) -> Loaded:
        """Always raises DocumentError."""
        raise old_office(data, name)


def old_office(data: bytes, name: str) -> DocumentError:
    """What is wrong with a file that is no ZIP."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        return DocumentError(
            f"{name} にはパスワードがかかっています。Officeで開き、パスワードを外して保存し直してください。"
        )
    if data.startswith(_OLE) or name.lower().endswith(OldOfficeLoader.endings):
        return DocumentError(
            f"{name} は古い形式（Office 97–2003）です。Officeで開き、.docx・.xlsx・.pptx で保存し直してください。"
        )
    return DocumentError(f"{name} をOfficeの文書として開けません。壊れているか、別の形式です。保存し直してください。")


def is_kind(data: bytes, kind: str) -> bool:
    """Is it a file of `kind` (word, ppt, xl)? Never raises."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return bool(_MAIN[kind].search(_types(package)))
    except _BROKEN:
        return False


def checked(data: bytes, name: str, kind: str) -> bytes:
    """The package, safe to hand to a reader; one with macros comes back declared as an ordinary one.

    Raises DocumentError when it is no package of `kind` (word, ppt, xl), is locked, broken, unpacks to too much, or has a part with
    a document type: Office writes none, and through one XML can grow or read other files.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            infos = package.infolist()
            check_size(infos, name)
            if not _MAIN[kind].search(_types(package)):
                raise DocumentError(f"{name} は{_NAMES[kind]}の文書ではありません。元のファイルを確かめてください。")
            for info in infos:
                if info.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with package.open(info) as part:
                        head = part.read(_HEAD).replace(b"\0", b"").upper()
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        raise DocumentError(
                            f"{name} に、Officeが書かない宣言（DOCTYPE）があります。安全のため開きません。Officeで保存し直してください。"
                        )
            return _without_macros(package, data)
    except _BROKEN as error:
        raise old_office(data, name) from error


@contextmanager
def understood(name: str, program: str) -> Iterator[None]:
    """Around a library that reads a file of `program` (Word, PowerPoint, Excel): whatever a broken part makes it stumble over
    becomes a DocumentError that says what to do.
    """
    try:
        yield
    except DocumentError:
        raise
    except Exception as error:
        raise DocumentError(
            f"{name} を{program}の文書として読めません。壊れています。{program}で開いて保存し直してください。"
        ) from error


def _types(package: zipfile.ZipFile) -> bytes:
    with package.open(_CONTENT_TYPES) as part:
        return part.read(1_000_000)


def _without_macros(package: zipfile.ZipFile, data: bytes) -> bytes:
    types = _types(package)
    plain = re.sub(
        rb"application/vnd\.ms-word\.(document|template)\.macroEnabled(?:Template)?\.main\+xml"
        rb"|application/vnd\.openxmlformats-officedocument\.wordprocessingml\.template\.main\+xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        types,
    )
    if plain == types:
        return data
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh:
        for info in package.infolist():
            if not info.filename.lower().endswith("vbaproject.bin"):
                fresh.writestr(info.filename, plain if info.filename == _CONTENT_TYPES else package.read(info))
    return out.getvalue()
