"""An excerpt is the run of whole clauses that answers, and never loses the value."""

import pytest

from assistant.excerpt import excerpt

from .pages import question_on

TEXT = (
    "若草県では、沿岸の漁業が長く地域の暮らしを支えてきたが、近年は担い手の減少が進んでおり、県は、平成21年4月に、"
    "水産加工の研究を担う海洋技術センターを白浜市に開設し、あわせて、若い漁業者の研修を始めた。"
)
QUESTION = question_on("海洋技術センターはどこに開設されましたか？", TEXT)


def test_short_text_is_kept_whole() -> None:
    assert excerpt(QUESTION, TEXT, len(TEXT)) == TEXT


@pytest.mark.parametrize("limit", [35, 50, 70])
def test_excerpt_holds_the_asked_words_within_its_limit(limit: int) -> None:
    cut = excerpt(QUESTION, TEXT, limit)
    assert len(cut) <= limit
    assert "海洋技術センターを白浜市に開設し" in cut


def test_excerpt_is_cut_at_clauses_and_shows_where() -> None:
    first, middle = excerpt(QUESTION, TEXT, 40), excerpt(question_on("近年は何が進んでいますか？", TEXT), TEXT, 50)
    for cut in (first, middle):
        inner = cut.strip("…")
        at = TEXT.index(inner)
        assert cut.startswith("…") == (at > 0)
        assert cut.endswith("…") == (at + len(inner) < len(TEXT))
        assert at == 0 or TEXT[at - 1] == "、"
        assert TEXT[at + len(inner) - 1 :][:1] == "。" or TEXT[at + len(inner)] == "、"
    assert first.startswith("…")
    assert middle.endswith("…")


def test_span_that_must_stay_stays() -> None:
    at = TEXT.index("平成21年4月")
    for limit in (20, 40, 60):
        assert "平成21年4月" in excerpt(QUESTION, TEXT, limit, (at, at + len("平成21年4月")))


def test_one_clause_longer_than_the_limit_is_cut_around_the_span() -> None:
    text = "県" * 60 + "３億円" + "市" * 60
    cut = excerpt(QUESTION, text, 30, (60, 63))
    assert len(cut) <= 30
    assert "３億円" in cut


def test_quoted_name_that_the_question_lacks_is_worth_keeping() -> None:
    text = "実証の対象は多岐にわたり、配送では港の倉庫群を結ぶロボット「かもめ号」が走り、農業では水田の水位を遠くから測る仕組みが試された。"
    question = question_on("実証されたロボットの名称は何ですか？", text)
    assert "「かもめ号」" in excerpt(question, text, 32)
