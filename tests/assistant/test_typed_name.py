"""The name of a company or a legal body is taken from the line near the best one that bears such a name."""

from .pages import said

PAGE = (
    "　牛の首に付けたセンサーで体温を測り、病気の兆候を知らせる仕組み「ミルモ」の実証が始まった。\n"
    "　開発した(株)若草計測は、2014年に起業したものである。\n"
)


def test_company_of_the_next_line_leads_where_the_best_line_has_none() -> None:
    answer = said("牛の首のセンサーで病気の兆候を知らせる仕組みの実証をしたのは、何という会社ですか？", PAGE)
    assert "若草計測" in answer[:60]
    assert "ミルモ" in answer


def test_line_that_bears_a_company_itself_keeps_its_place() -> None:
    page = "　センサーの実証は(株)緑電子が担った。\n　隣の倉は(株)若草計測が建てた。\n"
    assert "緑電子" in said("センサーの実証を担ったのはどの会社ですか？", page)[:40]


def test_company_of_the_question_is_no_answer() -> None:
    page = "　センサーの実証は順調である。\n　(株)緑電子はセンサーの相手を探した。\n　相手は(株)若草計測である。\n"
    assert "若草計測" in said("(株)緑電子とセンサーの実証をした相手は、何という会社ですか？", page)


def test_legal_body_is_told_from_a_scheme() -> None:
    page = "■ 目的\n　「緑の基盤」とは、材料のデータを受け渡す仕組みをいう。\n■ 運営\n　緑の基盤の運営は、一般社団法人若草データ機構が担う。\n"
    assert "若草データ機構" in said("材料のデータを受け渡す仕組みを動かす法人の名称は何ですか？", page)[:60]
