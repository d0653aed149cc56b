"""Commas between nouns enumerate; commas between clauses do not."""

import pytest

from assistant.enumeration import lengths


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("甲市、乙市、丙町が参加した。", {3}),
        ("参加したのは、甲市、乙市及び丙町である。", {3}),
        ("三部会（企画・技術・広報）を置いた。", {3}),
        ("進出の理由は、安い土地、豊かな水、近い港があることである。", {3}),
        ("会を開き、意見を聞いて、方針を決めた。", set()),
        ("会員数は328である。", set()),
        ("市が求めた、若者を集める、港の案である。", set()),
        ("会員を増やす道と会費を上げる道がある。", {2}),
        ("会員を増やす道と会費がある。", set()),
    ],
)
def test_things_side_by_side_are_counted(text: str, runs: set[int]) -> None:
    assert lengths(text) == runs


def test_bracket_lists_on_its_own() -> None:
    assert 3 in lengths("谷の構想（木の谷、水の谷、星の谷）を掲げ、店を呼んだ。")
