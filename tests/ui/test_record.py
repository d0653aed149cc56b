from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from assistant.answer import Answer, Checks, Citation
from index.ledger import DocumentRow
from ui.record import word_file
from ui.words import Words
from ui.words_en import EN
from ui.words_ja import JA

ROW = DocumentRow("plan", "計画", "県", "2024-03", "ページ", "", "0", "folder", "x", "c", (), "", "", 3)
CITATION = Citation(1, "plan", "計画", "ii", 2, "ページ", "会員数３２８", 4, 10, "")
ANSWER = Answer(
    "a1", "会員数は？", "会員数は328です。[1]", False, (CITATION,), (), Checks(True), "built-in", {}, "g"
)  # fmt: skip
OTHER = replace(
    ANSWER, id="a2", question="期間は？", answer="5年間です。[1]", citations=(replace(CITATION, quote="５年間"),)
)


@pytest.mark.parametrize("words", [JA, EN])
def test_a_conversation_is_read_back_with_one_list_of_numbered_sources(words: Words) -> None:
    document = Document(BytesIO(word_file([ANSWER, OTHER], {"plan": ROW}, "http://server/", words)))
    text = [p.text for p in document.paragraphs]
    assert text[:5] == [words.record_title, "会員数は？", "会員数は328です。[1]", "期間は？", "5年間です。[2]"]
    rows = [[cell.text.split("\n")[0] for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == list(words.record_columns)
    assert [row[0] for row in rows[1:]] == ["[1]", "[2]"]
    assert rows[2][1] == "計画"
    assert rows[2][4] == "５年間"
    links = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert links[0] == "http://server/?document=plan&page=ii&start=4&end=10"


def test_characters_that_no_word_file_may_hold_are_left_out() -> None:
    data = word_file([replace(ANSWER, question="会員\x00数\ufffe", answer="328\x0bです。[1]")], {}, "http://s/", JA)
    assert Document(BytesIO(data)).paragraphs[1].text == "会員数"


def test_an_abstention_is_marked_and_needs_no_list() -> None:
    data = word_file([replace(ANSWER, abstained=True, citations=(), answer="記載がありません。")], {}, "http://s/", JA)
    document = Document(BytesIO(data))
    assert f"［{JA.copy_abstained}］" in [p.text for p in document.paragraphs]
    assert not document.tables
