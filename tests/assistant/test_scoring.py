"""A unit scores by the share of the question's meaning that it holds, in itself or in what it stands under."""

from assistant.scoring import defines, has_value, is_named, rank, verbatim_run, year_conflict
from corpus.fold import key

from .pages import ALL, ASSOC, BUDGET, ESTATES, candidates_of, question_on, ranked_on


def test_unit_that_answers_is_ranked_first() -> None:
    assert "設立" in ranked_on("あおば産業協議会はいつ設立されましたか？", ALL)[0].candidate.unit.text
    assert "21年度" in ranked_on("平成21年度の予算額はいくらですか？", ALL)[0].candidate.unit.text


def test_ranking_is_the_same_each_time_and_holds_every_candidate() -> None:
    question, candidates = question_on("会員数はいくつですか？", ALL), candidates_of(ALL)
    first, second = rank(question, candidates), rank(question, candidates)
    assert [s.candidate for s in first] == [s.candidate for s in second]
    assert len(first) == len(candidates)


def test_equal_units_stand_in_the_order_of_retrieval() -> None:
    ranked = ranked_on("港の広さは？", ["　山の話である。\n　川の話である。\n"])
    assert [s.candidate.position for s in ranked] == [0, 1]


def test_coverage_lies_between_nothing_and_all() -> None:
    assert all(0 <= s.coverage <= 1 for s in ranked_on("平成21年度の予算額はいくらですか？", ALL))


def test_words_of_the_unit_itself_count_more_than_those_around_it() -> None:
    ranked = ranked_on("早瀬岳人教授は何に就任しましたか？", ASSOC)
    by_text = {s.candidate.unit.text: s.coverage for s in ranked}
    best = max(by_text, key=lambda t: by_text[t])
    assert "早瀬" in best
    assert all(by_text[t] < by_text[best] for t in by_text if t != best)


def test_other_year_is_a_conflict_and_no_year_is_none() -> None:
    question = question_on("平成21年度の予算額はいくらですか？", BUDGET)
    found = {c.unit.text[:6]: year_conflict(question, c) for c in candidates_of(BUDGET) if c.unit.cells}
    assert found == {"平成20年度": True, "平成21年度": False, "平成22年度": True}
    assert not any(year_conflict(question_on("予算額は？", BUDGET), c) for c in candidates_of(BUDGET))


def test_unit_has_a_value_only_of_the_asked_kind() -> None:
    text = "　緑市の人口は8万人である。\n"
    (unit,) = candidates_of(text)
    assert has_value(question_on("緑市の人口は何人ですか？", text), unit)
    assert not has_value(question_on("緑市の予算額はいくらですか？", text), unit)
    assert not has_value(question_on("緑市はいつできましたか？", text), unit)


def test_verbatim_run_counts_letters_and_starts_at_five() -> None:
    assert verbatim_run("沿岸漁業の担い手", key("沿岸漁業の担い手が減った")) == 8
    assert verbatim_run("沿岸漁業", key("沿岸漁業が減った")) == 0


def test_row_is_named_by_its_first_cell_but_not_by_a_year() -> None:
    question = question_on("平成21年度の若草工業団地の面積は？", [BUDGET, ESTATES])
    rows = [c for c in candidates_of([BUDGET, ESTATES]) if c.unit.cells]
    assert [c.unit.cells[0].text for c in rows if is_named(question, c)] == ["若草工業団地"]


def test_defining_sentence_is_seen() -> None:
    assert defines("支援機関とは、企業を助ける大学をいう。")
    assert not defines("支援機関は12か所ある。")


def test_sentence_with_as_many_quoted_names_as_were_asked_leads() -> None:
    page = "　産業の成長・高度化に重要な要素を検討した。\n　検討では、産業の成長・高度化には「計画的な手順」・「人と資金の配分」・「旗を振る人」が重要とした。\n"
    assert "旗を振る人" in ranked_on("産業の成長・高度化に重要な3つの要素は何ですか？", page)[0].candidate.quote


def test_line_that_bears_the_asked_name_before_its_brackets_leads() -> None:
    page = "　県の自動車関連の交付実績は、平成22年度から25年度までで約34億円である。\n\n設備更新支援(12件、約30億円)\n\n人材育成支援(7件、約4億円)\n"
    best = ranked_on("県の自動車関連の交付実績（平成22年度～25年度）のうち、人材育成支援は何件ですか", page)[0]
    assert best.candidate.unit.text.startswith("人材育成支援(7件")


def test_date_that_question_and_line_share_counts_once() -> None:
    run = verbatim_run("2002年5月現在の会員の内訳は", key("2002年5月現在では、会員の内訳はない"))
    assert run == len(key("会員の内訳は"))
