"""What is read from pages of every layout, and where it stands."""

from __future__ import annotations

from corpus.fold import key
from corpus.geometry import Rectangle
from corpus.loaded import Loaded, LoadedPage
from corpus.pdf_loader import PdfLoader
from corpus.units import Unit, page_units

from ..documents.pdfs import SLIDE, Paper


def load(paper: Paper) -> Loaded:
    return PdfLoader().load(paper.data(), "plan.pdf")


def page_of(paper: Paper) -> LoadedPage:
    (page,) = load(paper).pages
    assert page.geometry is not None
    assert len(page.geometry.boxes) == len(page.text)
    return page


def lines_of(paper: Paper) -> list[str]:
    return [line for line in page_of(paper).text.split("\n") if line]


def place(page: LoadedPage, words: str) -> Rectangle:
    assert page.geometry is not None
    start = page.text.index(words)
    (one,) = page.geometry.rectangles(start, start + len(words))
    return one


def rows(page: LoadedPage) -> list[Unit]:
    return [unit for unit in page_units(page.text) if unit.kind == "row"]


def cells(page: LoadedPage) -> list[dict[str, str]]:
    return [{cell.header: cell.text for cell in unit.cells} for unit in rows(page)]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [
        "大空県の計画は工業団地の整備を第一",
        "の柱とし、四つの団地に三百社を迎え",
        "ることを目標とする。これに加えて港",
        "の設備も新しくする。",
    ]
    right = [
        "観光の振興では川沿いの宿を改修し、",
        "年間八万人の客を迎えることを目標と",
        "する。道の駅も二か所を新しく設け、",
        "特産品の売り場を広げる。",
    ]
    by_column = Paper().lines(60, 100, left).lines(320, 100, right)
    by_line = Paper()
    for n, (one, two) in enumerate(zip(left, right, strict=True)):
        by_line.text(60, 100 + 18 * n, one).text(320, 100 + 18 * n, two)
    assert lines_of(by_column) == lines_of(by_line) == left + right


def test_what_the_file_has_last_but_stands_first_is_read_first() -> None:
    page = page_of(Paper(SLIDE).lines(60, 200, ["本文の一行目", "本文の二行目"]).text(60, 60, "スライドの題", 24))
    assert page.text == "スライドの題\n\n本文の一行目\n本文の二行目"


def test_vertical_text_is_read_column_by_column_without_blanks_at_figures() -> None:
    page = page_of(
        Paper().vertical(500, 100, "令和６年４月１日に条例を").vertical(478, 100, "定めた。２０２６年に改める。")
    )
    assert page.text == "令和６年４月１日に条例を\n定めた。２０２６年に改める。"
    spaced = page_of(
        Paper().vertical(500, 100, "第一条　この条例は、緑を守る。").vertical(478, 100, "第二条　県民の責務を定める。")
    )
    assert [line.split()[0] for line in spaced.text.split("\n")] == ["第一条", "第二条"]
    one = place(page, "条例")
    assert (one.left, one.right) == (494, 506)
    assert one.bottom - one.top == 24


def test_furigana_are_no_part_of_the_words() -> None:
    paper = Paper().text(72, 100, "この条例は", 12).text(132, 100, "大空県", 12).text(134, 88, "おおぞらけん", 5)
    page = page_of(paper.text(168, 100, "の産業について定める。", 12))
    assert page.text == "この条例は大空県の産業について定める。"
    assert (place(page, "大空県の産業").left, place(page, "大空県の産業").right) == (132, 204)


def test_a_kangxi_radical_is_found_under_the_character_and_quoted_as_it_is() -> None:
    page = page_of(Paper().text(72, 100, "⾮常に⻑い⼀日となった。"))
    assert page.text == "⾮常に⻑い⼀日となった。"
    assert key(page.text) == "非常に長い一日となった。"


def test_bullets_of_the_wingdings_font_are_bullets() -> None:
    page = page_of(Paper().text(72, 100, "\uf06c産業の振興").text(72, 120, "\uf06c観光の振興"))
    assert page.text == "●産業の振興\n●観光の振興"


