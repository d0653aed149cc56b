"""What became of every page that was read: pages in = pages indexed + empty + failed, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from corpus.quality import LOW_QUALITY

State = Literal["indexed", "empty", "failed"]
BLANK = "白紙です。"
NO_WORD = "OCRで文字が見つかりません（白紙か、図だけのページ）。"
NO_UNIT = "検索できる文がありません（記号やページ番号だけのページ）。"


@dataclass(frozen=True, slots=True)
class PageState:
    """`reason` is "" for a page that is indexed without any problem; `quality` see corpus.quality, None for a page without letters."""

    number: int
    label: str
    state: State
    reason: str
    ocr: bool
    quality: float | None

    @property
    def is_poor(self) -> bool:
        """Indexed, but its text looks broken."""
        return self.state == "indexed" and self.quality is not None and self.quality < LOW_QUALITY


@dataclass(frozen=True, slots=True)
class PageCounts:
    """`pages == indexed + empty + failed`; `ocr` and `poor` are among the indexed ones."""

    pages: int = 0
    indexed: int = 0
    empty: int = 0
    failed: int = 0
    ocr: int = 0
    poor: int = 0

    @classmethod
    def of(cls, states: Iterable[PageState]) -> PageCounts:
        found = list(states)
        kinds = [one.state for one in found]
        return cls(
            len(found),
            kinds.count("indexed"),
            kinds.count("empty"),
            kinds.count("failed"),
            sum(one.ocr for one in found if one.state == "indexed"),
            sum(one.is_poor for one in found),
        )

    def __add__(self, other: PageCounts) -> PageCounts:
        return PageCounts(
            self.pages + other.pages,
            self.indexed + other.indexed,
            self.empty + other.empty,
            self.failed + other.failed,
            self.ocr + other.ocr,
            self.poor + other.poor,
        )


def page_state(
    number: int, label: str, problem: str, ocr: bool, quality: float | None, has_text: bool, has_chunks: bool
) -> PageState:
    """A page with chunks is indexed, whatever else is wrong with it; one without is failed if something is, else empty."""
    state: State = "indexed" if has_chunks else "failed" if problem else "empty"
    reason = problem or ("" if has_chunks else NO_UNIT if has_text else NO_WORD if ocr else BLANK)
    return PageState(number, label, state, reason, bool(ocr), quality)
