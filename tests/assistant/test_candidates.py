"""Candidates are the units of the found pages, with the words that they inherit."""

import pytest

from assistant.candidates import CandidateSource, read_text, refers_back

from .pages import ALL, BUDGET, SmallLibrary, candidates_of


def test_quote_is_a_slice_of_its_page() -> None:
    library = SmallLibrary(ALL)
    for c in CandidateSource(library.as_library()).gather(library.passages(), 100):
        evidence = c.evidence()
        assert (
            library.page(evidence.document_id, evidence.page_number).text[evidence.start : evidence.end]
            == evidence.quote
        )


def test_each_unit_is_gathered_once_however_often_its_page_is_found() -> None:
    library = SmallLibrary(ALL)
    source, passages = CandidateSource(library.as_library()), library.passages()
    places = [(c.document.id, c.page.number, c.position) for c in source.gather(passages * 2, 100)]
    assert len(places) == len(set(places))


def test_best_page_comes_first_and_its_units_have_the_larger_prior() -> None:
    library = SmallLibrary(["　一枚目の文。\n", "　二枚目の文。\n"])
    found = CandidateSource(library.as_library()).gather(library.passages()[::-1], 100)
    assert [c.page.number for c in found] == [2, 1]
    assert [c.prior for c in found] == [1.0, 2**-0.5]


def test_no_more_pages_are_read_than_allowed() -> None:
    library = SmallLibrary(ALL)
    found = CandidateSource(library.as_library()).gather(library.passages(), 2)
    assert {c.page.number for c in found} == {1, 2}


def test_row_inherits_its_heads_and_its_caption() -> None:
    row = next(c for c in candidates_of(BUDGET) if c.unit.cells)
    assert "予算" in row.lead.terms
    assert "単位：千円" in row.evidence().context


def test_date_is_no_quantity_as_well() -> None:
    reading = read_text("平成20年7月14日に45社が参加した。")
    assert [q.unit for q in reading.quantities] == ["社"]
    assert [(d.year, d.month, d.day) for d in reading.dates] == [(2008, 7, 14)]


def test_list_number_is_no_quantity() -> None:
    units = candidates_of("(1) 会員は45社である。\n(2) 職員は9人である。\n")
    assert [[int(q.value) for q in c.own.quantities] for c in units] == [[45], [9]]


def test_short_years_take_the_era_that_was_named_before_them() -> None:
    units = candidates_of("平成19年に始まり、\n20年4月に終わった。\n")
    assert {"@2007", "@2008"} <= frozenset().union(*(c.own.terms for c in units))


@pytest.mark.parametrize("text", ["スライド27：調査", "図3 会員", "(表 12)", "No.48", "第3次計画", "Figure 4 shows"])
def test_number_of_a_place_in_a_document_is_no_quantity(text: str) -> None:
    assert read_text(text).quantities == ()


def test_number_after_a_word_that_only_ends_like_a_place_counts() -> None:
    assert len(read_text("代表3名").quantities) == 1


def test_sentence_that_points_back_holds_what_the_one_before_says() -> None:
    page = "　2002年5月現在、あおば連盟の会員は62企業である。その内訳は、若草国が40、緑国が22である。会費は年1万円である。\n"
    _, breakdown, fee = candidates_of(page)
    assert {"@2002-05", "連盟"} <= breakdown.lead.terms
    assert "連盟" not in fee.lead.terms


@pytest.mark.parametrize("text", ["前者は県と市、後者は国が設けた。", "この会は県が設けた。"])
def test_sentence_that_opens_with_a_pointing_word_refers_back(text: str) -> None:
    assert refers_back(text)


def test_sentence_that_names_its_subject_does_not_refer_back() -> None:
    assert not refers_back("前者会は県が設けた。")
