from __future__ import annotations

import pytest

from corpus import thesaurus
from corpus.fold import key
from corpus.places import from_latin
from corpus.thesaurus import compounds, from_english, synonyms
from corpus.tokenizer import content_terms


def term(word: str) -> str:
    (only,) = content_terms(word)
    return only


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("設立", "発足"),
        ("会員", "メンバー"),
        ("予算", "経費"),
        ("課題", "問題"),
        ("企業", "会社"),
        ("増加", "伸びる"),
        ("人材", "ヒト"),
    ],
)
def test_words_of_one_meaning_stand_for_each_other(word: str, other: str) -> None:
    assert term(other) in synonyms(term(word))
    assert term(word) in synonyms(term(other))


def test_standing_for_each_other_is_mutual_and_never_with_oneself() -> None:
    words = {term for line in thesaurus._GROUPS.split() for term in content_terms(line)}
    for word in sorted(words):
        assert word not in synonyms(word)
        assert all(word in synonyms(other) for other in synonyms(word))


@pytest.mark.parametrize(
    ("word", "other"), [("増加", "減少"), ("収入", "支出"), ("最大", "最小"), ("開始", "終了"), ("開始", "閉鎖")]
)
def test_words_of_opposite_meaning_do_not_stand_for_each_other(word: str, other: str) -> None:
    assert term(other) not in synonyms(term(word))


def test_every_english_word_is_lower_case_and_leads_to_a_japanese_term() -> None:
    english = [word for line in thesaurus._GROUPS.splitlines() for word in line.partition("|")[2].split()]
    assert english
    for word in english:
        assert word == word.lower()
        assert from_english(word), word


def test_unknown_words_lead_nowhere() -> None:
    assert synonyms("典拠xyz") == frozenset()
    assert from_english("xyzzy") == frozenset()


@pytest.mark.parametrize(
    ("latin", "place"), [("osaka", "大阪"), ("hokkaido", "北海道"), ("germany", "ドイツ"), ("tohoku", "東北")]
)
def test_places_in_latin_letters_lead_to_their_japanese_names(latin: str, place: str) -> None:
    assert from_latin(latin) == place


def test_an_unknown_place_is_none() -> None:
    assert from_latin("atlantis") is None


def test_compounds_stand_for_single_words_as_strings() -> None:
    assert "高等学校" in compounds("高校")
    assert compounds("高等") == frozenset()
    assert all(compound == key(compound) for compound in compounds("応募"))


def test_who_leads_a_body_is_asked_by_verbs_and_named_by_offices() -> None:
    assert {"座長", "議長", "主査"} <= synonyms("率いる")
    assert "座長" not in synonyms("社長")
