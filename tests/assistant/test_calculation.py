"""Code works out differences, sums, shares and ratios, and only from two values that are certain."""

from decimal import Decimal

import pytest

from assistant.calculation import calculate, operation_of
from assistant.checks import unsupported

from .pages import BUDGET, ESTATES, SHIP, Pages, ask, candidates_of, question_on, ranked_on, said

OFFICES = "■ 若草支所\n　職員数：45人\n■ 緑支所\n　職員数：31人\n"
STATIONS = "表４　発電所\n\n| 発電所 | 出力（台） |\n|---|---|\n| 1号 | 200 |\n| 2号 | 350 |\n| 3号 | 150 |\n"
EVACUATED = "表５　避難者数\n\n| 市 | 県内の避難者数（人） | 県外の避難者数（人） | 域外（人） |\n|---|---|---|---|\n| 若草市 | 3,200 | 1,300 | 70 |\n| 白浜市 | 800 | 90 | 5 |\n"
SUPPORT = "表６　若草局の支援\n\n| 支援 | 件数（件） |\n|---|---|\n| 設備投資支援 | 38 |\n| 技術開発支援 | 29 |\n| 拠点の整備 | 2 |\n"
POWER = "　潮見市の風力の導入可能量は、2022年 40MW⇒建設中を含み 90MW⇒2030年頃 1,500MWとなる。\n"
GRANTS = "若草局の支援\n\n設備更新支援(12件、約30億円)\n　・補助金の交付\n人材育成支援(7件、約4億円)\n　・講座の開催\n販路の開拓(3件、約1億円)\n"
LAB = "　青葉大学の研究のうち、120の研究が県の基金から、85の研究が地元の産業界から資金を得ている。\n"
PORTS = {
    "港の報告": "白浜市の港湾\n　白浜市の港湾の経済効果は2015年に840億円であった。\n",
    "工場の報告": "緑市の工業\n　緑市の工場誘致の経済効果は、2012年に1,200億円であった。\n",
}
REGIONS = "表８　二つの地域\n\n| 項目 | 若草地域 | 青葉パーク |\n|---|---|---|\n| 従業者数（人） | 6,000 | 4,000 |\n| 面積（km2） | 300 | 390 |\n"
SPENDING = "事業予算の推移（単位：千円）\n\n| 年度 | 事業費計 | うち補助金 |\n|---|---|---|\n| 2001年 | 84,000 | 11,000 |\n| 2012年 | 222,000 | 102,000 |\n"
ROLL = "　若草の会は、会員数410（うち企業会員230）で始まった。\n"
LANDS = "　若草の会の内訳は、青葉国（62企業、26機関）、緑国（5企業、3機関）である。\n"
TOWNS = {
    "北の町": "若草市の港湾\n　若草市の港湾の投資額は1,200億円、900人の雇用が生まれた。\n",
    "南の町": "白浜市の港湾\n　白浜市の港湾の投資額は700億円、400人の雇用が生まれた。\n",
}
GROWN = "　若草の会は1998年に会員数310で始まった。\n　2001年には会員数420、うち企業会員200で法人となった。\n"
TWICE = "表９　経営の課題\n\n| 課題 | 内訳 | 割合（%） |\n|---|---|---|\n| 顧客の獲得 | 受注 | 46 |\n| 顧客の獲得 | 開拓 | 42 |\n| 資金繰り | 借入 | 28 |\n"
KINDS = "　2002年の若草の会の会員は、8カ国の79企業、30機関である。\n"


