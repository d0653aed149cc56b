"""Cards of a slide: a name, its figure, how it changed, each in a line of its own."""

from .pages import ask, said

SLIDE = (
    "■ みなとの暮らしの数字\n　みなとの店は、海の近くに並ぶ。\nPopulation\n46.2K\n前年比2.5%増\nEmployment Rate\n61.3%\n前年比0.7pp増\n"
    "Unemployment Rate\n5.2%\n前年比1.4pp減\n空き家率\n8.4%\n前年比0.2pp増\n"
)


def test_card_is_found_by_its_japanese_name_and_told_with_its_change() -> None:
    (claim,) = ask("みなとの失業率は何％で、前年比でどう変わりましたか。", SLIDE).claims
    assert claim.text == "Unemployment Rateは5.2%（前年比1.4pp減）です。"
    assert len(claim.evidence) == 3


def test_each_of_two_cards_is_told() -> None:
    text = said("みなとの就業率と空き家率を教えてください。", SLIDE)
    assert text == "Employment Rateは61.3%（前年比0.7pp増）、空き家率は8.4%（前年比0.2pp増）です。"


def test_longer_name_is_no_card_of_its_last_word() -> None:
    assert "46.2K" not in said("みなとの労働力人口はいくらですか。", SLIDE)
