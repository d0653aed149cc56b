"""A wrong answer is laid at the first stage that failed."""

import pytest

from eval.stage import stage_of, stages

from .test_report import row


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({"right": True}, None),
        ({"error": "接続できません。"}, "error"),
        ({"answerable": False, "ranks": {}}, "answered"),
        ({"ranks": {"read": (None,)}}, "search"),
        ({"ranks": {"read": (1, 40)}}, "search"),
        ({"ranks": {"fused": (None,)}}, "search"),
        ({"ranks": {"read": (2,)}, "abstained": True}, "abstained"),
        ({"ranks": {"read": (2,)}, "cite_recall": 0.0}, "choice"),
        ({"ranks": {"read": (2,)}, "cite_recall": 1.0}, "extraction"),
    ],
)
def test_the_first_stage_that_failed(changes: dict[str, object], stage: str | None) -> None:
    assert stage_of(row(**changes)) == stage


def test_stages_are_counted_in_their_order() -> None:
    wrong = row(ranks={"read": (2,)}, cite_recall=1.0)
    assert stages([wrong, wrong, row(ranks={"read": (None,)}), row(right=True)]) == {"search": 1, "extraction": 2}
