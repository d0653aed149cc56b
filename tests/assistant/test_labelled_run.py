"""A label that the question holds answers with what its line lists."""

from .pages import ask, said

LINE = "■ 港の構想\n・1991年に「港の構想」が策定され、港の仕事を増やすことにした。\n・重点地区：東浜の丘、西浜の森、北浜の谷、南浜の原\n・所管：若草県\n"
WRAPPED = (
    "■ 港の構想\n• 港の構想は、県と市と大学と企業が力を合わせて、十年をかけて進めるもので\nある。\n"
    "• 重点整備地区： 東浜リサーチパーク、東浜ハイブリッドスクエ\nア、西浜グリーンシティ、南浜みどりの丘、北浜にぎわいの国際交流\n\nゾーン、旧浜ゾーン\n"
)


def test_label_in_the_question_gives_what_its_line_lists() -> None:
    assert said("港の構想の重点地区の一覧", LINE) == "重点地区：東浜の丘、西浜の森、北浜の谷、南浜の原。"


def test_label_that_is_not_asked_gives_nothing() -> None:
    assert not said("港の構想の策定の一覧", LINE).startswith("重点地区")


def test_full_last_line_goes_on_in_the_next_one() -> None:
    assert "旧浜ゾーン" in "".join(
        e.quote for c in ask("港の構想の重点整備地区の一覧", WRAPPED).claims for e in c.evidence
    )
