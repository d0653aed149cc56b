"""Does another grader agree? `python -m eval.agreement RUN GRADED`: a run's folder or rows.jsonl, and that grader's rows.

GRADED is JSON Lines with `id`, `right` and `answer`. Items whose answers differ between the two are counted apart.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvalError
from eval.folder import baseline_rows
from eval.row import Row


@dataclass(frozen=True, slots=True)
class Agreement:
    """`n` items with the same answer; of these the ones that the two graders see differently, (our row, their verdict)."""

    n: int
    other_answer: tuple[str, ...]
    disagreements: tuple[tuple[Row, bool], ...]

    @property
    def share(self) -> float:
        return 1 - len(self.disagreements) / self.n if self.n else 0.0


def agreement(rows: Sequence[Row], graded: Sequence[dict[str, Any]]) -> Agreement:
    """Compares the verdicts on the items that both have."""
    theirs = {g["id"]: g for g in graded}
    common = [(r, theirs[r.id]) for r in sorted(rows, key=lambda r: r.id) if r.id in theirs]
    same = [(r, g) for r, g in common if r.answer == g["answer"]]
    return Agreement(
        n=len(same),
        other_answer=tuple(r.id for r, g in common if r.answer != g["answer"]),
        disagreements=tuple((r, bool(g["right"])) for r, g in same if r.right != g["right"]),
    )


def main(arguments: Sequence[str]) -> int:
    """Prints the share and every disagreement; exit code 2 when a file cannot be read."""
    try:
        run, graded = map(Path, arguments)
        rows = baseline_rows(run)
        found = agreement(rows, [json.loads(line) for line in graded.read_text(encoding="utf-8").split("\n") if line])
    except EvalError as error:
        print(f"エラー: {error.message}", file=sys.stderr)
        return 2
    except (OSError, ValueError, KeyError) as error:
        print(f"エラー: 使い方は python -m eval.agreement RUN GRADED です（{error}）。", file=sys.stderr)
        return 2
    print(f"一致 {found.share:.1%}（{found.n}問）。答えそのものが違う: {' '.join(found.other_answer) or 'なし'}")
    for row, theirs in found.disagreements:
        print(
            f"{row.id} 型つき={row.right} 相手={theirs}\n  問い: {row.question}\n  期待: {row.expected}\n  答え: {row.answer}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
