"""Rows come back as they were written."""

from pathlib import Path

import pytest

from eval.errors import EvalError
from eval.row import read_rows

from .test_report import row


def test_a_row_survives_the_file_whatever_its_text_holds(tmp_path: Path) -> None:
    rows = [row(answer="一\u2028二\x85三\x0c四\n五"), row(id="B")]
    (tmp_path / "rows.jsonl").write_text("".join(f"{r.model_dump_json()}\n" for r in rows), encoding="utf-8")
    assert read_rows(tmp_path / "rows.jsonl") == rows


def test_a_line_that_was_cut_off_is_passed_over_only_in_an_unfinished_run(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f'{row().model_dump_json()}\n{{"id": "B", "ki', encoding="utf-8")
    assert read_rows(path, unfinished=True) == [row()]
    with pytest.raises(EvalError, match="2行目"):
        read_rows(path)
