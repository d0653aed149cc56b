"""Where several things are asked for, the list that the documents announce as such answers."""

from .pages import ask, quotes, said
from .test_runs import NAMES, PARTS, TOLD

COUNTED = (
    "■ 港の再生\n◇ 港の衰え\n・港の船が減り、港の仕事が細った。\n・港の店が閉じた。\n・港の倉庫が空いた。\n"
    "◇ 三つの方向性\n・道.1：魚を加工する。\n・道.2：客船を呼ぶ。\n・道.3：風で発電する。\n"
)
PHASES = "表：型と段階の名\n\n| 型 | 段階1 | 段階2 |\n|---|---|---|\n| あさひ案 | 集まる | 尖る |\n| ゆうひ案 | 選ぶ | 根付く |\n"


def test_list_announced_with_its_length_is_preferred_to_one_that_has_it_by_chance() -> None:
    text = said("港を再生する方向として、どのような三つが示されましたか。", COUNTED)
    assert text.startswith("3つあります：道.1：魚を加工する")
    assert "倉庫" not in text


def test_list_that_has_the_asked_length_by_chance_is_not_given_for_places() -> None:
    assert "つあります" not in said("港の3地域はどこですか。", COUNTED.replace("三つの方向性", "方向性"))


def test_things_told_one_by_one_are_listed_without_their_numbers() -> None:
    (claim,) = ask("協議会が新たに設けた三つの組織を挙げてください。", TOLD).claims
    assert claim.text.startswith("3つあります：あさひ商社で、展示会を開く。ゆうひ基金で、資金を出す。まひる研究所を")
    assert len(quotes(claim.evidence)) == 3


def test_heading_that_repeats_the_question_is_answered_with_the_names_below_it() -> None:
    (claim,) = ask("若草県における支援の仕組みに挙げられているのは何ですか。", NAMES).claims
    assert claim.text.startswith("あさひ研究会、大学を中心とした研究会、若草県技術センター（若草県における支援の仕組み")
    assert len(claim.evidence) == 4


def test_items_after_a_lead_in_are_listed_for_plural_questions() -> None:
    pages = "　この調査は、若草県の次の市町を対象としていない。\n　・東浜市\n　・西浜町\n　・南浜町\n"
    assert said("調査の対象から外された若草県の市や町はどこですか。", pages).startswith("東浜市、西浜町、南浜町")


def test_row_that_is_named_gives_its_cells() -> None:
    assert said("ゆうひ案の二つの段階の名は？", PHASES) == "2つあります：選ぶ、根付く。"
    assert "集まる、尖る" not in said("まひる案の二つの段階の名は？", PHASES)


def test_sentence_that_counts_and_enumerates_answers_itself() -> None:
    pages = "■ 紹介する3地域\n・川地方の大学\n・山地方の大学\n・海地方の大学\n　川地方の中心となる3大学：北大学、南大学、東大学\n"
    assert "北大学、南大学、東大学" in said("川地方の中心となる3大学はどこですか。", pages)


def test_parts_of_a_section_are_listed_by_their_headings() -> None:
    assert said("成功の要件 3つ", PARTS) == "3つあります：(1)連携の強化、(2)資金の確保、(3)人の育成。"
    assert "基金" not in said("成功の要件をすべて挙げてください。", PARTS)


def test_places_that_label_a_slide_are_listed_where_they_are_as_many_as_asked() -> None:
    slide = "■ 港町の事例のまとめ\n概要富山県\n・魚を加工する。\n石川県\n・客船を呼ぶ。\n福井県\n・風で発電する。\n"
    assert said("港町の事例のまとめ 3県", slide) == "3つあります：富山県、石川県、福井県。"
    assert "つあります" not in said("港町の事例のまとめ 4県", slide)


def test_line_that_says_only_what_is_asked_is_answered_with_the_list_right_below_it() -> None:
    pages = "■ 人の紹介\n・若草市の企業に人を紹介する。\n・民間の紹介会社の協力\n　– あさひ人材\n　– ゆうひ人材\n■ 課題\n・人の不足\n"
    assert said("人の紹介に協力する民間の紹介会社はどこですか。", pages) == "あさひ人材、ゆうひ人材。"


