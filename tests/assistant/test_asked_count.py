"""A number counts what is asked for only where it stands with a word for things."""

import pytest

from assistant.asked_count import asked_count, counts_in


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("重点分野を３つ挙げてください。", (3,)),
        ("どのような四つの柱がありますか。", (4,)),
        ("対象となった5地域はどこですか。", (5,)),
        ("準備会に置かれた三部会", (3,)),
        ("加盟した12団体と2大学", (12, 2)),
        ("平成23年の会員数は何人ですか。", ()),
        ("第3地区の人口は1,234人である。", ()),
    ],
)
def test_numbers_of_things_are_counts(text: str, counts: tuple[int, ...]) -> None:
    assert counts_in(text) == counts


def test_english_numbers_before_a_word_are_counts() -> None:
    assert counts_in("Which three towns joined?", english=True) == (3,)
    assert counts_in("Which towns joined as one of the three?", english=True) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("港の4地域の事例では、どのような3つの教訓が示されていますか。", 3),
        ("2大学が組んだ会は、どんな利点を三つ得られますか。", 3),
        ("対象となった5地域はどこですか。", 5),
        ("会員数は何人ですか。", None),
    ],
)
def test_number_behind_the_question_word_is_what_is_asked_for(text: str, count: int | None) -> None:
    assert asked_count(text) == count


def test_last_number_is_the_asked_one() -> None:
    assert asked_count("４地域の事例から得られる３つの示唆は何ですか。") == 3
