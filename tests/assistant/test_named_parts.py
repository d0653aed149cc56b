"""As many names as are asked for, each ending in the asked noun, answer together."""

from .pages import ask, quotes, said

SECTIONS = "■ ものづくり会の体制\n会長 若草大学 東山\n■ 部会\n木材部会 部会長 あさひ商社 鉄鋼部会 部会長 ゆうひ商社\n人材部会 部会長 若草高専\n年会費：3万円\n"


def test_names_that_end_in_the_asked_noun_are_listed_where_they_are_as_many_as_asked() -> None:
    (claim,) = ask("ものづくり会の体制で、置かれている3つの部会をあげて下さい。", SECTIONS).claims
    assert claim.text == "3つあります：木材部会、鉄鋼部会、人材部会。"
    assert len(quotes(claim.evidence)) == 2


def test_another_number_of_names_makes_no_list() -> None:
    assert "つあります" not in said("ものづくり会の体制で、置かれている4つの部会をあげて下さい。", SECTIONS)
