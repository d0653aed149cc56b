"""A list is answered whole, in the document's order, each item with its own citation."""

from assistant.listing import filtered, groups, items_below

from .pages import LISTS, ask, candidates_of, question_on, quotes, ranked_on, said

SHOPS = "■ 特産品の店\n　・あさひ店(東浜市)\n　・ゆうひ店(西浜市)\n　・まひる店(東浜市)\n"


def test_items_after_a_lead_in_are_listed() -> None:
    (claim,) = ask("中核となる企業3社を挙げてください。", LISTS).claims
    assert claim.text == "3つあります：大空精機、北斗電機、みどり化学。"
    assert [q.strip("　・ \n") for q in quotes(claim.evidence)] == ["大空精機", "北斗電機", "みどり化学"]


def test_items_under_a_heading_are_listed() -> None:
    (claim,) = ask("重点分野をすべて挙げてください。", LISTS).claims
    assert claim.text == "医療機器、航空機部品、食品機械、環境計測。"


def test_list_of_the_asked_length_is_chosen() -> None:
    pages = "■ 重点分野\n　・医療機器\n　・航空機部品\n　・食品機械\n■ 重点分野の課題\n　・人材の不足\n　・資金の不足\n"
    assert ask("重点分野を3つ挙げてください。", pages).claims[0].text.startswith("3つあります：医療機器")
    assert ask("重点分野の課題を2つ挙げてください。", pages).claims[0].text.startswith("2つあります：人材の不足")


def test_list_of_another_length_is_not_called_complete() -> None:
    assert not any("つあります" in c.text for c in ask("重点分野を7つ挙げてください。", LISTS).claims)


def test_siblings_that_share_the_asked_word_are_listed_alone() -> None:
    question = "東浜市にある店をすべて挙げてください。"
    best = ranked_on(question, SHOPS)[0]
    found = filtered(question_on(question, SHOPS), best, candidates_of(SHOPS))
    assert [c.unit.text.strip("・ ") for c in found] == ["あさひ店(東浜市)", "まひる店(東浜市)"]
    assert ask(question, SHOPS).claims[0].text == "あさひ店(東浜市)、まひる店(東浜市)。"


def test_run_below_a_lead_in_ends_at_the_next_heading() -> None:
    candidates = candidates_of(LISTS)
    lead = next(c for c in candidates if "次の3社" in c.unit.text)
    assert len(items_below(lead, candidates)) == 3


def test_lists_of_different_headings_are_different_groups() -> None:
    found = groups(question_on("重点分野をすべて挙げてください。", LISTS), candidates_of(LISTS))
    assert sorted(len(g.items) for g in found) == [3, 4]
    assert len(found[0].items) == 4


def test_one_item_alone_is_no_list() -> None:
    pages = "■ 重点分野\n　・医療機器\n"
    assert groups(question_on("重点分野をすべて挙げてください。", pages), candidates_of(pages)) == []


def test_line_under_another_heading_does_not_announce_a_list() -> None:
    pages = "■ 川地方\n◇ 船の工場\n　船の工場の現況を図に示す。\n◇ 大学\n・北大学\n・南大学\n"
    (group,) = groups(question_on("船の工場の現況は？", pages), candidates_of(pages))
    assert "現況" not in group.head
    assert "川地方\n大学" in group.head


def test_longer_of_two_lists_announced_alike_is_given() -> None:
    page = "若草会議　議事録\n\n５　議　題\n（１）港の直しについて\n（２）船の数について\n（３）その他\n６　配付資料\n"
    assert "その他" in ask("若草会議の議題を全て教えてください。", page).claims[0].text


FACTORS = """調べのまとめ

5つの町の調べから、町の学びが長く続くための要因を次の3点にまとめた。
要因① 人をつなぐ会
若草の会のように、家々の外で人をつなぐ会があること。
要因② 開かれた場
だれでも入れる場があること。
要因③ 手引きの見直し
古い手引きを、十年ごとに改めてきたこと。
"""


def test_headings_that_bear_one_label_and_count_up_are_a_list() -> None:
    assert said("町の学びが長く続くための要因としてまとめられた3点は何ですか。", FACTORS).startswith(
        "3つあります：① 人をつなぐ会、② 開かれた場、③ 手引きの見直し"
    )


def test_number_of_a_figure_is_no_item() -> None:
    page = FACTORS.replace("要因①", "図表1 ").replace("要因②", "図表2 ").replace("要因③", "図表3 ")
    assert not said("町の学びが長く続くための要因としてまとめられた3点は何ですか。", page).startswith("3つあります")


PLAN = """■ 若草町の重点の取組
◇ 学びを支える人の育成
 (1) 学びの手引きづくり【拡充】
 (2) 読み聞かせの会【継続】
 (3) 若い世話人の受入れ【新規】
 (4) 夜の学びの場【新規】
白浜町の取組はこれから定める。
"""


def test_only_items_of_the_asked_mark_are_told_and_the_last_item_is_one() -> None:
    answer = said("若草町の重点の取組「学びを支える人の育成」のうち、新規のものをすべて挙げてください。", PLAN)
    assert "若い世話人の受入れ" in answer
    assert "夜の学びの場" in answer
    assert "手引き" not in answer
    assert "読み聞かせ" in said("若草町の重点の取組「学びを支える人の育成」をすべて挙げてください。", PLAN)
