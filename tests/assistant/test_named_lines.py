"""Lines that begin with the asked name are that name's list."""

from .pages import said

LINES = "■ 支援した事例\nあさひ商社 船の模型を作る技術\n\nゆうひ商社 布の染め方\n\nあさひ商社 船の灯\n\n　あさひ商社は会の中心である。\n"


def test_lines_that_begin_with_the_asked_name_are_listed() -> None:
    text = said("あさひ商社が支援を受けた事例には、どんなものがありますか。", LINES)
    assert text == "あさひ商社 船の模型を作る技術、あさひ商社 船の灯。"


def test_short_name_counts_where_a_blank_stands_behind_it() -> None:
    pages = "■ 若草の研究会\n海浜大 船の研究会\n海浜大 網の研究会\n山中大 炭の研究会\n"
    assert said("海浜大学の研究会の例として何が挙げられていますか。", pages) == "海浜大 船の研究会、海浜大 網の研究会。"
