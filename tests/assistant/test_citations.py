"""Markers number cited spans in the order of their first use."""

from dataclasses import replace

from assistant.answer import Citation, Claim, Conflict, Evidence
from assistant.citations import Numbering, cite_conflicts, cited_text

ONE = Evidence("a", "表題", "2010", "別表1", 3, "ページ", "注", 5, 9, "会員数１", "会員数１", "表題", 0.5)
OTHER = replace(ONE, document_id="b", page_label="ii", page_number=2)


def test_markers_count_from_one_in_the_order_of_first_use() -> None:
    numbering = Numbering()
    assert cited_text(Claim("甲です。", (OTHER, ONE)), numbering) == "甲です。[1][2]"
    assert [(c.marker, c.document_id) for c in numbering.citations()] == [(1, "b"), (2, "a")]


def test_a_span_is_cited_once_whoever_uses_it() -> None:
    numbering = Numbering()
    again = replace(ONE, text="別の読み", score=0.1)
    text = cited_text(Claim("甲。", (ONE, again)), numbering) + cited_text(Claim("乙。", (again,)), numbering)
    assert text == "甲。[1]乙。[1]"
    assert len(numbering.citations()) == 1


def test_spans_that_differ_in_one_place_are_two() -> None:
    numbering = Numbering()
    changed = (replace(ONE, end=10), replace(ONE, start=4), replace(ONE, page_number=4), replace(ONE, document_id="c"))
    assert cited_text(Claim("甲。", (ONE, *changed)), numbering) == "甲。[1][2][3][4][5]"


def test_a_claim_without_evidence_carries_no_marker() -> None:
    assert cited_text(Claim("甲。", ()), Numbering()) == "甲。"


def test_conflicts_share_the_markers_of_the_text() -> None:
    numbering = Numbering()
    cited_text(Claim("甲。", (ONE,)), numbering)
    (conflict,) = cite_conflicts([Conflict("違います。", (OTHER, ONE))], numbering)
    assert (conflict.text, conflict.markers) == ("違います。", (2, 1))


def test_a_citation_carries_all_of_its_evidence() -> None:
    numbering = Numbering()
    numbering.marker(ONE)
    assert numbering.citations() == (Citation(1, "a", "表題", "別表1", 3, "ページ", "会員数１", 5, 9, "注"),)


def test_the_url_quotes_what_a_path_cannot_hold() -> None:
    numbering = Numbering()
    numbering.marker(replace(ONE, document_id="a b?", page_label="1/2 表#"))
    assert numbering.citations()[0].url == "/v1/documents/a%20b%3F/pages/1%2F2%20%E8%A1%A8%23?start=5&end=9"
