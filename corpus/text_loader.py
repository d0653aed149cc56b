"""Text files in any Japanese encoding, a form feed (U+000C) between pages."""

from __future__ import annotations

from corpus.encoding import decode
from corpus.errors import DocumentError
from corpus.loaded import Loaded, LoadedPage


class TextLoader:
    """Reads `.txt` files; line ends become U+000A, a byte order mark is dropped, nothing else is changed."""

    endings: tuple[str, ...] = (".txt",)

    def recognises(self, data: bytes) -> bool:  # noqa: ARG002
        return False

    def load(self, data: bytes, name: str) -> Loaded:
        """Raises DocumentError when the bytes are no text in a known encoding."""
        pages = read_text(data, name).split("\f")
        if len(pages) > 1 and not pages[-1].strip():
            pages.pop()
        return Loaded(tuple(LoadedPage(page) for page in pages))


def read_text(data: bytes, name: str, declared: str = "") -> str:
    """The text with U+000A at line ends. Raises DocumentError."""
    text = decode(data, declared)
    if text is None:
        raise DocumentError(
            f"{name} を文字として読めません（UTF-8、UTF-16、Shift_JIS、EUC-JP、ISO-2022-JP のどれとしても正しくありません）。"
            "壊れていないか確かめ、UTF-8で保存し直してください。"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")
