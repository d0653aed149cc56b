"""English words lead to the Japanese words of administration that stand for them."""

import pytest

from corpus.english import _WORDS, is_phrase, japanese_compounds, japanese_terms
from corpus.english_economy import ECONOMY
from corpus.english_public import PUBLIC


@pytest.mark.parametrize(
    ("word", "other"), [("council", "協議"), ("governor", "知事"), ("furnaces", "炉"), ("cities", "市"), ("us", "米国")]
)
def test_word_singular_or_plural_leads_to_its_terms(word: str, other: str) -> None:
    terms = japanese_terms(word)
    assert other in terms or any(other in c for c in japanese_compounds(word))


def test_words_are_lower_case_once_in_a_line_and_lead_somewhere() -> None:
    for line in "\n".join((_WORDS, ECONOMY, PUBLIC)).replace(";", "\n").splitlines():
        words = line.partition("|")[0].split()
        assert words == [w.lower() for w in words]
        assert len(words) == len(set(words))
        assert all(japanese_terms(w) or japanese_compounds(w) for w in words)


def test_unknown_word_leads_nowhere() -> None:
    assert not japanese_terms("xyzzy")
    assert not japanese_compounds("xyzzy")


@pytest.mark.parametrize(("word", "other"), [("planning", "計画"), ("funded", "基金"), ("surveying", "調査")])
def test_inflected_word_leads_where_its_stem_does(word: str, other: str) -> None:
    assert other in japanese_terms(word)


def test_words_of_a_phrase_are_one() -> None:
    assert is_phrase("minimum_wage")
    assert is_phrase("minimum_wages")
    assert not is_phrase("minimum_bridge")
