"""The gate on the bundled documents, as CI runs it: `python -m eval.bundled [HOME]`, whatever the settings of this clone say."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.ingesting import ingest
from assistant.settings import BUNDLED_DOCUMENTS, Settings
from corpus.errors import TenkyoError
from eval import run

DATASETS = Path(__file__).resolve().parent / "datasets"
HOME = Path(".tenkyo-test")  # the tests keep the built-in model there


def bundled_settings(home: Path) -> Settings:
    """Every setting at its default, environment and `.env` left aside; the bundled documents under `home`."""
    defaults = {name: field.get_default(call_default_factory=True) for name, field in Settings.model_fields.items()}
    known = defaults | {"home": home.resolve(), "documents": BUNDLED_DOCUMENTS}
    return Settings(_env_file=None, **known)  # type: ignore[call-arg]


def main(arguments: Sequence[str]) -> int:
    """Indexes the documents and asks every bundled question; the report goes to HOME/gate. Exit codes as `tenkyo eval`."""
    settings = bundled_settings(Path(arguments[0]) if arguments else HOME)
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        ingest(settings, [])
    except TenkyoError as error:
        print(f"エラー: {error.message}", file=sys.stderr)
        return 2
    return run.main(sorted(DATASETS.glob("*.jsonl")), settings.home / "gate", None, True, settings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
