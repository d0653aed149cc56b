"""The limits that the project ships."""

from pathlib import Path

import pytest

from eval.errors import EvalError
from eval.gate import read_limits
from eval.summary import summarise
from eval.wording import METRIC_NAMES

from .test_report import row


def test_the_shipped_limits_name_figures_that_exist() -> None:
    full = row(
        ungrounded=(),
        conflict=False,
        caught=True,
        ranks=dict.fromkeys(("lexical", "dense", "fused", "read"), (1,)),
        style="era",
    )
    summary = summarise([full, full.model_copy(update={"id": "b", "style": "unit", "answerable": False})])
    for section in ("items", "squad"):
        limits = read_limits(section)
        assert [n for n in (*limits.floors, *limits.ceilings) if summary.value(n) is None] == []
        assert [n for n in limits.no_fall if n not in METRIC_NAMES and summary.value(n) is None] == []


@pytest.mark.parametrize("text", ["", "[items", "[items]\nfloor = 1", "[items.floors]\naccuracy = 'viel'"])
def test_wrong_limits_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "gates.toml").write_text(text, encoding="utf-8")
    with pytest.raises(EvalError, match=r"gates\.toml"):
        read_limits("items", tmp_path / "gates.toml")
