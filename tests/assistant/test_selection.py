"""An answer stands on the best unit, and on those that hold what it lacks."""

from assistant.selection import select, value_first

from .pages import ASSOC, LISTS, question_on, ranked_on

PROFILE = [
    "　若草大学の海洋学部は、白浜市にある。\n",
    "　若草大学の海洋学部は、深海の研究で知られる。\n",
    "　緑市には、製材所がある。\n",
]
QUESTION = "若草大学の海洋学部の所在する市と研究の特色はどのようなものですか？"


def test_unit_that_adds_asked_words_is_selected_too() -> None:
    analysed = question_on("白浜市にある海洋学部は、深海の研究で知られていますか？", PROFILE)
    chosen = select(analysed, ranked_on(analysed.text, PROFILE), 3)
    assert {s.candidate.page.number for s in chosen} == {1, 2}


def test_never_more_units_than_the_limit_and_none_twice() -> None:
    ranked = ranked_on(QUESTION, [*PROFILE, *PROFILE])
    chosen = select(question_on(QUESTION, PROFILE), ranked, 2)
    assert 1 <= len(chosen) <= 2
    assert len({s.candidate.own.key for s in chosen}) == len(chosen)


def test_unit_with_the_asked_value_leads() -> None:
    pages = "　みなと大橋の建設費の内訳は、別の頁に示す。\n　みなと大橋の建設には、45億円を要した。\n"
    question = question_on("みなと大橋の建設費はいくらですか？", pages)
    ranked = ranked_on(question.text, pages)
    assert "45億円" in value_first(question, ranked)[0].candidate.unit.text
    assert "45億円" in value_first(question, ranked[::-1])[0].candidate.unit.text


def test_value_of_something_else_does_not_lead() -> None:
    pages = "　みなと大橋の建設費の内訳は、別の頁に示す。\n" + "\n" * 9 + "　製材所の売上は45億円である。\n"
    question = question_on("みなと大橋の建設費の内訳はいくらですか？", pages)
    ranked = sorted(ranked_on(question.text, pages), key=lambda s: -s.coverage)
    far = [s for s in ranked if s.coverage < 0.6 * ranked[0].coverage]
    assert value_first(question, [ranked[0], *far])[0] is ranked[0]


def test_unit_that_covers_nearly_all_answers_alone() -> None:
    question = question_on("あおば産業協議会はいつ設立されましたか？", ASSOC)
    assert len(select(question, ranked_on(question.text, ASSOC), 3)) == 1


def test_ranking_of_another_kind_is_left_as_it_is() -> None:
    question = question_on("重点分野をすべて挙げてください。", LISTS)
    ranked = ranked_on(question.text, LISTS)
    assert value_first(question, ranked) is ranked


def test_nothing_is_selected_from_nothing() -> None:
    assert select(question_on(QUESTION, PROFILE), [], 3) == []
