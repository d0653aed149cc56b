"""Which of two things is larger or came first is said with both values, and only where both are certain."""

import pytest

from assistant.checks import unsupported
from assistant.which import which

from .pages import ESTATES, Pages, ask, candidates_of, question_on, ranked_on

PORTS = {
    "港の報告": "白浜市の港湾\n　白浜市の港湾の経済効果は2015年に840億円であった。\n",
    "工場の報告": "緑市の工業\n　緑市の工場誘致の経済効果は、2012年に1,200億円であった。\n",
}
LAWS = "　港湾振興法は1983年に定められた。\n　林業振興法は1988年に定められた。\n"
TOWNS = "表７　出荷額\n\n| 市町村 | 出荷額の増加割合（%） |\n|---|---|\n| 若草県 青葉市 | 95.0 |\n| 若草県 白浜市 | 13.5 |\n"
REGIONS = "表８　二つの地域\n\n| 項目 | 若草地域 | 青葉パーク |\n|---|---|---|\n| 従業者数（人） | 6,000 | 4,000 |\n| 面積（km2） | 300 | 390 |\n"


@pytest.mark.parametrize(
    ("question", "pages", "answer"),
    [
        (
            "白浜市の2015年の港湾の経済効果と、緑市の2012年の工場誘致の経済効果では、どちらがいくら大きいですか？",
            PORTS,
            "緑市の2012年の工場誘致の経済効果の方が360億円大きいです",
        ),
        ("青葉市と白浜市では、出荷額の増加割合はどちらが高いですか？", TOWNS, "若草県 青葉市の方が高いです"),
        ("青葉市と白浜市では、出荷額の増加割合はどちらが低いですか？", TOWNS, "若草県 白浜市の方が低いです"),
        (
            "若草地域と青葉パークでは、どちらの面積が広いですか？",
            REGIONS,
            "青葉パークの方が広いです（青葉パーク 390km2",
        ),
        ("若草工業団地と緑ヶ丘工業団地では、どちらの従業員数が多いですか？", ESTATES, "若草工業団地の方が多いです"),
        ("林業振興法と港湾振興法では、どちらが先に定められましたか？", LAWS, "港湾振興法の方が先です"),
        ("林業振興法と港湾振興法では、どちらが後に定められましたか？", LAWS, "林業振興法の方が後です"),
    ],
)
def test_the_larger_or_earlier_one_is_named_with_both_values(question: str, pages: Pages, answer: str) -> None:
    (claim,) = ask(question, pages).claims
    assert claim.text.startswith(answer)
    assert unsupported(claim) == ()


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        ("白浜市の港湾の経済効果と赤坂市の工場誘致の経済効果では、どちらが大きいですか？", PORTS),
        ("港湾振興法と漁業振興法では、どちらが先に定められましたか？", LAWS),
        ("青葉市では、出荷額の増加割合はどちらが高いですか？", TOWNS),
    ],
)
def test_nothing_is_compared_with_what_is_not_found(question: str, pages: Pages) -> None:
    assert which(question_on(question, pages), ranked_on(question, pages), candidates_of(pages)) is None
