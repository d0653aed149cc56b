"""An English question tells what it asks for by its question word or by the noun behind it."""

import pytest

from assistant.english_kind import english_counter, english_kind, with_japanese_dates
from assistant.question import analyse


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What was the estimated total damage to farms?", "amount"),
        ("What is the population of Aoba Town?", "number"),
        ("What share of the farms sold less?", "number"),
        ("What is the deadline for the second round?", "date"),
        ("What is the name of the mayor's programme?", None),
    ],
)
def test_noun_behind_what_is_tells_the_kind(question: str, kind: str | None) -> None:
    assert english_kind(question) == kind


def test_how_many_of_people_counts_people() -> None:
    assert english_counter("How many seasonal workers did the town hire?") == "人"
    assert english_counter("What percentage of the shops closed?") == "%"
    assert english_counter("How many bridges are there?") is None


def test_english_dates_are_read_as_the_documents_write_them() -> None:
    assert with_japanese_dates("as of March 3, 2019 and in May 2020") == "as of 2019年3月3日 and in 2020年5月"
    assert with_japanese_dates("in fiscal 2021") == "in 2021年度"
    assert analyse("How many farms were there in May 2020?", lambda _: 1.0).years == (2020,)
