"""Things asked side by side become a question each, with what they share."""

import pytest

from assistant.side_by_side import side_names, sides

from .pages import said


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("若草市と緑市の人口はそれぞれいくつですか", ("若草市の人口は", "緑市の人口は")),
        ("若草県の出荷額と従業員数は、それぞれいくつですか", ("若草県の出荷額は", "若草県の従業員数は")),
        ("若草県の条例と緑市の要綱は、それぞれいつできましたか", ("若草県の条例は", "緑市の要綱は")),
        ("若草市、緑市、白浜市の会員数をそれぞれ教えて", ("若草市の会員数を", "緑市の会員数を", "白浜市の会員数を")),
        (
            "基金の計画では、県の拠出、市の拠出、寄附がそれぞれ何％ですか",
            ("基金の計画では、県の拠出が", "基金の計画では、市の拠出が", "基金の計画では、寄附が"),
        ),
        ("出荷額は県と全国でそれぞれどう変わりましたか", ("出荷額は県で", "出荷額は全国で")),
    ],
)
def test_each_thing_keeps_what_it_shares(text: str, wanted: tuple[str, ...]) -> None:
    assert [s[: len(w)] for s, w in zip(sides(text), wanted, strict=True)] == list(wanted)


@pytest.mark.parametrize(
    "text", ["若草市と緑市の人口の差はいくつですか", "会員数はいくつですか", "会員はそれぞれ何社ですか"]
)
def test_one_thing_has_no_sides(text: str) -> None:
    assert sides(text) == ()


def test_each_thing_gets_the_value_of_its_own_line() -> None:
    page = "■ 各県の協議会\n\n　わかくさ電池協議会\n　設立:平成19年4月(会員数 142)\n\n　みどり電池協議会\n　設立:平成20年5月(会員数 260)\n"
    text = said("みどり電池協議会とわかくさ電池協議会の会員数はそれぞれいくつですか", page)
    assert text.index("260") < text.index("142")


def test_two_values_of_one_line_go_to_the_things_that_they_count() -> None:
    page = "　2002年5月現在では、8か国の79企業30機関が会員である。その内訳は、若草国（62企業、26機関）、緑国（5企業、3機関）である。\n"
    text = said("2002年5月現在の会員の内訳で、若草国の企業と機関はそれぞれいくつですか", page)
    assert "62企業です" in text
    assert "26機関です" in text


def test_line_about_another_attribute_answers_neither() -> None:
    page = "■ 製造業\n　若草市 従業者数 648,202\n　若草市の事業所数は19,184である。\n　緑市の事業所数は3,879である。\n"
    text = said("若草市と緑市の製造業の事業所数はそれぞれいくつですか", page)
    assert "648,202です" not in text
    assert "19,184です" in text
    assert "3,879です" in text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("若草市と緑市の人口はそれぞれいくつですか", ("若草市", "緑市")),
        ("若草県の出荷額と従業員数は、それぞれいくつですか", ("出荷額", "従業員数")),
        ("若草県の条例と緑市の要綱は、それぞれいつできましたか", ("若草県の条例", "緑市の要綱")),
    ],
)
def test_things_are_called_by_what_tells_them_apart(text: str, names: tuple[str, ...]) -> None:
    assert side_names(text) == names


def test_each_value_is_led_by_the_name_of_its_thing() -> None:
    page = "　若草県の計画は平成15年度から始まったが、みどり市の活動はもっと前、平成11年5月から続いている。\n"
    text = said("みどり市の活動と若草県の計画は、それぞれいつ始まりましたか", page)
    assert "みどり市の活動：1999年（平成11年）5月です" in text
    assert "若草県の計画：2003年度（平成15年度）です" in text


def test_place_in_kana_bears_the_name_in_kanji() -> None:
    page = "■ 各県の協議会\n\n　いわて電池協議会\n　設立:平成19年4月(会員数 142)\n\n　あきた電池協議会\n　設立:平成20年5月(会員数 260)\n"
    text = said("岩手県と秋田県の電池の協議会の会員数はそれぞれいくつですか", page)
    assert "岩手県：142です" in text
    assert "秋田県：260です" in text


def test_two_measures_are_two_things_though_nothing_says_each() -> None:
    assert sides("若草社の資本金と従業員数を教えてください。") == (
        "若草社の資本金を教えてください。",
        "若草社の従業員数を教えてください。",
    )
    assert sides("港町の登録率と参加率は何％ですか。") == (
        "港町の登録率は何％ですか。",
        "港町の参加率は何％ですか。",
    )
    assert sides("若草市と緑市の合計人口を教えてください。") == ()
    assert sides("船と網の直し方を教えてください。") == ()
