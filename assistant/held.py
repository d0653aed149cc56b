"""What the evidence of a claim holds, read once for all checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import Claim, Evidence
from assistant.candidates import Reading, read_text
from assistant.clauses import Clause, clauses_of
from corpus.fold import fold, key

_QUOTE = re.compile(r"「([^「」]*(?:「[^「」]*」[^「」]*)*)」")


@dataclass(frozen=True)
class Held:
    """A claim with its evidence. `text` is all that the claim may rest on: contexts, quotes and their readable forms."""

    claim: Claim

    @cached_property
    def text(self) -> str:
        return "\n".join(f"{e.context}\n{e.quote}\n{e.text}" for e in self.claim.evidence)

    @cached_property
    def reading(self) -> Reading:
        return read_text(self.text, bare_years=True)

    @cached_property
    def folded(self) -> str:
        """`text` in lower case and NFKC, with its blanks."""
        return fold(self.text).text

    @cached_property
    def units(self) -> tuple[Evidence, ...]:
        """The pieces of evidence, each place once."""
        return tuple({(e.document_id, e.page_number, e.start, e.end): e for e in self.claim.evidence}.values())

    @cached_property
    def said(self) -> str:
        """The claim without what it quotes to the letter: a quote says what its evidence says."""

        def leave_out(match: re.Match[str]) -> str:
            return "「」" if len(match[1]) > 12 and key(match[1]) in self.reading.key else match[0]

        return _QUOTE.sub(leave_out, self.claim.text)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of `said`."""
        return clauses_of(self.said)

    def verbatim(self, text: str) -> bool:
        """Does the text stand in a piece of evidence to the letter (blanks aside)?"""
        return key(text) in self.reading.key
