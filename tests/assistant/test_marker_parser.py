"""Sentences and markers come out the same, however a model's text is cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.marker_parser import MAX_SENTENCE, Sentence, SentenceParser, markers_of


def parse(*pieces: str) -> list[Sentence]:
    parser = SentenceParser()
    return [sentence for piece in pieces for sentence in parser.feed(piece)] + parser.close()


def plain(*pieces: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(s.text, s.markers) for s in parse(*pieces)]


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("[1]", (1,)),
        ("[1,2]", (1, 2)),
        ("[1、 2]", (1, 2)),
        ("[1][2]", (1, 2)),
        ("[1] [2]", (1, 2)),
        ("【1】", (1,)),
        ("［１，２］", (1, 2)),
        ("[１２]", (12,)),
        ("[1-3]", (1, 2, 3)),
        ("[^1]", (1,)),
        ("[資料2]", (2,)),
        ("[2][2]", (2,)),
        ("[2007]", ()),
        ("[a]", ()),
        ("(1)", ()),
    ],
)
def test_markers_of_every_shape_are_read(marker: str, numbers: tuple[int, ...]) -> None:
    assert markers_of(f"会員数は328です{marker}。") == numbers


@pytest.mark.parametrize(
    "text", ["会員数は328です[1]。", "会員数は328です。[1]", "会員数は328です [1] 。", "会員数は328です。\n[1]\n"]
)
def test_marker_before_behind_or_below_the_stop_belongs_to_the_sentence(text: str) -> None:
    assert [s.markers for s in parse(text)] == [(1,)]
    assert parse(text)[0].text.replace(" ", "") == "会員数は328です。"


def test_marker_at_the_start_of_a_line_belongs_to_that_line() -> None:
    assert plain("[1] 会員は5。\n[2] 企業は6。") == [("会員は5。", (1,)), ("企業は6。", (2,))]


def test_markers_within_a_sentence_are_taken_out_and_kept() -> None:
    assert plain("会員は328[1]、企業は193社[2]です。") == [("会員は328、企業は193社です。", (1, 2))]


@pytest.mark.parametrize("stop", ["。", "！", "？", "！？", "．", "\n"])
def test_sentence_ends_at(stop: str) -> None:
    assert [s.markers for s in parse(f"会員は五{stop}[1]\n企業は六{stop}[2]")] == [(1,), (2,)]


def test_stop_inside_quotation_marks_ends_no_sentence() -> None:
    assert plain("「甲である。乙もある。」とある[1]。次[2]") == [
        ("「甲である。乙もある。」とある。", (1,)),
        ("次", (2,)),
    ]


def test_lists_and_markdown_leave_the_bare_text() -> None:
    text = "## 答え\n1. 甲[1]\n２．乙[1]\n- **丙** [2]\n・丁［３］\n① 戊[4]\n> `己`[5]\n---\n回答：庚[6]\n"
    assert plain(text) == [
        ("甲", (1,)),
        ("乙", (1,)),
        ("丙", (2,)),
        ("丁", (3,)),
        ("戊", (4,)),
        ("己", (5,)),
        ("庚", (6,)),
    ]


def test_number_at_the_start_is_no_list_mark() -> None:
    assert [s.text for s in parse("3.5％です[1]\n２０社です[1]\n-5％です[1]")] == [
        "3.5％です",
        "２０社です",
        "-5％です",
    ]


def test_english_ends_at_a_stop_before_white_space_but_not_at_abbreviations() -> None:
    assert plain("It had approx. 5 firms (No. 5) and 3.5%. [1] Mr. Sato led it [2]. Then it grew.") == [
        ("It had approx. 5 firms (No. 5) and 3.5%.", (1,)),
        ("Mr. Sato led it.", (2,)),
        ("Then it grew.", ()),
    ]


def test_thoughts_are_left_out() -> None:
    assert plain("<think>\n99です[9]。\n</think>\n328です[1]。") == [("328です。", (1,))]
    assert plain("<think>99です[9]。") == []


def test_sentence_comes_out_when_the_next_one_begins() -> None:
    parser = SentenceParser()
    assert parser.feed("会員は328です[") == []
    assert parser.feed("1]。") == []
    assert parser.feed("企") == [Sentence("会員は328です。", (1,))]


def test_text_without_any_stop_is_cut() -> None:
    assert [len(s.text) for s in parse("あ" * (2 * MAX_SENTENCE + 5))] == [MAX_SENTENCE, MAX_SENTENCE, 5]


FRAGMENTS = (
    "会員数は328です 企業 。 ！ ？ ． . , 、 [1] [1,2] [1-3] 【２】 ［3］ [ ] 【 ［ 1 2 ３ 資料 ^ - ・ ** # > | 「 」 （ ） ( ) A No Dr The 3.5 1. "
    "① <think> </think> <thi < : 答え： is"
).split(" ")


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_cutting_the_text_differently_changes_nothing(data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from([*FRAGMENTS, " ", "\n", "　"]), max_size=40)))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert parse(*pieces) == parse(text)
    assert parse(*text) == parse(text)
