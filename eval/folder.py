"""The folder of a run: run.json (what was run), rows.jsonl (an answer a line), summary.json, report.html."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from eval.dataset import Item
from eval.errors import EvalError
from eval.row import Row, read_rows

ROWS, RUN, SUMMARY, REPORT = "rows.jsonl", "run.json", "summary.json", "report.html"
_CODE = Path(__file__).resolve().parent.parent


def run_facts(
    items: Sequence[Item], files: Sequence[Path], settings: Settings, engine: dict[str, str]
) -> dict[str, Any]:
    """All that decides a run's figures. Equal facts give equal rows; secrets are masked."""
    hashed = {"items": [hashlib.sha256(i.model_dump_json().encode()).hexdigest() for i in items]}
    return {
        "files": [path.name for path in files],
        "items": len(items),
        "items_sha256": hashlib.sha256(json.dumps(hashed).encode()).hexdigest(),
        "code_sha256": _code_hash(),
        "settings": settings_shown(settings),
        "index": engine,
    }


def settings_shown(settings: Settings) -> dict[str, str]:
    """The settings with every secret masked; folders are left out, because they do not change an answer."""
    shown = settings.model_dump(mode="json", exclude={"home", "documents", "api_keys"})
    return {name: str(value) for name, value in sorted(shown.items())} | {
        "api_keys": "**********" if settings.api_keys else ""
    }


def _code_hash() -> str:
    """SHA-256 over the sources that make and grade answers."""
    digest = hashlib.sha256()
    for room in ("assistant", "corpus", "eval", "index"):
        for path in sorted((_CODE / room).glob("*.py")):
            digest.update(f"{room}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


class RunFolder:
    """Collects the rows of a run; an interrupted run of the same facts is gone on with."""

    def __init__(self, folder: Path | None, facts: dict[str, Any]) -> None:
        """`folder` None keeps the rows in memory. Raises EvalError when it cannot be written or holds something else."""
        self.folder = folder
        self.rows: list[Row] = []
        if folder is None:
            return
        try:
            self._open(folder, facts)
        except OSError as error:
            raise EvalError(
                f"{folder} に書き込めません（{error.strerror}）。--report を別の場所にしてください。"
            ) from error

    def _open(self, folder: Path, facts: dict[str, Any]) -> None:
        if folder.is_dir() and any(folder.iterdir()) and not (folder / RUN).is_file():
            raise EvalError(
                f"{folder} には評価の結果ではないファイルがあります。--report を空のフォルダーにしてください。"
            )
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = (folder / ROWS).is_file() and not (folder / SUMMARY).is_file()
        if unfinished and _read_json(folder / RUN) == facts:
            self.rows = [r for r in read_rows(folder / ROWS, unfinished=True) if not r.error]
        for name in (SUMMARY, REPORT):
            (folder / name).unlink(missing_ok=True)
        (folder / RUN).write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
        (folder / ROWS).write_text("".join(f"{r.model_dump_json()}\n" for r in self.rows), encoding="utf-8")

    def add(self, row: Row) -> None:
        self.rows.append(row)
        if self.folder:
            with (self.folder / ROWS).open("a", encoding="utf-8") as file:
                file.write(f"{row.model_dump_json()}\n")

    def write(self, name: str, text: str) -> None:
        if self.folder:
            (self.folder / name).write_text(text, encoding="utf-8")


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def baseline_rows(path: Path) -> list[Row]:
    """The rows of another run: its folder, or its rows.jsonl. Raises EvalError."""
    return read_rows(path / ROWS if path.is_dir() else path)