def ruled(left: float = 60, top: float = 100) -> Paper:
    """区分 and 年度 beside 事業費（千円） over two columns; 東部 over two rows; a cell of two lines."""
    paper = Paper()
    x = [left, left + 90, left + 150, left + 230, left + 310]
    y = [top, top + 20, top + 40, top + 60, top + 80, top + 116]
    for n, at in enumerate(y):
        paper.line(x[2] if n == 1 else x[1] if n == 3 else x[0], at, x[4], at)
    for n, at in enumerate(x):
        paper.line(at, y[1] if n == 3 else y[0], at, y[5])
    paper.text(x[0] + 5, y[0] + 24, "区分").text(x[1] + 5, y[0] + 24, "年度").text(
        x[2] + 40, y[0] + 14, "事業費（千円）"
    )
    paper.text(x[2] + 5, y[1] + 14, "計").text(x[3] + 5, y[1] + 14, "うち補助金")
    for n, (year, total, part) in enumerate([("2023", "1,234", "500"), ("2024", "2,345", "600")]):
        paper.text(x[1] + 5, y[2 + n] + 14, year).right(x[3] - 5, y[2 + n] + 14, total).right(
            x[4] - 5, y[2 + n] + 14, part
        )
    paper.text(x[0] + 5, y[2] + 24, "東部")
    paper.text(x[0] + 5, y[4] + 14, "西部および").text(x[0] + 5, y[4] + 28, "島の町村")
    return paper.text(x[1] + 5, y[4] + 22, "2024").right(x[3] - 5, y[4] + 22, "99").right(x[4] - 5, y[4] + 22, "88")


def test_cells_of_a_ruled_table_stand_under_their_heads_and_merged_cells_in_every_row() -> None:
    page = page_of(ruled())
    total, part = "事業費（千円） 計", "事業費（千円） うち補助金"
    assert cells(page) == [
        {"区分": "東部", "年度": "2023", total: "1,234", part: "500"},
        {"区分": "東部", "年度": "2024", total: "2,345", part: "600"},
        {"区分": "西部および島の町村", "年度": "2024", total: "99", part: "88"},
    ]
    assert covers_cell(place(page, "2,345"), 210, 290, 160, 180)


def covers_cell(one: Rectangle, left: float, right: float, top: float, bottom: float) -> bool:
    return left <= one.left < one.right <= right and top - 2 <= one.top < one.bottom <= bottom + 2


def test_every_row_knows_its_place() -> None:
    page = page_of(ruled())
    second = rows(page)[1]
    assert page.geometry is not None
    places = page.geometry.rectangles(second.start, second.end)
    assert [round(p.left) for p in places] == [65, 155, 261, 349]
    assert all(p.top >= 140 and p.bottom <= 182 for p in places)


def test_two_tables_side_by_side_are_two_tables() -> None:
    paper = Paper()
    for left, unit in ((60, "人口（人）"), (320, "面積（km²）")):
        for n in range(4):
            paper.line(left, 100 + 20 * n, left + 200, 100 + 20 * n)
        for x in (left, left + 100, left + 200):
            paper.line(x, 100, x, 160)
        paper.text(left + 5, 114, "市町村").text(left + 105, 114, unit)
        paper.text(left + 5, 134, "空市").text(left + 105, 134, "12,345").text(left + 5, 154, "山町").text(
            left + 105, 154, "678"
        )
    people, area = {"市町村": "空市", "人口（人）": "12,345"}, {"市町村": "山町", "面積（km²）": "678"}
    found = cells(page_of(paper))
    assert (found[0], found[3], len(found)) == (people, area, 4)


def test_a_table_without_upright_lines_has_columns() -> None:
    paper = Paper()
    for y in (100, 120, 180):
        paper.line(60, y, 400, y)
    for n, (name, one, two) in enumerate(
        [
            ("指標", "基準値", "目標値"),
            ("会員数", "328社", "400社"),
            ("商談", "51件", "80件"),
            ("売上", "12億円", "20億円"),
        ]
    ):
        paper.text(65, 114 + 19 * n, name).text(200, 114 + 19 * n, one).text(300, 114 + 19 * n, two)
    assert cells(page_of(paper)) == [
        {"指標": "会員数", "基準値": "328社", "目標値": "400社"},
        {"指標": "商談", "基準値": "51件", "目標値": "80件"},
        {"指標": "売上", "基準値": "12億円", "目標値": "20億円"},
    ]


def test_figures_in_columns_without_any_line_are_a_table() -> None:
    paper = Paper().text(60, 80, "大空県の市町村の人口を次に示す。").text(400, 98, "（単位：人）")
    for n, row in enumerate(
        [
            ("市町村", "2015年", "2020年"),
            ("空市", "12,345", "12,001"),
            ("山町", "3,210", "2,987"),
            ("川村", "987", "901"),
        ]
    ):
        paper.text(80, 116 + 18 * n, row[0]).right(300, 116 + 18 * n, row[1]).right(400, 116 + 18 * n, row[2])
    page = page_of(paper.text(60, 220, "人口はいずれの市町村でも減っている。"))
    assert cells(page)[1] == {"市町村": "山町", "2015年": "3,210", "2020年": "2,987"}
    assert page.text.startswith("大空県の市町村の人口を次に示す。")
    assert page.text.endswith("人口はいずれの市町村でも減っている。")


