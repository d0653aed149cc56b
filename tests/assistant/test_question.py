"""What a question asks for is read off its words, in Japanese and in English."""

import pytest

from assistant.inherited import in_context
from assistant.question import Question, analyse, focus_of, is_english, kind_of, predicate_of

from .pages import BUDGET, question_on


def read(text: str) -> Question:
    return analyse(text, lambda _: 1.0)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("なぜ協議会は解散したのですか？", "reason"),
        ("Why was the council dissolved?", "reason"),
        ("支援機関とは何ですか？", "definition"),
        ("What is meant by support agency?", "definition"),
        ("会長は誰ですか？", "person"),
        ("Who was the first chair of the council?", "person"),
        ("重点分野を3つ挙げてください。", "list"),
        ("Please list the members of the council.", "list"),
        ("対象となる市や町はどこですか？", "list"),
        ("協力団体には何がありますか？", "list"),
        ("昨年は何がありましたか？", "open"),
        ("例に挙げている施設の名前は何ですか？", "name"),
        ("協議会はいつ設立されましたか？", "date"),
        ("When was the council founded in Wakakusa?", "date"),
        ("予算額はいくらですか？", "amount"),
        ("How much did the council spend?", "amount"),
        ("参加した企業は何社ですか？", "number"),
        ("会員数はいくつですか？", "number"),
        ("How many members does the council have?", "number"),
        ("協議会の名称は何といいますか？", "name"),
        ("事務局はどこにありますか？", "name"),
        ("What is the name of the plan?", "name"),
        ("どのような支援を行いますか？", "open"),
        ("How does the council help firms?", "open"),
    ],
)
def test_question_word_tells_the_kind_of_answer(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "count"),
    [("課題を3つ挙げてください。", 3), ("要素を三つ教えて", 3), ("中核の12社は？", 12), ("課題は？", None)],
)
def test_count_of_asked_items_is_read(text: str, count: int | None) -> None:
    assert read(text).count == count


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("予算額は億円単位でいくらですか？", "億円"),
        ("資本金は百万円に換算するといくらですか？", "百万円"),
        ("予算は何億円ですか？", "億円"),
        ("予算額はいくらですか？", ""),
    ],
)
def test_money_unit_that_is_asked_for_is_read(text: str, unit: str) -> None:
    assert read(text).unit == unit


def test_last_verb_or_verbal_noun_is_the_predicate() -> None:
    assert predicate_of("あおば産業協議会はいつ設立されましたか？") == "設立"
    assert predicate_of("会長は誰ですか？") == ""


def test_focus_is_the_noun_phrase_nearest_to_the_question_word() -> None:
    assert focus_of("あおば協議会の企業会員数はいくつですか？") == ("企業", "会員", "数")


def test_era_year_and_western_year_are_the_same_year() -> None:
    assert read("平成20年度の予算額は？").years == read("2008年度の予算額は？").years == (2008,)


def test_quoted_words_are_names() -> None:
    assert read("「青い海計画」の予算額は？").names == ("青い海計画",)


def test_wish_for_an_era_or_a_western_year_is_read() -> None:
    assert (read("西暦何年に設立されましたか？").western, read("西暦何年に設立されましたか？").era) == (True, False)
    assert (read("平成何年に設立されましたか？").western, read("平成何年に設立されましたか？").era) == (False, True)


def test_words_that_only_ask_are_no_terms() -> None:
    mains = {t.main for t in read("資料の記載によると、予算額を具体的に教えてください。").terms}
    assert "予算" in mains
    assert mains.isdisjoint({"資料", "記載", "具体", "教える"})


def test_english_words_bring_their_japanese_forms() -> None:
    question = question_on("What was the budget of the council in 2008?", BUDGET)
    assert question.english
    assert "予算" in question.search_text


def test_japanese_name_in_an_english_question_is_what_it_names() -> None:
    question = analyse("Who set up the Revival Council (若草再生会議) in the town?", lambda _: 1.0)
    assert question.names == ("若草再生会議",)
    assert {t.main for t in question.terms if t.is_name} >= {"若草", "再生", "会議"}


def test_japanese_question_with_a_latin_name_is_not_english() -> None:
    assert not is_english("NEDO の予算額はいくらですか？")


def test_follow_up_takes_over_what_it_leaves_out() -> None:
    earlier = read("「青い海計画」の平成20年度の予算額はいくらですか？")
    joined = in_context(read("県の補助金も含めてですか"), earlier)
    assert (joined.kind, joined.years, joined.names) == ("amount", (2008,), ("青い海計画",))
    assert {t.main for t in earlier.terms} <= {t.main for t in joined.terms}


def test_follow_up_keeps_its_own_kind_year_and_name() -> None:
    earlier = read("「青い海計画」の平成20年度の予算額はいくらですか？")
    joined = in_context(read("「白い雲計画」は平成22年にいつ始まりましたか？"), earlier)
    assert (joined.kind, joined.years, joined.names) == ("date", (2010,), ("白い雲計画",))
    assert "@2008" not in {t.main for t in joined.terms}


def test_inherited_words_weigh_less_than_asked_ones() -> None:
    joined = in_context(read("補助金は？"), read("予算額はいくらですか？"))
    weights = {t.main: t.weight for t in joined.terms}
    assert weights["予算"] < weights["補助"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("平成27年の税収の効果は何億円でしたか", "amount"),  # 7年の… is no list of seven
        ("若草市の人口は約何万人ですか", "number"),
        ("出荷額は全国と県でどう変わりましたか", "open"),
        ("件数の総数はどの3つで集計されましたか", "list"),
        ("この町では、どんな利点を3つ得られますか", "list"),
        ("対象となるのはどんな業種ですか", "list"),
        ("置かれている４つの部会をあげて下さい", "list"),
    ],
)
def test_kind_is_told_by_the_question_word(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_place_is_also_looked_for_in_kana_but_not_the_other_way() -> None:
    by_kanji = {t.main: t.others for t in analyse("岩手の協議会", lambda _: 1.0).terms}
    by_kana = {t.main: t.others for t in analyse("いわて協議会", lambda _: 1.0).terms}
    assert "いわて" in by_kanji["岩手"]
    assert "岩手" not in by_kana["いわて"]


@pytest.mark.parametrize(
    ("text", "kind"), [("県内で何年働けば返還が免除されますか", "number"), ("何年にできましたか", "date")]
)
def test_span_of_years_is_no_date(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_measure_is_not_what_is_asked_for() -> None:
    assert focus_of("留学生を雇った企業は、1人あたりいくらを負担しますか") == ("企業",)


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("会員は何社がいますか？", ("会員",)),
        ("1年に何人がもらえますか？", ()),
        ("希望は何件あり、昨年は何件が通りましたか？", ("昨年",)),
        ("希望は何件あり、そこから何件が通りましたか？", ()),
    ],
)
def test_what_itself_asks_is_not_what_is_asked_for(text: str, focus: tuple[str, ...]) -> None:
    assert focus_of(text) == focus
