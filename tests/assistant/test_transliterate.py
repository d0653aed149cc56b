"""English names find their katakana, and a misspelt name finds the word of the index."""

import pytest

from assistant.transliterate import KatakanaWords, english_keys, kana_key

from .pages import ask, said

WORDS = KatakanaWords("ハリファックス ロッテルダム シリコン ファルマ テクノポリス 坂城 広島 富山 halifax".split())


@pytest.mark.parametrize(
    ("english", "katakana"),
    [("Halifax", "ハリファックス"), ("Rotterdam", "ロッテルダム"), ("silicon", "シリコン"), ("Pharma", "ファルマ")],
)
def test_english_name_finds_its_katakana(english: str, katakana: str) -> None:
    assert WORDS.of(english) == {katakana}


def test_key_of_a_katakana_word_is_among_those_of_the_english_one() -> None:
    assert kana_key("ハリファックス") in english_keys("Halifax")


def test_short_word_finds_nothing() -> None:
    assert WORDS.of("ab") == frozenset()
    assert WORDS.of("London") == frozenset()


@pytest.mark.parametrize(("typed", "meant"), [("坂木", "坂城"), ("広嶋", "広島")])
def test_kanji_of_the_same_sound_that_share_one_are_near(typed: str, meant: str) -> None:
    assert WORDS.near(typed) == {meant}


def test_other_kanji_names_are_not_near() -> None:
    assert WORDS.near("福島") == frozenset()
    assert WORDS.near("富士") == frozenset()


def test_long_katakana_with_one_letter_off_is_near() -> None:
    assert WORDS.near("ハリファクス") == {"ハリファックス"}
    assert WORDS.near("カナダ") == frozenset()


def test_english_question_is_answered_about_the_katakana_name() -> None:
    pages = ["　ファルマバレー計画は、平成13年2月に策定された。\n", "　みなと計画は、平成15年4月に策定された。\n"]
    (claim,) = ask("When was the Pharma Valley plan made?", pages).claims[:1]
    assert claim.text.startswith("2001年（平成13年）2月 (")


def test_misspelt_town_is_answered_about_the_town_of_the_documents() -> None:
    pages = ["　坂城町の人口は、1万5千人である。\n", "　緑町の人口は、2万人である。\n"]
    assert said("坂木町の人口は何人ですか？", pages).startswith("1万5千人です")
