from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex

TEXTS = [["予算", "総額"], ["ごみ", "収集", "ごみ"], ["予算", "補助"], []]


@pytest.fixture
def index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


def test_rarer_word_counts_more(index: LexicalIndex) -> None:
    assert [row for row, _ in index.rank(["予算", "補助"], 10)] == [2, 0]


def test_text_without_any_term_never_appears(index: LexicalIndex) -> None:
    assert [row for row, _ in index.rank(["ごみ"], 10)] == [1]
    assert index.rank(["道路"], 10) == []
    assert index.rank([], 10) == []


def test_ties_fall_to_the_smaller_row() -> None:
    index = LexicalIndex.build([["a"], ["b"], ["a"], ["a"]])
    assert [row for row, _ in index.rank(["a"], 10)] == [0, 2, 3]
    assert [row for row, _ in index.rank(["a"], 2)] == [0, 2]


def test_score_is_a_share_of_the_best_possible(index: LexicalIndex) -> None:
    assert ((index.scores(["予算", "補助", "総額"]) >= 0) & (index.scores(["予算", "補助", "総額"]) <= 1)).all()
    [(_, all_terms)] = index.rank(["ごみ", "収集"], 10)
    assert all_terms > 0.7
    assert all_terms > 2 * index.rank(["ごみ", "補助"], 10)[0][1] * 0.7


def test_unknown_words_do_not_lower_the_share(index: LexicalIndex) -> None:
    assert index.rank(["ごみ", "道路"], 1) == index.rank(["ごみ"], 1)


def test_only_allowed_texts_are_ranked(index: LexicalIndex) -> None:
    allowed = np.array([True, True, False, True])
    assert [row for row, _ in index.rank(["予算"], 10, allowed)] == [0]


def test_saved_index_ranks_the_same(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "lexical")
    again = LexicalIndex.load(tmp_path / "lexical")
    assert (again.size, again.document_frequency) == (4, index.document_frequency)
    assert again.rank(["予算", "総額"], 10) == index.rank(["予算", "総額"], 10)


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_texts_without_terms_give_an_index_that_finds_nothing(texts: list[list[str]], tmp_path: Path) -> None:
    LexicalIndex.build(texts).save(tmp_path / "lexical")
    index = LexicalIndex.load(tmp_path / "lexical")
    assert index.size == len(texts)
    assert index.rank(["予算"], 10) == []


def test_folder_that_holds_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises((OSError, ValueError)):
        LexicalIndex.load(tmp_path)
