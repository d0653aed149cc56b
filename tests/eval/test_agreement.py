"""Another grader's verdicts are compared on the same answers only."""

from eval.agreement import agreement

from .test_report import row


def test_only_equal_answers_are_compared() -> None:
    rows = [row(id="a", answer="x", right=True), row(id="b", answer="y", right=True), row(id="c", answer="z")]
    graded = [
        {"id": "a", "answer": "x", "right": True},
        {"id": "b", "answer": "other", "right": False},
        {"id": "c", "answer": "z", "right": True},
    ]
    found = agreement(rows, graded)
    assert (found.n, found.share, found.other_answer) == (2, 0.5, ("b",))
    assert [(r.id, theirs) for r, theirs in found.disagreements] == [("c", True)]