def test_labels_that_the_question_names_count_their_list() -> None:
    slide = "■ 港の再生の提言\n・港の再生には、港の船が減り、仕事が細り、店が閉じたことが重い。\n道筋.2 客船を呼ぶ 道筋.1 魚を加工する\n"
    assert said("港の再生の提言にある2つの道筋は何ですか。", slide) == "2つあります：魚を加工する、客船を呼ぶ。"


def test_sentence_that_lists_as_many_as_are_asked_answers_alone() -> None:
    pages = "■ 港の件数\n・港の件数の総数は、「入港」「出港」「停泊」を足して集計した。\n・港の面積の総数は、公表された表から集計した。\n"
    assert said("港の件数の総数は、どの3つで集計されましたか。", pages).count("集計") == 1


def test_row_of_dates_is_no_list_of_things() -> None:
    table = "表：会の設置\n\n| 会 | 開設者 | 開設時期 |\n|---|---|---|\n| あさひ会 | 若草県 | 平成13年11月 |\n| ゆうひ会 | 若草市 | 平成14年2月 |\n"
    assert "つあります：若草県、平成13年" not in said("あさひ会の二つの開設者の名は？", table)


def test_sentence_that_lists_exactly_as_many_is_preferred_to_bullets_that_have_the_length_by_chance() -> None:
    pages = (
        "■ 港の再生\n　魚加工、船づくり、風力発電の三つを「港の三分野」と呼び、力を入れる。\n"
        "・港の三分野の店の数 25店\n・港の三分野の人の数 310人\n・港の船の数 12隻\n"
    )
    assert "魚加工、船づくり、風力発電" in said("「港の三分野」とはどの3つですか。", pages)


def test_list_under_the_very_heading_that_is_asked_is_preferred_to_a_sentence_of_as_many_things() -> None:
    pages = (
        "■ 若草会の仕事の中身\n• 窓口\n• 見本市\n• 講習\n■ 若草会の成果\n"
        "　若草会の仕事の中身と手順は、店、工場、学校を訪ねた人の声で改める。\n"
    )
    assert said("若草会の仕事の中身を3つ挙げてください。", pages) == "3つあります：窓口、見本市、講習。"


def test_numbered_list_whose_label_stands_before_its_first_item_answers_the_label() -> None:
    page = (
        "若草連携会議\n\n設立 ：2010年7月1日 北町・南町・東町の3町で設立した。\n共同の仕事：①人を育てる\n　学校と組み、人を育てる。\n"
        "②店を増やす\n　空き家を直し、店を増やす。\n③船をつなぐ\n　便を増やし、島とつなぐ。\n"
    )
    assert said("若草連携会議　共同の仕事　3つ", page) == "3つあります：①人を育てる、②店を増やす、③船をつなぐ。"


def test_stages_are_the_names_with_numbers_behind_them() -> None:
    slide = "■ 港の型のまとめ\n芽を出す1 葉を広げ、根を張る2 実を結ぶ3\n・港の型は店の数で決まる。\n・港の型は人の数で決まる。\n・港の型は船の数で決まる。\n"
    assert (
        said("港の型の3つの段階の名前は何ですか。", slide)
        == "3つあります：「芽を出す」、「葉を広げ、根を張る」、「実を結ぶ」。"
    )
    assert "第1節" in said("執筆の3つの段階は何ですか。", "執筆の担当：第1節 東山、第2節 西山、第3節 南山\n")


def test_list_below_a_line_that_announces_what_is_asked_answers_a_question_for_a_name() -> None:
    pages = "■ 若草の育成競技\n国の方針：若草の育成競技\n⚫ 国の計画により、下記を支援分野とし、案を募る。\n①気候\n②食の健やかさ\n③移動\n⚫ 省の所管\n"
    assert said("若草の育成競技の支援分野として示されている分野は何ですか。", pages) == "①気候、②食の健やかさ、③移動。"