@pytest.mark.parametrize(
    ("question", "pages", "answer"),
    [
        ("平成20年度と平成22年度の予算額の差はいくらですか？", BUDGET, "12,510千円（1,251万円）の増加です"),
        ("平成20年度と平成21年度の予算額の合計はいくらですか？", BUDGET, "合わせて30,840千円（3,084万円）です"),
        ("平成22年度の予算額に占める県補助金の割合は何パーセントですか？", BUDGET, "約39.6%です"),
        ("平成22年度の予算額は平成20年度の何倍ですか？", BUDGET, "約2倍です"),
        ("平成22年度の予算額は前の年度よりいくら増えましたか？", BUDGET, "6,670千円（667万円）の増加です"),
        ("若草工業団地と白浜工業団地の面積の差はいくらですか？", ESTATES, "差は120haです"),
        ("水産加工品の出荷額は2008年から2018年で何倍になりましたか？", SHIP, "約2.51倍です"),
        ("水産加工品の出荷額は2008年から2018年でいくら増えましたか？", SHIP, "563億円の増加です"),
        ("若草支所と緑支所の職員数の差は何人ですか？", OFFICES, "差は14人です"),
        ("若草市の避難者数は、県内と県外を足すと何人ですか？", EVACUATED, "合わせて4,500人です"),
        ("若草の会の2002年の会員は、企業と機関の合計でいくつですか？", KINDS, "合わせて109です"),
        ("若草局の支援は、設備投資と技術開発とを合わせて何件ですか？", SUPPORT, "合わせて67件です"),
        ("1号から3号までの出力の合計はいくつですか？", STATIONS, "合わせて700台です"),
        (
            "潮見市の風力の導入可能量は、2022年から2030年頃にかけて何万kW増える見込みですか？",
            POWER,
            "146万kWの増加です",
        ),
        ("若草局の設備更新支援・人材育成支援・販路の開拓を合わせると何件ですか？", GRANTS, "合わせて22件です"),
        (
            "青葉大学の研究で、県の基金から資金を得たものと産業界から資金を得たものは、合わせていくつですか？",
            LAB,
            "合わせて205です",
        ),
        ("緑市の工場誘致の経済効果は、白浜市の港湾の経済効果よりいくら大きいですか？", PORTS, "差は360億円です"),
        ("若草地域の従業者数は青葉パークの何倍ですか？", REGIONS, "約1.5倍です"),
        ("青葉パークの従業者数は若草地域の何倍ですか？", REGIONS, "約0.67倍です"),
        (
            "事業予算の表で、補助金は2001年度から2012年度までに何百万円増えましたか？",
            SPENDING,
            "91百万円（9,100万円）の増加です",
        ),
        ("補助金は2001年度から2012年度までに何%増えましたか？", SPENDING, "約827.3%の増加です"),
        (
            "若草の会の会員は、1998年から2001年までにいくつ増えましたか？",
            GROWN,
            "110の増加です",
        ),
        ("若草の会の会員数と企業会員数の差はいくつですか？", ROLL, "差は180です"),
        ("若草の会の緑国の企業と機関を合わせるといくつですか？", LANDS, "合わせて8です"),
        ("若草市の港湾の投資額は白浜市の港湾の投資額よりいくら多いですか？", TOWNS, "差は500億円です"),
    ],
)
def test_result_is_shown_with_its_formula(question: str, pages: Pages, answer: str) -> None:
    (claim,) = ask(question, pages).claims
    assert claim.text.startswith(answer)
    assert "（" in claim.text[len(answer) :]
    assert claim.computed
    assert unsupported(claim) == ()


def test_result_is_named_as_computed() -> None:
    (claim,) = ask("平成20年度と平成22年度の予算額の差はいくらですか？", BUDGET).claims
    assert claim.computed == (Decimal(12_510_000),)
    assert "平成20年度 12,500千円" in claim.text
    assert claim.text.index("平成20年度") < claim.text.index("平成22年度")


def test_share_divides_the_part_by_the_whole() -> None:
    (claim,) = ask("平成20年度の予算額のうち、県補助金の割合は何パーセントですか？", BUDGET).claims
    assert claim.text == "約48%です（うち県補助金 6,000千円 ÷ 予算額 12,500千円）。"


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("AはBの何倍ですか？", "times"),
        ("AがBに占める割合は？", "share"),
        ("AとBを合わせるといくらですか？", "sum"),
        ("AとBの差はいくらですか？", "difference"),
        ("Aはいつ始まりましたか？", None),
    ],
)
def test_words_tell_the_operation(question: str, operation: str | None) -> None:
    assert operation_of(question_on(question, BUDGET)) == operation


