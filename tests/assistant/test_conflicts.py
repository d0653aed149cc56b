"""Two documents that give different values for the same thing are both named; values of other things are no conflict."""

import pytest

from .pages import ask

MEMBERS = "みなと協議会の会員数はいくつですか？"
FOUNDED = "みなと協議会はいつ設立されましたか？"
PLAN, REPORT = "　みなと協議会の会員数は120である。\n", "　みなと協議会の会員数は125である。\n"


def test_both_values_are_named_with_their_documents() -> None:
    draft = ask(MEMBERS, {"産業計画": PLAN, "産業白書": REPORT})
    assert [c.text for c in draft.conflicts] == ["文書により120と125があり、一致していません。"]
    assert [e.title for e in draft.conflicts[0].evidence] == ["産業計画", "産業白書"]
    opening, plan, report = draft.claims
    assert ("120" in opening.text, "125" in opening.text) == (True, True)
    assert plan.text.startswith("「産業計画」ページ1では120です")
    assert report.text.startswith("「産業白書」ページ1では125です")


def test_two_pages_of_one_document_can_disagree() -> None:
    assert len(ask(MEMBERS, [PLAN, REPORT]).conflicts) == 1


def test_different_dates_of_one_event_are_a_conflict() -> None:
    pages = {
        "計画": "　みなと協議会は、平成12年6月に設立された。\n",
        "白書": "　みなと協議会は、平成13年6月に設立された。\n",
    }
    (conflict,) = ask(FOUNDED, pages).conflicts
    assert "2000年（平成12年）6月" in conflict.text
    assert "2001年（平成13年）6月" in conflict.text


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        pytest.param(MEMBERS, {"計画": PLAN, "白書": "　みなと協議会の会員数は１２０である。\n"}, id="same value"),
        pytest.param(MEMBERS, {"計画": PLAN, "白書": REPORT, "年報": REPORT.replace("125", "130")}, id="three values"),
        pytest.param(
            MEMBERS,
            {"計画": f"　平成20年の{PLAN.strip()}\n", "白書": f"　平成25年の{REPORT.strip()}\n"},
            id="other years",
        ),
        pytest.param(MEMBERS, {"計画": PLAN, "白書": REPORT.replace("みなと", "やまと")}, id="other names"),
        pytest.param(MEMBERS, {"計画": PLAN, "白書": "　みなと協議会の予算額は9である。\n"}, id="other figures"),
        pytest.param(MEMBERS, PLAN + REPORT, id="same page"),
        pytest.param(
            FOUNDED,
            {
                "計画": "　みなと協議会は、平成12年6月に設立された。\n",
                "白書": "　みなと協議会は、2000年6月18日に設立された。\n",
            },
            id="less exact",
        ),
        pytest.param(
            FOUNDED,
            {
                "計画": "　みなと協議会は、平成12年6月に設立された。\n",
                "白書": "　みなと協議会は、平成20年6月に解散した。\n",
            },
            id="other event",
        ),
    ],
)
def test_what_is_no_conflict(question: str, pages: dict[str, str | list[str]]) -> None:
    draft = ask(question, pages)
    assert draft.conflicts == ()
    assert not draft.abstained


def test_year_beside_a_line_without_one_is_its_year() -> None:
    pages = [
        "2-1. 若草市の医療産業\n• 2015年には、税収効果53億円を達成。\n",
        "2-1. 若草市の医療産業\n• 企業数360社、税収効果52億円。\n• （2015年）\n",
    ]
    asked = "若草市の医療産業で、2015年の税収効果は何億円でしたか"
    assert len(ask(asked, pages).conflicts) == 1
    assert not ask(asked, [pages[0], pages[1].replace("（2015年）", "（2009年）")]).conflicts


CHRONICLE = (
    "沿革\n\n| 年 | 月 | 出来事 |\n|---|---|---|\n| 2011 | 4 | みなと会館の着工 |\n| 2013 | 3 | みなと学園の開所 |\n"
)


def test_an_event_of_a_chronicle_can_disagree_with_a_sentence() -> None:
    pages = {"年表": CHRONICLE, "白書": "　みなと市の研修校「みなと学園」が2013年4月に開校した。\n"}
    (conflict,) = ask("「みなと学園」が開いたのは何年何月ですか？", pages).conflicts
    assert "2013年（平成25年）3月" in conflict.text
    assert "2013年（平成25年）4月" in conflict.text


def test_another_event_of_the_chronicle_is_no_conflict() -> None:
    pages = {"年表": CHRONICLE, "白書": "　みなと市の研修校「みなと学園」が2013年3月に開校した。\n"}
    assert not ask("「みなと学園」が開いたのは何年何月ですか？", pages).conflicts


def test_the_wish_to_see_both_is_not_what_is_asked() -> None:
    pages = {
        "計画": "　みなと流域は、1987年に特区の指定を受けた。\n",
        "白書": "　1986年、みなと流域は特区の指定を受け、会館を建てた。\n",
    }
    question = "みなと流域が特区の指定を受けたのは何年ですか？ 頁によって違うなら両方教えてください。"
    assert len(ask(question, pages).conflicts) == 1


def test_keywords_that_end_with_the_year_of_an_event_ask_for_a_date() -> None:
    pages = {"計画": "　平成12年に開設した「みなと会館」を使う。\n", "白書": "　2001年に「みなと会館」を開設。\n"}
    assert len(ask("みなと会館　開設年", pages).conflicts) == 1
