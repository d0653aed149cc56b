"""Everything that is wrong with question files, against the index of the settings: `python -m eval.check FILE…`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from assistant.settings import load_settings
from corpus.errors import TenkyoError
from eval.dataset import check, read_items, require_unique
from eval.engine import open_local
from eval.errors import EvalError


def main(arguments: Sequence[str]) -> int:
    """Prints a line for every problem; exit code 1 when there is one, 2 when a file or the index cannot be read."""
    try:
        items = [item for path in arguments for item in read_items(Path(path))]
        require_unique(items)
        engine = open_local(load_settings())
        with closing(engine):
            problems = check(items, engine.page_text)
    except (TenkyoError, EvalError) as error:
        print(f"エラー: {error.message}", file=sys.stderr)
        return 2
    print("\n".join([*problems, f"{len(items)}問、問題{len(problems)}件"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