@pytest.mark.parametrize(
    "question",
    [
        "平成20年度の予算額は平成19年度よりいくら増えましたか？",
        "平成20年度の予算額は前の年度よりいくら増えましたか？",
        "若草工業団地と青葉工業団地の面積の差はいくらですか？",
    ],
)
def test_nothing_is_calculated_when_an_operand_is_missing(question: str) -> None:
    pages = [BUDGET, ESTATES]
    assert calculate(question_on(question, pages), ranked_on(question, pages), candidates_of(pages)) is None


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        ("若草局の設備更新支援・人材育成支援・広報を合わせると何件ですか？", GRANTS),
        ("若草局の設備更新支援・人材育成支援・販路の開拓を合わせると何人ですか？", GRANTS),
        ("補助金は2001年度から2012年度までに何人増えましたか？", SPENDING),
        ("赤坂市の工場誘致の経済効果は、白浜市の港湾の経済効果よりいくら大きいですか？", PORTS),
        ("若草の会の企業会員は、1998年から2001年までにいくつ増えましたか？", GROWN),
        ("顧客の獲得と資金繰りの割合の差は何ポイントですか？", TWICE),
        ("若草市の港湾の投資額と雇用の差はいくらですか？", TOWNS),
        ("若草市の港湾の投資額は赤坂市の港湾の投資額よりいくら多いですか？", TOWNS),
        ("県の基金から資金を得たものと国の基金から資金を得たものは、合わせていくつですか？", LAB),
    ],
)
def test_nothing_is_calculated_where_a_thing_or_its_unit_is_another_one(question: str, pages: Pages) -> None:
    assert calculate(question_on(question, pages), ranked_on(question, pages), candidates_of(pages)) is None


def test_a_heading_and_a_row_below_it_are_no_two_things() -> None:
    pages = "■ 若草市\n県内の避難者数\t1,200人\n県外への避難移動\t300人\n"
    question = "若草市と白浜市の県外への避難移動の差は何人ですか？"
    assert calculate(question_on(question, pages), ranked_on(question, pages), candidates_of(pages)) is None


def test_values_of_different_units_are_not_added() -> None:
    pages = "■ 若草支所\n　職員数：45人\n■ 緑支所\n　予算額：31万円\n"
    question = "若草支所と緑支所の合計はいくつですか？"
    assert calculate(question_on(question, pages), ranked_on(question, pages), candidates_of(pages)) is None


def test_a_fall_is_called_a_fall() -> None:
    (claim,) = ask(
        "若草県の出荷額は2009年から2010年で増えたのですか、減ったのですか？",
        "　若草県の出荷額は、374億円(2009年)⇒337億円(2010年)と動いた。\n",
    ).claims
    assert claim.text.startswith("37億円の減少です")


def test_sides_under_one_context_are_told_apart() -> None:
    page = "支援\n\n　若草支援法によって、連邦政府は€120億を、州政府は€45億を助成した。\n"
    answer = said("若草支援法による連邦政府と州政府の助成額を合わせると、いくらですか？", page)
    assert answer.startswith("合わせて165億ユーロです（連邦政府 €120億 ＋ 州政府の助成額 €45億）")


def test_owner_of_two_like_things_is_said_once_and_one_company_is_no_figure() -> None:
    page = (
        "調査\n\n　調査では、若草型企業を約300社確認できた。\n　若草型企業の顧客数は1社平均200社程度である。\n"
        "　また若草型企業は1社平均約50社の外注先を持つ。\n"
    )
    answer = ask("若草型企業の顧客の数と外注先の数は、1社平均でどちらが多く、それぞれ何社ですか？", page).claims[0]
    assert answer.text.startswith("顧客の数の方が多いです（顧客の数 200社、外注先の数 50社）")
    assert "顧客数" in answer.evidence[0].quote


def test_line_is_of_the_year_of_its_heading() -> None:
    page = "沿革\n\n1998年 ：若草協議会発足\n・会員数328からスタート\n\n2001年 ：若草協会設立\n・会員数440で正式にスタート\n"
    asked = "若草協議会の平成10年の発足から平成13年の正式スタートまでに、会員数はいくつ増えましたか？"
    assert said(asked, page).startswith("112の増加です（1998年 328 → 2001年 440）")
    assert "増加です" not in said(asked, page + "\n1998年 ：資料\n・会員数330からスタート\n")
