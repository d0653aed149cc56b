"""What is left of a whole is worked out only where the document counts the named part within it."""

import pytest

from assistant.checks import unsupported
from assistant.remainder import remainder

from .pages import Pages, ask, candidates_of, question_on, ranked_on, said

SHOPS = "　青葉町では、仮店舗の要望は120か所で、そのうち完成したのは95か所である。\n"
CLUB = "・若草の会は、会員数410で始まった。このうち企業会員は230社であった。\n"
INCOME = "表１　収入の推移（単位：千円）\n\n| 年度 | 収入計 | うち補助金 |\n|---|---|---|\n| 2010年 | 12,500 | 6,000 |\n| 2011年 | 18,340 | 8,200 |\n"
ASKED = "表２　調査の状況\n\n| 区分 | 対象（社） | 回答（社） | 回答率（%） |\n|---|---|---|---|\n| 若草会員企業 | 260 | 120 | 46.2 |\n| 非会員企業 | 1,300 | 90 | 6.9 |\n"
SURVEY = "■ 若草県の企業調査\n調査の対象：県内の1,200社\n調査の回答：850社（回収率70.8%）\n"


@pytest.mark.parametrize(
    ("question", "pages", "answer"),
    [
        (
            "青葉町の仮店舗の要望のうち、まだ出来上がっていないのは何か所ですか？",
            SHOPS,
            "25箇所です（120か所 − 完成 95か所）。",
        ),
        ("若草の会の会員のうち、企業会員を除いた会員はいくつですか？", CLUB, "180です（410 − 企業会員 230社）。"),
        ("2011年の収入のうち、補助金以外はいくらですか？", INCOME, "10,140千円（1,014万円）です"),
        ("若草会員企業のうち、調査に回答しなかったのは何社ですか？", ASKED, "140社です（対象 260社 − 回答 120社）。"),
        ("若草県の企業調査で、返事がなかった企業は何社ですか？", SURVEY, "350社です（1,200社 − 調査の回答 850社）。"),
    ],
)
def test_the_rest_is_shown_with_its_formula(question: str, pages: Pages, answer: str) -> None:
    (claim,) = ask(question, pages).claims
    assert claim.text.startswith(answer)
    assert unsupported(claim) == ()


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        ("青葉町の仮店舗の要望のうち、断られていないのは何か所ですか？", SHOPS),
        ("若草の会の会員のうち、大学会員を除いた会員はいくつですか？", CLUB),
        ("若草の会の会員のうち、企業会員を除いた会費はいくらですか？", CLUB),
        ("2011年の収入のうち、会費以外はいくらですか？", INCOME),
        ("2012年の収入のうち、補助金以外はいくらですか？", INCOME),
        ("若草県の企業調査で、返事がなかったのは何人ですか？", SURVEY),
    ],
)
def test_nothing_is_taken_off_that_the_document_does_not_count(question: str, pages: Pages) -> None:
    assert remainder(question_on(question, pages), ranked_on(question, pages), candidates_of(pages)) is None


def test_part_in_a_line_of_its_own_is_taken_from_the_line_before_it() -> None:
    page = "避難の状況\n\n　域外への避難移動は53,000人\n\n（うち緑県から41,000人）\n\n　若草県の人口は9,000人\n"
    assert said("域外へ避難移動した人のうち、緑県以外から避難した人は何人ですか？", page).startswith("12,000人です")
    assert "12,000人" not in said("域外へ避難移動した人のうち、白浜県以外から避難した人は何人ですか？", page)
