"""Minutes and lists of questions: who speaks, and which question a line replies to."""

import pytest

from assistant.turns import asks, speaker_of, turns

from .pages import candidates_of, said


def replies(page: str) -> list[tuple[str, tuple[int, ...]]]:
    return turns([c.unit for c in candidates_of(page)])


def test_reply_takes_up_the_question_before_it() -> None:
    page = "○田村委員　港の広さは十分か。\n○岡室長　十分である。来年には倉を建てる。\n○森委員　売店も要る。\n"
    assert replies(page) == [("田村委員", ()), ("岡室長", (0,)), ("岡室長", (0,)), ("森委員", ())]


def test_numbered_answer_takes_up_its_own_question() -> None:
    page = "Ｑ１　個人は申請できますか。\nＡ１　できます。\nＱ２　車は対象になりますか。\nＡ２　なりません。\n"
    assert [asked for _, asked in replies(page)] == [(), (0,), (), (2,)]


def test_text_after_a_question_in_brackets_answers_it() -> None:
    page = "　（質問：小さな店は増えたか？）\n　小さな店はたしかに多い。\n"
    assert [asked for _, asked in replies(page)] == [(), (0,)]


def test_heading_ends_a_turn() -> None:
    page = "○田村委員　港の広さは十分か。\n■ 資料\n　港の広さは3haである。\n"
    assert replies(page)[-1] == ("", ())


@pytest.mark.parametrize(
    "line", ["会長　高遠 さやか", "○三輪　由紀　商店会 専務理事", "副会長：若草町長", "港の会長は町長が務める。"]
)
def test_lines_of_a_list_are_no_speech(line: str) -> None:
    assert speaker_of(line) == ""


def test_question_is_told_from_a_statement() -> None:
    assert asks("港の広さは十分か。")
    assert asks("（質問：小さな店は増えたか？）")
    assert not asks("港の広さは十分である。")
    assert not asks("会長　若草町長　高遠 さやか")


def test_question_of_the_page_never_answers() -> None:
    page = "　若草港の広さはどれほどか。\n　若草港は3haある。\n"
    assert "3ha" in said("若草港の広さはどれくらいですか？", page)
