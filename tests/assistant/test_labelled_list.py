from __future__ import annotations

from .pages import ask, said

SLIDE = """ 集まりの経緯は三つの視点で整理できる
2-1. 類型の整理
視点.1
産業が高まる
要因の
内発性
視点.2
地域にある
資源の特徴
視点.3
それらが生む
発展の道筋
事例を探す段階と事例を深く調べる段階と事例を分ける段階
"""


def test_items_below_numbered_labels_are_listed_whole_and_in_order() -> None:
    text = said("類型の整理に使われた3つの視点は何ですか？", SLIDE)
    places = [
        text.index(part) for part in ("産業が高まる要因の内発性", "地域にある資源の特徴", "それらが生む発展の道筋")
    ]
    assert places == sorted(places)
    assert "深く調べる" not in text


def test_each_item_is_cited_with_its_label() -> None:
    (claim,) = ask("類型の整理に使われた3つの視点は何ですか？", SLIDE).claims
    assert [e.quote.split("\n")[0] for e in claim.evidence] == ["視点.1", "視点.2", "視点.3"]
    assert all(e.quote == SLIDE[e.start : e.end] for e in claim.evidence)


def test_labels_that_do_not_count_up_or_are_not_asked_make_no_list() -> None:
    assert "つあります" not in said("類型の整理に使われた2つの視点は何ですか？", SLIDE)
    assert "視点.1 産業" not in said("類型の整理に使われた3つの資料は何ですか？", SLIDE)
    assert "つあります" not in said("整理の3つの視点は何ですか？", SLIDE.replace("視点.2", "備考"))
