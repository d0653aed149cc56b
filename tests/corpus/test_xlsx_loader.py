from __future__ import annotations

import datetime
import zipfile
from contextlib import suppress
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from corpus import xlsx_loader
from corpus.errors import DocumentError
from corpus.loaded import Loaded
from corpus.loader import choose_loader
from corpus.units import Unit, page_units
from corpus.xlsx_loader import XlsxLoader

from ..documents.damage import Changes, Pieces, changed, changed_inside, changes, pieces


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def load(book: Any) -> Loaded:
    return XlsxLoader().load(saved(book), "budget.xlsx")


def rows_of(text: str) -> list[Unit]:
    return [u for u in page_units(text) if u.kind == "row"]


def budget() -> Any:
    """A title, a unit, two header rows with merged cells, formatted values, a note; a key-value table below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "予算"
    for place, text in {
        "B1": "令和6年度 交通予算",
        "E2": "（単位：千円）",
        "B3": "区分",
        "C3": "交付額",
        "C4": "令和5年度",
        "D4": "令和6年度",
        "E3": "備考",
    }.items():
        sheet[place] = text
    for area in ("B1:E1", "B3:B4", "C3:D3", "E3:E4"):
        sheet.merge_cells(area)
    for n, (name, one, two, note) in enumerate([("運行費", 12300, 13500, "路線"), ("施設費", 4560, 5670, None)], 5):
        for column, value in enumerate((name, one, two, note), 2):
            sheet.cell(n, column, value).number_format = "#,##0"
    sheet["B7"] = "（注）当初予算である。"
    sheet["B9"], sheet["C9"] = "執行率", 0.953
    sheet["C9"].number_format = "0.0%"
    sheet["B10"], sheet["C10"] = "更新日", datetime.date(2024, 4, 1)
    sheet["C10"].number_format = '[$-411]ggge"年"m"月"d"日"'
    return book


def roster(rows: int) -> Any:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名簿"
    sheet.append(["番号", "施設", "人数"])
    for n in range(1, rows + 1):
        sheet.append([n, f"第{n}会館", n * 10])
    return book


def test_a_sheet_is_a_page_whose_values_stand_as_excel_shows_them() -> None:
    loaded = load(budget())
    assert [(p.label, p.text) for p in loaded.pages] == [
        (
            "予算",
            "# 予算\n\n## 令和6年度 交通予算\n\n（単位：千円）\n\n"
            "| 区分 | 交付額 令和5年度 | 交付額 令和6年度 | 備考 |\n|---|---|---|---|\n"
            "| 運行費 | 12,300 | 13,500 | 路線 |\n| 施設費 | 4,560 | 5,670 |  |\n\n（注）当初予算である。\n\n"
            "| 執行率 | 95.3% |\n| 更新日 | 令和6年4月1日 |\n",
        )
    ]
    assert loaded.locator == "シート"


def test_each_value_is_found_under_its_headers_title_and_unit() -> None:
    row = rows_of(load(budget()).pages[0].text)[1]
    assert [(c.header, c.text) for c in row.cells] == [
        ("区分", "施設費"),
        ("交付額 令和5年度", "4,560"),
        ("交付額 令和6年度", "5,670"),
    ]
    assert row.headings == ("予算", "令和6年度 交通予算")
    assert row.lead == "（単位：千円）"


def test_a_long_sheet_is_cut_into_row_ranges_each_under_the_header() -> None:
    pages = load(roster(250)).pages
    assert [p.label for p in pages] == ["名簿（1–100行）", "名簿（101–200行）", "名簿（201–251行）"]
    found = [[c.text for c in row.cells] for p in pages for row in rows_of(p.text)]
    assert found == [[str(n), f"第{n}会館", str(n * 10)] for n in range(1, 251)]
    assert all([c.header for c in row.cells] == ["番号", "施設", "人数"] for p in pages for row in rows_of(p.text))


def test_rows_beyond_the_limit_are_accounted_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_loader, "_MAX_ROWS", 50)
    last = load(roster(80)).pages[-1]
    assert (last.label, last.text) == ("名簿（51行以降）", "")
    assert "50行まで" in last.problem


def test_a_hidden_sheet_is_not_read_and_said_so() -> None:
    book = budget()
    book.create_sheet("作業")["A1"] = "下書き"
    book["作業"].sheet_state = "hidden"
    page = load(book).pages[1]
    assert (page.label, page.text) == ("作業", "")
    assert "非表示のシート" in page.problem


def test_hidden_rows_and_columns_are_not_read() -> None:
    book = roster(3)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    assert load(book).pages[0].text == "# 名簿\n\n| 番号 | 人数 |\n|---|---|\n| 1 | 10 |\n| 3 | 30 |\n"


def test_tables_beside_each_other_are_read_one_after_the_other() -> None:
    book = openpyxl.Workbook()
    rows = [
        ["市", "人口", None, "町", "面積", "人口"],
        ["甲市", 100, None, "丙町", 12, 30],
        ["乙市", 200, None, None, None, None],
    ]
    for row in rows:
        book.active.append(row)
    assert load(book).pages[0].text == (
        "| 市 | 人口 |\n|---|---|\n| 甲市 | 100 |\n| 乙市 | 200 |\n\n| 町 | 面積 | 人口 |\n|---|---|---|\n| 丙町 | 12 | 30 |\n"
    )


def test_a_table_that_goes_on_after_an_empty_row_keeps_its_header() -> None:
    book = openpyxl.Workbook()
    for row in [["課", "5年度", "6年度"], ["総務", 1, 2], [None], ["財政", 3, 4], ["産業", 5, 6]]:
        book.active.append(row)
    rows = rows_of(load(book).pages[0].text)
    assert [(c.header, c.text) for c in rows[-1].cells] == [("課", "産業"), ("5年度", "5"), ("6年度", "6")]


def test_a_title_within_a_block_opens_a_table_and_a_group_name_does_not() -> None:
    book = openpyxl.Workbook()
    rows = [
        ["担当", "交通課"],
        ["事業名", "足の確保"],
        ["内訳"],
        ["費目", "金額", "備考"],
        ["車両費", 800, "軽"],
        ["（人件費）"],
        ["給与", 400, None],
    ]
    for row in rows:
        book.active.append(row)
    assert load(book).pages[0].text == (
        "| 担当 | 交通課 |\n| 事業名 | 足の確保 |\n\n## 内訳\n\n| 費目 | 金額 | 備考 |\n|---|---|---|\n| 車両費 | 800 | 軽 |\n"
        "| （人件費） |  |  |\n| 給与 | 400 |  |\n"
    )


def test_a_form_of_many_narrow_merged_columns_reads_as_a_table() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for r, row in enumerate([["品目", "数量"], ["机", 12], ["椅子", 40]], 1):
        for c, value in enumerate(row):
            sheet.cell(r, 1 + 5 * c, value)
            sheet.merge_cells(start_row=r, end_row=r, start_column=1 + 5 * c, end_column=5 + 5 * c)
    assert load(book).pages[0].text == "| 品目 | 数量 |\n|---|---|\n| 机 | 12 |\n| 椅子 | 40 |\n"


def test_dates_of_japanese_built_in_formats_are_dates() -> None:
    book = openpyxl.Workbook()
    book.active.append(["期限", 45383])
    book.active.append(["金額", 100])
    data = saved(book)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as fresh:
        for name in package.namelist():
            part = package.read(name)
            if name == "xl/styles.xml":
                part = part.replace(b"</cellXfs>", b'<xf numFmtId="58"/></cellXfs>')
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b'<c r="B1"', b'<c r="B1" s="1"')
            fresh.writestr(name, part)
    assert "| 期限 | 令和6年4月1日 |" in XlsxLoader().load(out.getvalue(), "x.xlsx").pages[0].text


def test_excel_is_known_by_content() -> None:
    assert isinstance(choose_loader("budget.txt", saved(budget())), XlsxLoader)
    with pytest.raises(DocumentError, match="古い形式"):
        choose_loader("budget.xls", b"x").load(b"x", "budget.xls")


DATA = saved(budget())
PARTS = ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml")


@settings(deadline=None, max_examples=50, database=None, derandomize=True)
@given(changes(DATA))
def test_a_damaged_file_is_read_or_a_document_error(made: Changes) -> None:
    with suppress(DocumentError):
        assert XlsxLoader().load(changed(DATA, made), "budget.xlsx").pages


@settings(deadline=None, max_examples=50, database=None, derandomize=True)
@given(pieces(b"ZZ99", 6))
def test_damage_inside_the_xml_is_read_or_a_document_error(made: Pieces) -> None:
    with suppress(DocumentError):
        assert XlsxLoader().load(changed_inside(DATA, PARTS, made), "budget.xlsx").pages
