"""What comes to one of several is worked out where one clause gives the amount and the count, and the document does not say it."""

from .pages import said

HALL = "整備\n\n　あおば会館の工費は6億円で、うち市が5億円を負担し、残る1億円は地元企業23社の寄附による。\n"
TOLD = "会費\n\n　あおば会館の会費は1社当たり2万円で、会員は40社、会費の計は80万円である。\n"


def test_amount_is_divided_by_those_that_gave_it() -> None:
    assert said("あおば会館に寄附した地元企業は、1社あたりいくら出しましたか？", HALL).startswith(
        "1社あたり約435万円です（1億円 ÷ 23社）"
    )


def test_what_the_document_says_itself_is_not_divided() -> None:
    assert "÷" not in said("あおば会館の会費は1社あたりいくらですか？", TOLD)


def test_nothing_is_divided_by_a_count_of_another_thing() -> None:
    assert "÷" not in said("あおば会館の工費は1人あたりいくらですか？", HALL)
