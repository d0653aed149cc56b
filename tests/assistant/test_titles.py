"""A block's title may stand above it or, on a slide, right below it."""

from assistant.titles import title_of

from .pages import ask, candidates_of

BELOW = "　・ドローンによる実証\n　・港の混雑予測\n潮風プロジェクト(2018-)\n"
ABOVE = "■ 潮風プロジェクト\n　・ドローンによる実証\n　・港の混雑予測\n"


def test_caption_with_its_years_right_below_is_the_title() -> None:
    candidates = candidates_of(BELOW)
    title, caption = title_of(candidates[0], candidates)
    assert title == "潮風プロジェクト(2018-)"
    assert caption is candidates[-1]


def test_title_of_another_page_is_not_taken() -> None:
    candidates = candidates_of(["　・ドローンによる実証\n", "潮風プロジェクト(2018-)\n"])
    assert title_of(candidates[0], candidates) == ("", None)


def test_heading_above_is_the_title_and_no_unit_of_its_own() -> None:
    candidates = candidates_of(ABOVE)
    inner = next(c for c in candidates if "港" in c.unit.text)
    title, caption = title_of(inner, candidates)
    assert "潮風プロジェクト" in title
    assert caption is None


def test_heading_has_no_title() -> None:
    candidates = candidates_of(ABOVE)
    assert title_of(candidates[0], candidates) == ("", None)


def test_answer_names_the_caption_and_cites_it() -> None:
    claim = ask("ドローンの実証を行った事業は何ですか？", BELOW).claims[0]
    assert claim.text == "潮風プロジェクト(2018-)：ドローンによる実証。"
    assert ["潮風" in e.quote for e in claim.evidence] == [False, True]


def test_title_that_the_question_names_is_not_repeated() -> None:
    claim = ask("潮風プロジェクトで、ドローンは何に使われますか？", ABOVE).claims[0]
    assert not claim.text.startswith("潮風プロジェクト：")