def test_a_frame_around_text_is_no_table() -> None:
    page = page_of(Paper().box(50, 80, 400, 160).lines(60, 100, ["枠の中の文章は表ではない。", "二行目もそうである。"]))
    assert page.text == "枠の中の文章は表ではない。\n二行目もそうである。"


def test_running_heads_and_feet_are_left_out_and_their_numbers_are_the_labels() -> None:
    paper = Paper()
    for n in range(6):
        paper.text(72, 40, "大空県産業計画", 8).text(72, 100, f"第{n + 1}章の本文である。").lines(
            72, 130, ["中の文章が続く。"] * 3
        )
        if n:
            paper.text(290, 815, f"- {n + 2} -", 9)
        paper.next_page()
    loaded = load(paper)
    assert [page.label for page in loaded.pages] == ["1枚目", "3", "4", "5", "6", "7"]
    assert "page_labels" in loaded.guessed
    assert all("産業計画" not in page.text and "- " not in page.text for page in loaded.pages)
    assert loaded.pages[2].text.startswith("第3章の本文である。")


def test_titles_of_slides_are_no_running_heads() -> None:
    paper = Paper(SLIDE)
    for n in range(4):
        paper.text(40, 50, "今後の取組", 28).lines(60, 150, [f"取組その{n + 1}の説明である。"] * 4, 16, 30).text(
            690, 525, str(n + 1), 10
        ).next_page()
    loaded = load(paper)
    assert all(page.text.startswith("今後の取組") for page in loaded.pages)
    assert [page.label for page in loaded.pages] == ["1", "2", "3", "4"]


def test_letters_that_the_file_does_not_tell_are_a_problem_of_the_page() -> None:
    page, good = load(Paper().text(72, 100, "\ue000\ue001\ue002計画").next_page().text(72, 100, "計画")).pages
    assert (page.text, "OCR" in page.problem) == ("", True)
    assert good.text == "計画"


def test_a_table_goes_on_over_a_page_without_taking_its_first_row_for_a_head() -> None:
    paper = Paper()
    for n, row in enumerate(
        [("補助金", "12,000千円", "11,800千円"), ("貸付", "34,000千円", "30,250千円"), ("調査", "900千円", "880千円")]
    ):
        for x, cell in zip((80, 200, 320), row, strict=True):
            paper.text(x, 100 + 20 * n, cell)
    assert [list(row.values()) for row in cells(page_of(paper))] == [["11,800千円"], ["30,250千円"], ["880千円"]]


def test_boxes_of_a_slide_are_read_one_after_the_other() -> None:
    paper = Paper(SLIDE).box(40, 100, 340, 200).box(380, 100, 680, 200)
    for n, (one, two) in enumerate(
        [("課題", "対策"), ("・人手が足りない", "・研修を年3回開く"), ("・道が古い", "・橋を直す")]
    ):
        paper.text(50, 125 + 24 * n, one, 14).text(390, 125 + 24 * n, two, 14)
    assert lines_of(paper) == [
        "課題",
        "・人手が足りない",
        "・道が古い",
        "対策",
        "・研修を年3回開く",
        "・橋を直す",
    ]


def test_a_table_with_every_second_row_shaded_is_one_table() -> None:
    paper = Paper()
    for n, row in enumerate(
        [
            ("事業", "2021年度", "2022年度"),
            ("誘致", "12,000", "15,000"),
            ("育成", "8,000", "7,500"),
            ("観光", "4,300", "5,100"),
        ]
    ):
        if n in (0, 1, 3):
            for x in (60, 180, 300):
                paper.box(x, 100 + 22 * n, x + 120, 122 + 22 * n, fill=0.8)
        for x, cell in zip((70, 190, 310), row, strict=True):
            paper.text(x, 115 + 22 * n, cell)
    assert cells(page_of(paper))[1] == {"事業": "育成", "2021年度": "8,000", "2022年度": "7,500"}


def test_text_turned_on_its_side_is_read_as_if_upright() -> None:
    upright = Paper().lines(72, 100, ["横に倒した頁の一行目である。", "二行目である。"])
    turned = load(Paper().lines(72, 100, ["横に倒した頁の一行目である。", "二行目である。"]).shown(rotation=90)).pages[
        0
    ]
    assert turned.text == page_of(upright).text


