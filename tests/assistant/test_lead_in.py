"""A line that announces, or that only says again what was asked, is no answer: the lines below it are."""

from assistant.lead_in import items_claim, saying_more

from .pages import ask, candidates_of, question_on, ranked_on, said

FEATURES = "■ 町工場の特徴\n・業績のよさ\n　– 市場を読む力\n　– 研究を好む心\n・地域の中核\n"
REPEATS = "港町の特徴\n\n　港町では、朝市が毎日開かれ、船が魚を運んでくる。\n"


def test_heading_that_repeats_the_question_gives_the_bullets_below_it() -> None:
    claim = items_claim(
        question_on("町工場の特徴", FEATURES), candidates_of(FEATURES)[0], candidates_of(FEATURES), long=True
    )
    assert claim is not None
    assert claim.text == "業績のよさ、地域の中核（町工場の特徴）。"
    assert len(claim.evidence) == 3


def test_heading_that_says_more_than_the_question_is_not_led_past() -> None:
    question = question_on("何についての特徴ですか。", FEATURES)
    assert items_claim(question, candidates_of(FEATURES)[0], candidates_of(FEATURES), long=True) is None


def test_items_below_a_line_are_brief_where_a_brief_answer_is_wanted() -> None:
    pages = "　対象は、次の者である。\n" + "".join(f"　・{'長い名の事業者' * 6}{n}\n" for n in "甲乙丙丁戊己")
    question, page = question_on("対象は何ですか。", pages), candidates_of(pages)
    short, long = (items_claim(question, page[0], page, long=long) for long in (False, True))
    assert short is not None
    assert long is not None
    assert len(short.text) < 260 < len(long.text)


def test_units_that_only_repeat_the_question_come_last() -> None:
    question = question_on("港町の特徴は？", REPEATS)
    left = saying_more(question, ranked_on("港町の特徴は？", REPEATS), candidates_of(REPEATS))
    assert [s.candidate.unit.text[:4] for s in left] == ["港町では"]
    assert "朝市" in ask("港町の特徴は？", REPEATS).claims[0].text


def test_unit_that_repeats_the_question_stays_where_nothing_else_is_there() -> None:
    assert "港町" in said("港町の特徴は？", "港町の特徴\n")


def test_item_that_repeats_the_question_gives_the_items_under_it() -> None:
    pages = "■ 仕事の紹介\n• 紹介会社の協力\n– あさひ社\n– ゆうひ社\n– まひる社\n• 紹介の実績\n– 十名\n"
    (claim,) = ask("協力している紹介会社は？", pages).claims[:1]
    assert claim.text == "あさひ社、ゆうひ社、まひる社（紹介会社の協力）。"


def test_line_in_brackets_says_more_than_the_question() -> None:
    pages = "■ 若草の章のまとめ\n　章の担当の東山氏は、海を見た。\n（執筆担当：第１節 白川 修、第２節 篠田 ゆり）\n"
    assert "白川" in said("若草の章の執筆を担当したのは誰ですか。", pages)
