from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.lines import display_width, field_of, join_lines, read_lines

MANY = settings(deadline=None, max_examples=200, database=None, derandomize=True)
PAGES = st.text(max_size=80) | st.text(alphabet="県の■●・-→①(1)第章節.：:| \n\t　１2a", max_size=60)


@pytest.mark.parametrize(
    ("line", "mark", "body"),
    [
        ("■ 発足時の体制", "■", "発足時の体制"),
        ("●雇用の動き", "●", "雇用の動き"),
        ("・会員を増やす", "•", "会員を増やす"),
        ("- 工場を誘致", "-", "工場を誘致"),
        ("- ・工場を誘致", "•", "工場を誘致"),
        ("- 2. 県の役割", "1.", "県の役割"),
        ("第３章　まとめ", "chapter", "まとめ"),
        ("第 2 部 第 3 章 概観", "chapter", "第 3 章 概観"),
        ("１．概要", "1.", "概要"),
        ("1-2. 目的", "1-1.", "目的"),
        ("(3) 人材", "(1)", "人材"),
        ("（ア）人材", "(1)", "人材"),
        ("②連携", "①", "連携"),
        ("【経緯】", "【", "【経緯】"),
        ("Ⅱ. 現況", "roman", "現況"),
        ("# 表題", "#", "表題"),
        ("⇒6社に増加", "→", "6社に増加"),
        ("3.5万人が参加", "", "3.5万人が参加"),
        ("10、20社", "", "10、20社"),
        ("県は会議を設けた。", "", "県は会議を設けた。"),
        ("-3.2%の減", "", "-3.2%の減"),
    ],
)
def test_a_line_is_told_by_its_mark(line: str, mark: str, body: str) -> None:
    read = read_lines(line)[0]
    assert (read.mark, line[read.body : read.end]) == (mark, body)


def test_offsets_of_lines_are_those_of_the_page() -> None:
    page = "  表題\n\n\t■ 県の施策　\n終わり"
    assert [(line.text, page[line.start : line.end]) for line in read_lines(page)] == [
        ("表題", "表題"),
        ("", ""),
        ("■ 県の施策", "■ 県の施策"),
        ("終わり", "終わり"),
    ]


def test_a_heading_mark_after_a_blank_opens_a_new_line() -> None:
    assert [line.text for line in read_lines("・大空工場 ◆川下地域 ●港")] == ["・大空工場", "◆川下地域", "●港"]


def test_a_sentence_end_is_seen_behind_closing_brackets() -> None:
    assert [line.ends_sentence for line in read_lines("設けた。\n設けた。）\n設け\n設けた。」")] == [
        True,
        True,
        False,
        True,
    ]


def test_full_width_characters_take_two_columns() -> None:
    assert display_width("県ABｱ１") == 7


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("資本金： 68億5000万円", "資本金", "68億5000万円"),
        ("設 立 ：２００６年", "設 立", "２００６年"),
        ("Tel:03-1234-5678", "Tel", "03-1234-5678"),
        ("時刻：10:30", "時刻", "10:30"),
    ],
)
def test_a_field_has_a_label_and_a_value(line: str, label: str, value: str) -> None:
    field = field_of(line)
    assert field is not None
    assert (field[0], line[field[1] :]) == (label, value)


@pytest.mark.parametrize(
    "line",
    [
        "http://example.jp/",
        "https://example.jp/a:b",
        "10:30 開会",
        "午前10：30から",
        "3：1の比",
        "県は、次のとおり：甲",
        "：甲",
        "目的：",
        "甲乙",
        "",
    ],
)
def test_urls_times_and_running_text_are_no_fields(line: str) -> None:
    assert field_of(line) is None


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("産業クラ\nスターの形成", "産業クラスターの形成"),
        ("Small and\nmedium firms", "Small and medium firms"),
        ("first.\nSecond", "first. Second"),
        ("TAMA\n2010", "TAMA 2010"),
        ("76,596\n2004年", "76,596 2004年"),
        ("１２\n３４", "１２ ３４"),
        ("会員\n10社", "会員10社"),
        ("10\n社", "10社"),
        ("県　 の\t施策", "県 の 施策"),
        ("**強調**した", "強調した"),
        ("\n\n県\n\n市\n", "県市"),
        ("", ""),
    ],
)
def test_soft_line_breaks_vanish_for_reading_but_keep_words_and_numbers_apart(text: str, joined: str) -> None:
    assert join_lines(text) == joined


@MANY
@given(PAGES)
def test_lines_are_slices_in_order_that_cover_all_but_white_space(page: str) -> None:
    position = 0
    for line in read_lines(page):
        assert page[line.start : line.end] == line.text == line.text.strip()
        assert position <= line.start <= line.body <= line.end
        assert not page[position : line.start].strip()
        position = line.end
    assert not page[position:].strip()


@MANY
@given(PAGES)
def test_joining_keeps_all_characters_but_white_space_and_emphasis(page: str) -> None:
    assert "".join(join_lines(page).split()).replace("*", "") == "".join(page.split()).replace("*", "")
    field_of(page)


def test_number_cut_by_a_line_break_is_one_number_after_a_particle_only() -> None:
    assert join_lines("令和4年度が4\n51件と増えた") == "令和4年度が451件と増えた"
    assert join_lines("参加したのは約1\n20社である") == "参加したのは約120社である"
    assert join_lines("会員は1\n2000年の調査") == "会員は1 2000年の調査"
    assert join_lines("若草県 12\n34 緑県") == "若草県 12 34 緑県"
