"""Text files: UTF-8, a form feed (U+000C) between pages."""

from __future__ import annotations

from corpus.errors import DocumentError
from corpus.loaded import Loaded, LoadedPage


class TextLoader:
    """Reads `.txt` files; line ends become U+000A, a byte order mark is dropped, nothing else is changed."""

    endings: tuple[str, ...] = (".txt",)

    def recognises(self, data: bytes) -> bool:  # noqa: ARG002
        return False

    def load(self, data: bytes, name: str) -> Loaded:
        """Raises DocumentError when the bytes are not UTF-8."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DocumentError(
                f"{name} の文字コードがUTF-8ではありません（{error.start}バイト目）。UTF-8で保存し直してください。"
            ) from error
        pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
        if len(pages) > 1 and not pages[-1].strip():
            pages.pop()
        return Loaded(tuple(LoadedPage(page) for page in pages))
