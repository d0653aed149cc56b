"""One small document of each kind, invented, and for each a question whose answer stands in one place of it."""

from __future__ import annotations

import datetime
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
from docx.enum.text import WD_BREAK
from pptx.util import Cm


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what its answer holds, and where it stands: document, page label, a piece of the quote."""

    question: str
    holds: str
    document_id: str
    page: str
    quote: str


ASKED = (
    Asked("ひばり鉄道の総延長は何キロメートルですか？", "48.6", "sjis", "1", "48.6キロメートル"),
    Asked("かもめ港の岸壁の水深は何メートルですか？", "14", "eucjp", "1", "14メートル"),
    Asked("つばめ図書館の蔵書は何冊ですか？", "312,000", "jis", "1", "312,000冊"),
    Asked("すずめ公園の面積は何ヘクタールですか？", "27", "park", "施設の規模", "27ヘクタール"),
    Asked("移住支援金の令和6年度の単身世帯の額はいくらですか？", "60万円", "support", "支援金の額", "60"),
    Asked("うぐいす市の運行費の令和6年度の交付額はいくらですか？", "13,500千円", "transport", "第2章 予算", "13,500"),
    Asked("めじろ条例はいつ施行されましたか？", "平成30年4月1日", "ordinance", "2", "平成30年4月1日"),
    Asked("つぐみ観光圏の宿泊者数の令和5年度の目標はいくつですか？", "450千人", "tourism", "2", "450"),
    Asked("せきれい会館の令和5年度の利用者数は何人ですか？", "21,480", "halls", "利用状況", "21,480"),
    Asked("第187会館の定員は何人ですか？", "1,870", "halls", "名簿（101–200行）", "1,870"),
    Asked("もず工業団地の分譲面積は何平方メートルですか？", "83,400", "estate", "1", "83,400平方メートル"),
)


def write_office_files(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sjis.txt").write_bytes(
        "ひばり鉄道の現況\n\nひばり鉄道の総延長は、48.6キロメートルである。\n".encode("cp932")
    )
    (folder / "eucjp.txt").write_bytes(
        "かもめ港の施設\n\nかもめ港の岸壁の水深は、14メートルである。\n".encode("euc_jp")
    )
    (folder / "jis.txt").write_bytes(
        "つばめ図書館の概要\n\nつばめ図書館の蔵書は、312,000冊である。\n".encode("iso2022_jp")
    )
    (folder / "park.md").write_text(
        "# すずめ公園の整備方針\n\n公園は市民の憩いの場である。\n\n## 施設の規模\n\nすずめ公園の面積は、27ヘクタールである。\n\n## 管理\n\n管理は市が行う。\n",
        encoding="utf-8",
    )
    (folder / "support.html").write_bytes(_page().encode("cp932"))
    _plan().save(str(folder / "transport.docx"))
    _ordinance().save(str(folder / "ordinance.docx"))
    _slides().save(str(folder / "tourism.pptx"))
    _book().save(folder / "halls.xlsx")
    with zipfile.ZipFile(folder / "set.zip", "w") as made:
        made.writestr("資料/estate.txt", "もず工業団地の案内\n\nもず工業団地の分譲面積は、83,400平方メートルである。\n")
        made.writestr("資料/写真.raw", b"\0")
    return folder


def _page() -> str:
    return """<!DOCTYPE html><html lang="ja"><head><meta charset="Shift_JIS"><title>移住支援金のご案内｜こまどり市</title></head>
<body><nav>ホーム</nav><main><h1>移住支援金のご案内</h1><p>こまどり市は、<ruby>移住<rt>いじゅう</rt></ruby>する方に支援金を交付します。</p>
<h2>支援金の額</h2><table><caption>移住支援金の額（単位：万円）</caption>
<tr><th>世帯</th><th>令和5年度</th><th>令和6年度</th></tr><tr><td>単身世帯</td><td>50</td><td>60</td></tr>
<tr><td>二人以上の世帯</td><td>90</td><td>100</td></tr></table><h2>窓口</h2><p>移住定住課が受け付けます。</p></main></body></html>"""


def _plan() -> Any:
    d = docx.Document()
    d.core_properties.title = ""
    d.add_heading("うぐいす市交通計画", 0)
    d.add_heading("第1章 目的", 1)
    d.add_paragraph("この計画は、市民の移動の手段を守ることを目的とする。")
    d.add_heading("第2章 予算", 1)
    d.add_paragraph("表1 交付額の推移（単位：千円）")
    table = d.add_table(4, 3)
    rows = [
        ["区分", "交付額", ""],
        ["", "令和5年度", "令和6年度"],
        ["運行費", "12,300", "13,500"],
        ["施設費", "4,560", "5,670"],
    ]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    return d


def _ordinance() -> Any:
    d = docx.Document()
    d.core_properties.title = ""
    d.add_paragraph("めじろ条例の手引き").add_run().add_break(WD_BREAK.PAGE)
    d.add_paragraph("めじろ条例は、平成30年4月1日に施行された。")
    return d


def _slides() -> Any:
    deck = pptx.Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = "つぐみ観光圏の整備計画"
    first.placeholders[1].text = "令和5年3月"
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "つぐみ観光圏の目標（単位：千人）"
    table = slide.shapes.add_table(3, 3, Cm(1), Cm(5), Cm(20), Cm(4)).table
    for r, row in enumerate(
        [["指標", "令和4年度", "令和5年度"], ["宿泊者数", "380", "450"], ["日帰り客数", "1,200", "1,400"]]
    ):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    slide.notes_slide.notes_text_frame.text = "宿泊者数は関係市町の合計である。"
    return deck


def _book() -> Any:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "利用状況"
    sheet.append(["会館の利用者数", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append(["（単位：人）"])
    sheet.append(["会館", "令和4年度", "令和5年度"])
    for row in (["せきれい会館", 19850, 21480], ["やまがら会館", 7320, 8015]):
        sheet.append(row)
    for cell in (c for row in sheet["B4:C5"] for c in row):
        cell.number_format = "#,##0"
    sheet.append([])
    sheet.append(["更新日", datetime.date(2024, 4, 1)])
    sheet["B7"].number_format = '[$-411]ggge"年"m"月"d"日"'
    roster = book.create_sheet("名簿")
    roster.append(["番号", "会館", "定員（人）"])
    for n in range(1, 251):
        roster.append([n, f"第{n}会館", n * 10])
        roster.cell(n + 1, 3).number_format = "#,##0"
    return book


def as_bytes(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
