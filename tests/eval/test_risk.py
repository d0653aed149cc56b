"""Confidence that tells right from wrong."""

from eval.risk import RiskPoint, auroc, risk_coverage


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    assert auroc([(0.9, True), (0.8, True), (0.1, False)]) == 1.0
    assert auroc([(0.9, False), (0.1, True)]) == 0.0
    assert auroc([(0.5, True), (0.5, False)]) == 0.5


def test_auroc_needs_both_sides() -> None:
    assert auroc([(0.9, True)]) is None
    assert auroc([]) is None


def test_the_risk_of_the_most_confident_answers_stands_first_and_ties_go_together() -> None:
    points = risk_coverage([(0.5, False), (0.9, True), (0.5, True)], 4)
    assert points == (RiskPoint(0.9, 0.25, 0.0), RiskPoint(0.5, 0.75, 0.3333))
