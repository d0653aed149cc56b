"""Where a wrong answer went wrong: in the search, in the choice of the page, in taking the answer from it, in abstaining."""

from __future__ import annotations

from collections.abc import Sequence

from eval.row import Row

_READ = 10  # pages of which the assistant reads every unit
STAGES = ("error", "search", "abstained", "choice", "extraction", "answered")


def stage_of(row: Row) -> str | None:
    """The first stage that failed; None for a right answer.

    search: a page that is needed was not read. abstained: it was read, and the answer withheld. choice: others were cited.
    extraction: it was cited, with the wrong words. answered: there was nothing to answer.
    """
    if row.right:
        return None
    if row.error:
        return "error"
    if not row.answerable:
        return "answered"
    ranks = row.ranks.get("read") or row.ranks.get("fused") or ()
    if any(r is None or r > _READ for r in ranks):
        return "search"
    if row.abstained:
        return "abstained"
    return "extraction" if row.cite_recall else "choice"


def stages(rows: Sequence[Row]) -> dict[str, int]:
    """Wrong answers by stage, in the order of STAGES; a stage without any is left out."""
    found = [stage_of(r) for r in rows]
    return {name: found.count(name) for name in STAGES if name in found}
