from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings

from corpus.docx_loader import DocxLoader
from corpus.docx_numbering import page_label, roman
from corpus.errors import DocumentError
from corpus.loaded import Loaded
from corpus.loader import choose_loader
from corpus.units import page_units

from ..documents.damage import Changes, Pieces, changed, changed_inside, changes, pieces

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def load(document: Any) -> Loaded:
    return DocxLoader().load(saved(document), "plan.docx")


def repacked(data: bytes, changes: dict[str, tuple[str, str]], extra: dict[str, str] | None = None) -> bytes:
    """The package with texts of its parts replaced, and parts added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as fresh:
        for name in package.namelist():
            text = package.read(name)
            if name in changes:
                old, new = changes[name]
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            fresh.writestr(name, text)
        for name, part in (extra or {}).items():
            fresh.writestr(name, part)
    return out.getvalue()


def plan() -> Any:
    """Headings, lists and a table with merged cells."""
    d = docx.Document()
    d.add_heading("青葉市交通計画", 0)
    d.add_heading("第1章 目的", 1)
    d.add_paragraph("この計画は、市民の移動の手段を守ることを目的とする。")
    d.add_paragraph("路線バスを維持する", style="List Bullet")
    d.add_paragraph("予約型の乗合を広げる", style="List Number")
    d.add_paragraph("停留所を直す", style="List Number")
    d.add_heading("第2章 予算", 1)
    d.add_paragraph("表1 交通予算の推移（単位：千円）")
    table = d.add_table(4, 3)
    rows = [
        ["区分", "交付額", ""],
        ["", "令和5年度", "令和6年度"],
        ["運行費", "12,300", "13,500"],
        ["施設費", "4,560", ""],
    ]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for one, other in (((0, 1), (0, 2)), ((0, 0), (1, 0)), ((2, 2), (3, 2))):
        table.cell(*one).merge(table.cell(*other))
    return d


def test_headings_are_sections_and_lists_keep_their_numbers() -> None:
    loaded = load(plan())
    assert [p.label for p in loaded.pages] == ["第1章 目的", "第2章 予算"]
    assert (loaded.title, loaded.locator) == ("青葉市交通計画", "節")
    assert loaded.pages[0].text == (
        "# 青葉市交通計画\n\n## 第1章 目的\n\nこの計画は、市民の移動の手段を守ることを目的とする。\n\n"
        "・路線バスを維持する\n1. 予約型の乗合を広げる\n2. 停留所を直す\n"
    )


def test_merged_cells_are_filled_and_two_header_rows_name_each_cell() -> None:
    text = load(plan()).pages[1].text
    rows = [u for u in page_units(text) if u.kind == "row"]
    assert [[(c.header, c.text) for c in row.cells] for row in rows] == [
        [("区分", "運行費"), ("交付額 令和5年度", "12,300"), ("交付額 令和6年度", "13,500")],
        [("区分", "施設費"), ("交付額 令和5年度", "4,560"), ("交付額 令和6年度", "13,500")],
    ]
    assert rows[0].lead == "表1 交通予算の推移（単位：千円）"


def test_explicit_breaks_part_pages_whose_numbers_are_guessed() -> None:
    d = docx.Document()
    d.add_paragraph("表紙").add_run().add_break(WD_BREAK.PAGE)
    d.add_paragraph("二枚目の本文である。")
    d.add_page_break()
    d.add_paragraph("三枚目の本文である。").paragraph_format.page_break_before = True
    loaded = load(d)
    assert [(p.label, p.text) for p in loaded.pages] == [
        ("1", "表紙\n"),
        ("2", "二枚目の本文である。\n"),
        ("3", "三枚目の本文である。\n"),
    ]
    assert (loaded.locator, loaded.guessed) == ("ページ", ("page_labels",))


def test_a_sentence_over_a_rendered_break_stays_whole() -> None:
    d = docx.Document()
    p = d.add_paragraph("この文は前の頁に始まり、")
    p.add_run()._r.append(OxmlElement("w:lastRenderedPageBreak"))
    p.add_run("次の頁に終わる。")
    d.add_paragraph("次の段落である。")
    q = d.add_paragraph()
    q.add_run()._r.append(OxmlElement("w:lastRenderedPageBreak"))
    q.add_run("三頁目の段落である。")
    assert [p.text for p in load(d).pages] == [
        "この文は前の頁に始まり、次の頁に終わる。\n",
        "次の段落である。\n",
        "三頁目の段落である。\n",
    ]


def test_a_table_over_a_rendered_break_has_its_header_on_both_pages() -> None:
    d = docx.Document()
    table = d.add_table(4, 2)
    for r, row in enumerate([["課", "人数"], ["総務課", "12"], ["財政課", "8"], ["産業課", "15"]]):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(2, 0).paragraphs[0].runs[0]._r.insert(0, OxmlElement("w:lastRenderedPageBreak"))
    pages = load(d).pages
    assert [p.text for p in pages] == [
        "| 課 | 人数 |\n|---|---|\n| 総務課 | 12 |\n",
        "| 課 | 人数 |\n|---|---|\n| 財政課 | 8 |\n| 産業課 | 15 |\n",
    ]


def test_page_numbers_follow_the_sections_of_the_document() -> None:
    d = docx.Document()
    d.add_paragraph("前書きである。")
    first = d.sections[0]._sectPr
    first.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:fmt="lowerRoman"/>'))
    second = d.add_section()
    for old in second._sectPr.findall(qn("w:pgNumType")):
        second._sectPr.remove(old)
    second._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'))
    d.add_paragraph("本文である。")
    d.add_page_break()
    d.add_paragraph("本文の続きである。")
    assert [p.label for p in load(d).pages] == ["i", "1", "2"]


def test_breaks_that_cannot_be_all_give_sections_instead() -> None:
    d = docx.Document()
    d.add_paragraph("表紙").add_run().add_break(WD_BREAK.PAGE)
    for name in ("目的", "方法"):
        d.add_heading(name, 1)
        for _ in range(60):
            d.add_paragraph("計画の本文がここに長く続いており、何枚もの紙にわたっているはずである。")
    loaded = load(d)
    assert ([p.label for p in loaded.pages], loaded.locator) == (["冒頭", "目的", "方法"], "節")


def test_unstyled_numbered_headings_are_sections() -> None:
    d = docx.Document()
    for line in ("１　趣旨", "この要綱は、補助金の交付について定める。", "２　対象者", "市内に住む者とする。"):
        d.add_paragraph(line)
    assert [p.label for p in load(d).pages] == ["１ 趣旨", "２ 対象者"]


def test_the_articles_of_a_rule_are_sections_under_their_captions() -> None:
    d = docx.Document()
    lines = "みどり町補助金要綱|（趣旨）|第１条　この要綱は、補助金について定める。|（補助の額）|第２条　額は、５０万円とする。|附　則|この要綱は、公布の日から施行する。"
    for line in lines.split("|"):
        d.add_paragraph(line)
    pages = load(d).pages
    assert [p.label for p in pages] == ["冒頭", "第１条（趣旨）", "第２条（補助の額）", "附 則"]
    assert pages[2].text == "### （補助の額）\n\n第２条　額は、５０万円とする。\n"


def test_furigana_hidden_and_deleted_words_are_left_out() -> None:
    d = docx.Document()
    ruby = (
        f"<w:r {nsdecls('w')}><w:ruby><w:rt><w:r><w:t>あおば</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>青葉</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    p = d.add_paragraph()
    p._p.append(parse_xml(ruby))
    p.add_run("市の計画")
    p.add_run("秘密").font.hidden = True
    p._p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'))
    p._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="2"><w:r><w:t>である。</w:t></w:r></w:ins>'))
    assert load(d).pages[0].text == "青葉市の計画である。\n"


def test_a_footnote_stands_at_the_foot_of_its_page() -> None:
    d = docx.Document()
    p = d.add_paragraph("会員は46社")
    p._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    p.add_run("である。")
    d.add_page_break()
    d.add_paragraph("次の頁である。")
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>令和6年4月現在。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    data = repacked(
        saved(d),
        {
            "word/_rels/document.xml.rels": (
                "</Relationships>",
                f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>',
            ),
            "[Content_Types].xml": (
                "</Types>",
                '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                'wordprocessingml.footnotes+xml"/></Types>',
            ),
        },
        {"word/footnotes.xml": notes},
    )
    pages = DocxLoader().load(data, "plan.docx").pages
    assert pages[0].text == "会員は46社（注1）である。\n\n（注1）令和6年4月現在。\n"
    assert "注1" not in pages[1].text


def test_a_text_box_is_read_once() -> None:
    d = docx.Document()
    p = d.add_paragraph("本文である。")
    inner = "<w:txbxContent><w:p><w:r><w:t>囲みの文である。</w:t></w:r></w:p></w:txbxContent>"
    p.add_run()._r.append(
        parse_xml(
            f'<mc:AlternateContent {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:Choice Requires="wps"><w:drawing>{inner}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
    )
    assert load(d).pages[0].text == "本文である。\n\n囲みの文である。\n"


def test_headers_and_footers_are_left_out() -> None:
    d = docx.Document()
    d.sections[0].header.paragraphs[0].text = "柱の文字"
    d.sections[0].footer.paragraphs[0].text = "足の文字"
    d.add_paragraph("本文である。")
    assert load(d).pages[0].text == "本文である。\n"


def test_a_table_of_one_column_is_a_frame_around_text() -> None:
    d = docx.Document()
    d.add_table(1, 1).cell(0, 0).text = "囲みの中の文である。"
    assert load(d).pages[0].text == "囲みの中の文である。\n"


def test_word_is_known_by_content_and_a_macro_file_is_read_as_data() -> None:
    data = saved(plan())
    assert isinstance(choose_loader("plan.txt", data), DocxLoader)
    macro = repacked(data, {"[Content_Types].xml": (MAIN, MACRO)}, {"word/vbaProject.bin": "Sub AutoOpen()"})
    assert isinstance(choose_loader("plan.bin", macro), DocxLoader)
    assert DocxLoader().load(macro, "plan.docm").pages == load(plan()).pages


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no zip at all", "Officeの文書として開けません"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "古い形式"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60) + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
        (saved(plan())[:900], "開けません"),
    ],
)
def test_what_cannot_be_opened_says_why_and_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as raised:
        choose_loader("計画.docx", data).load(data, "計画.docx")
    assert "計画.docx" in raised.value.message


def test_a_document_type_in_a_part_is_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    data = repacked(
        saved(plan()), {"word/document.xml": ("<?xml version='1.0' encoding='UTF-8' standalone='yes'?>", bomb)}
    )
    with pytest.raises(DocumentError, match="DOCTYPE"):
        DocxLoader().load(data, "plan.docx")


@pytest.mark.parametrize(
    ("number", "fmt", "label"),
    [
        (4, "lowerRoman", "iv"),
        (2024, "upperRoman", "MMXXIV"),
        (7, "decimal", "7"),
        (3, "decimalFullWidth", "３"),
        (5, "x", "5"),
    ],
)
def test_page_numbers_are_written_as_the_section_says(number: int, fmt: str, label: str) -> None:
    assert page_label(number, fmt) == label
    assert roman(0) == "0"


DATA = saved(plan())
PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml")


@settings(deadline=None, max_examples=60, database=None, derandomize=True)
@given(changes(DATA))
def test_a_damaged_file_is_read_or_a_document_error(made: Changes) -> None:
    with suppress(DocumentError):
        assert DocxLoader().load(changed(DATA, made), "plan.docx").pages


@settings(deadline=None, max_examples=60, database=None, derandomize=True)
@given(pieces(b"w:p", 8))
def test_damage_inside_the_xml_is_read_or_a_document_error(made: Pieces) -> None:
    with suppress(DocumentError):
        assert DocxLoader().load(changed_inside(DATA, PARTS, made), "plan.docx").pages