def test_a_slide_drawn_from_right_to_left_is_read_by_place() -> None:
    paper = Paper(SLIDE)
    paper.box(380, 80, 680, 100).text(390, 95, "２．今後の取組").lines(
        385, 125, ["・用地を五十町歩造成する", "・講座を年に12回開く"]
    )
    paper.box(40, 80, 340, 100).text(50, 95, "１．現状と課題").lines(
        45, 125, ["・出荷額が減っている", "・働き手が足りない"]
    )
    assert lines_of(paper.text(40, 50, "大空県の産業について", 22)) == [
        "大空県の産業について",
        "１．現状と課題",
        "・出荷額が減っている",
        "・働き手が足りない",
        "２．今後の取組",
        "・用地を五十町歩造成する",
        "・講座を年に12回開く",
    ]


def test_a_word_cut_at_the_foot_of_a_column_stays_one_word() -> None:
    left = ["この計画は港の整備を第一の柱とし、", "船の発着を年に二千回とすることを目"]
    right = ["標とする。あわせて道路の整備も進め", "て、物の流れをよくすることをめざす"]
    page = page_of(Paper().lines(60, 100, left).lines(320, 100, right))
    assert "することを目\n標とする。" in page.text
    assert any("することを目標とする。" in unit.text for unit in page_units(page.text))


def test_a_row_of_units_belongs_to_the_head_and_dotted_lines_are_lines() -> None:
    paper = Paper()
    for y in (100, 120, 140, 160, 180):
        for x in range(60, 360, 4):
            paper.line(x, y, x + 2, y)
    for x in (60, 160, 260, 360):
        paper.line(x, 100, x, 180)
    for n, row in enumerate(
        [("年度", "予算", "人数"), ("", "（千円）", "（人）"), ("2023", "1,200", "34"), ("2024", "1,350", "41")]
    ):
        for x, cell in zip((65, 165, 265), row, strict=True):
            paper.text(x, 114 + 20 * n, cell)
    assert cells(page_of(paper)) == [
        {"年度": "2023", "予算 （千円）": "1,200", "人数 （人）": "34"},
        {"年度": "2024", "予算 （千円）": "1,350", "人数 （人）": "41"},
    ]


def test_a_line_under_the_head_of_the_page_takes_no_text_into_a_table() -> None:
    paper = (
        Paper()
        .line(60, 60, 500, 60)
        .lines(60, 85, ["この表の上にある文章は、計画のあらましを述べたものであり、表には入らない。"] * 3)
    )
    for y in (150, 170, 190, 210):
        paper.line(60, y, 500, y)
    for n, row in enumerate([("指標", "現状", "目標"), ("会員", "120社", "200社"), ("商談", "51件", "80件")]):
        for x, cell in zip((65, 250, 400), row, strict=True):
            paper.text(x, 164 + 20 * n, cell)
    page = page_of(paper)
    assert cells(page) == [
        {"指標": "会員", "現状": "120社", "目標": "200社"},
        {"指標": "商談", "現状": "51件", "目標": "80件"},
    ]
    assert page.text.startswith("この表の上に")


def test_years_and_months_under_a_merged_head_are_heads() -> None:
    paper = Paper()
    for y in (100, 120, 140, 160):
        paper.line(60, y, 360, y)
    for x in (60, 160, 260, 360):
        paper.line(x, 120 if x == 260 else 100, x, 160)
    paper.text(190, 114, "会員数（社）").text(65, 134, "市町村").text(165, 134, "2019年").text(265, 134, "4月")
    page = page_of(paper.text(65, 154, "空市").text(165, 154, "34").text(265, 154, "41"))
    assert cells(page) == [{"市町村": "空市", "会員数（社） 2019年": "34", "会員数（社） 4月": "41"}]


def test_rows_of_one_cell_divide_a_table_and_name_its_divisions() -> None:
    paper = Paper()
    table = [
        ("費目", "予算", "決算"),
        ("１　一般会計",),
        ("総務費", "1,200", "1,150"),
        ("民生費", "2,300", "2,280"),
        ("２　特別会計",),
        ("総務費", "90", "88"),
        ("事業費", "410", "402"),
    ]
    for n in range(8):
        paper.line(60, 100 + 20 * n, 360, 100 + 20 * n)
    for n, row in enumerate(table):
        for x in (60, 160, 260, 360) if len(row) > 1 else (60, 360):
            paper.line(x, 100 + 20 * n, x, 120 + 20 * n)
        for x, cell in zip((65, 165, 265), row, strict=False):
            paper.text(x, 114 + 20 * n, cell)
    page = page_of(paper)
    assert [(unit.lead, unit.cells[0].text, unit.cells[2].header, unit.cells[2].text) for unit in rows(page)] == [
        ("１ 一般会計", "総務費", "決算", "1,150"),
        ("１ 一般会計", "民生費", "決算", "2,280"),
        ("２ 特別会計", "総務費", "決算", "88"),
        ("２ 特別会計", "事業費", "決算", "402"),
    ]
