"""The words of an English question find the Japanese ones that stand for them."""

import math

from assistant.candidates import read_text
from assistant.english_terms import english_terms
from assistant.scoring import holds
from assistant.term import Term
from assistant.transliterate import KatakanaWords

from .pages import said

INDEX = frozenset("坂城 青葉 潮 浜 会長 労働 分配 率 雨量".split())


def idf(term: str) -> float:
    return 2.0 if term in INDEX else math.log(99)


def terms(text: str) -> dict[str, Term]:
    return {t.main: t for t in english_terms(text, idf, KatakanaWords(INDEX))}


def test_phrase_stands_for_one_thing_and_not_for_its_words() -> None:
    found = terms("What is the labor share there?")
    assert holds(found["labor_share"], read_text("労働分配率は上がった。"))
    assert "labor" not in found


def test_name_in_latin_letters_finds_what_is_read_so() -> None:
    assert terms("the town of Sakaki")["sakaki"].others == {"坂城"}
    assert "潮浜" in terms("the port of Shiohama")["shiohama"].compounds
    assert not terms("the port of Yokosuka").get("yokosuka", Term("", frozenset(), 0, False)).others


def test_title_with_a_gap_between_its_characters_is_found() -> None:
    assert holds(terms("Who is the chairperson?")["chairperson"], read_text("会　長　　青葉 みどり"))


def test_month_of_an_english_date_weighs_as_a_date() -> None:
    assert "@2020-05" in terms("rainfall in May 2020")


PAGE = """雨の記録
　降り始めからの総雨量は512ミリに達した。
　観測所の24時間雨量は233ミリであった。
　町長は雨の日に会見した。
"""


def test_english_question_is_answered_with_the_figure_first() -> None:
    assert said("What was the total rainfall in the town?", PAGE).startswith("512")


MEMBERS = """委員会の体制
　副会長　青葉商店会　浜田 ゆり
　会　長　青葉町長　　坂田 はるか
"""


def test_chairperson_is_not_the_deputy() -> None:
    assert "坂田" in said("Who is the chairperson of the committee?", MEMBERS)
    assert "浜田" in said("Who is the vice chairperson of the committee?", MEMBERS)
