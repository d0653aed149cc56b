"""A misspelt question is read as the pages spell it."""

import pytest

from assistant.chain import make_idf
from assistant.respelling import respelt
from corpus.tokenizer import content_terms

from .pages import candidates_of

PAGE = """若葉町の産業
　若葉町食品加工協同組合の補助限度額は、連携枠で500万円である。
　出荷額の増加割合は12%で、若葉町総合戦略に沿う。
　株式会社ミナトフォンドリーは、2009年に操業を開始した。
　港の国内向け貨物は減った。若葉町創生会議は年2回開く。
"""
CANDIDATES = candidates_of(PAGE)
IDF = make_idf(dict.fromkeys(content_terms(PAGE), 1), 200)


def read(text: str) -> str:
    return respelt(text, IDF, CANDIDATES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("食品加工競同組合の限度額は", "食品加工協同組合の限度額は"),
        ("増加割愛は何％ですか", "増加割合は何％ですか"),
        ("若葉町総合選略とは何ですか", "若葉町総合戦略とは何ですか"),
        ("若葉町総生会議の回数は", "若葉町創生会議の回数は"),
        ("ミナトフオンドリーの場所", "ミナトフォンドリーの場所"),
        ("連携わくの補助げんど額は", "連携枠の補助限度額は"),
    ],
)
def test_slip_is_read_as_the_page_spells_it(typed: str, meant: str) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "増加割合は何％ですか",  # spelt as on the page
        "港の国外向け貨物は",  # another word that sounds different
        "若草町食品加工協同組合の限度額は",  # another town
        "がくを決めるのは誰ですか",  # kana that stand alone
    ],
)
def test_what_is_no_slip_is_left_alone(typed: str) -> None:
    assert read(typed) == typed
