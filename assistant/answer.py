"""What is said: drafts that name their evidence, and answers whose every sentence carries a checked citation."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A citable piece of a page that was found for the question: `quote == page_text[start:end]`.

    `text` is the quote for reading (soft line breaks joined); `context` holds what it inherits (document title, headings,
    column heads, the line before), which a claim may also rest on.
    """

    document_id: str
    title: str
    published: str
    page_label: str
    page_number: int
    locator: str
    note: str
    start: int
    end: int
    quote: str
    text: str
    context: str
    score: float = 0.0

    @property
    def place(self) -> tuple[str, int, int]:
        """Document, page and start: no two pieces of evidence share it."""
        return self.document_id, self.page_number, self.start


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a draft and the evidence that it stands on. `computed` are values that code worked out from cited ones."""

    text: str
    evidence: tuple[Evidence, ...]
    computed: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different values for the same thing; `evidence` holds one piece for each."""

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model was asked and took: SHA-256 of all that it was told, tokens as its server counts them (0: not said).

    `failure` says why the built-in reader answered instead, "" when the model's words were used.
    """

    prompt_sha256: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before the checks. An abstention has one claim without values; its evidence are the nearest pages.

    `dropped` names what the drafter itself took out because the evidence does not hold it.
    """

    claims: tuple[Claim, ...]
    abstained: bool = False
    conflicts: tuple[Conflict, ...] = ()
    reader: str = "built-in"
    confidence: float = 0.0
    dropped: tuple[str, ...] = ()
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A checked pointer: `quote` is `page_text[start:end]` to the letter."""

    marker: int
    document_id: str
    title: str
    page: str
    page_number: int
    locator: str
    quote: str
    start: int
    end: int
    note: str

    @property
    def url(self) -> str:
        """Path of the page in the HTTP API, with the span to mark."""
        return f"/v1/documents/{quote(self.document_id, safe='')}/pages/{quote(self.page, safe='')}?start={self.start}&end={self.end}"


@dataclass(frozen=True, slots=True)
class CitedConflict:
    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """`unsupported` lists what was found in the shown answer without support; it is empty when `supported`."""

    supported: bool
    unsupported: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What every door returns."""

    id: str
    question: str
    answer: str
    abstained: bool
    citations: tuple[Citation, ...]
    conflicts: tuple[CitedConflict, ...]
    checks: Checks
    reader: str
    timings_ms: dict[str, float]
    index: str
    considered: tuple[Evidence, ...] = field(default=(), repr=False)
    usage: Usage | None = field(default=None, repr=False)  # None: no language model was asked


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """First event of a stream: what the answer will be drawn from, best first."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """Checked text that goes to the end of what was sent before."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Last event of a stream: the whole answer. Its text is the deltas put together."""

    answer: Answer


Event = EvidenceFound | Delta | Finished
