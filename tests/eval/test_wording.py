"""Figures have Japanese names."""

from typing import get_args

import pytest

from eval.dataset import Kind, Style
from eval.wording import KIND_NAMES, STYLE_NAMES, figure_name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("accuracy", "正答（答えのある問い）"),
        ("retrieval.dense.recall@5", "検索 ベクトル recall@5"),
        ("kind.date", "日付の問いの正答"),
        ("style.era", "和暦・西暦の問いの正答"),
        ("latency.p95", "latency.p95"),
    ],
)
def test_a_figure_is_told_in_japanese(path: str, name: str) -> None:
    assert figure_name(path) == name


def test_every_kind_and_style_has_a_name() -> None:
    assert set(KIND_NAMES) == set(get_args(Kind))
    assert set(STYLE_NAMES) == set(get_args(Style))
