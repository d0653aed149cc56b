from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.tokenizer import content_terms, count_tokens, dictionary_version, tokenize

MANY = settings(deadline=None, max_examples=100, database=None, derandomize=True)


def test_mode_a_cuts_shorter_than_mode_c() -> None:
    assert [t.surface for t in tokenize("国家公務員")] == ["国家", "公務", "員"]
    assert [t.surface for t in tokenize("国家公務員", "C")] == ["国家公務員"]


def test_spellings_of_one_word_share_a_term() -> None:
    assert content_terms("取組") == content_terms("取り組み") == content_terms("取組み")
    assert content_terms("ＮＰＯ") == content_terms("npo")


def test_content_words_leave_out_particles_signs_and_words_of_every_question() -> None:
    assert content_terms("産業クラスターの会員数は何社ですか。") == ("産業", "クラスター", "会員", "数", "社")
    assert content_terms("それはどこにありますか？") == ()


def test_white_space_gives_no_token() -> None:
    assert [t.surface for t in tokenize(" 産業 　\n\t集積 ")] == ["産業", "集積"]
    assert tokenize(" \n　") == ()
    assert tokenize("") == ()


def test_count_is_the_number_of_mode_a_tokens() -> None:
    assert count_tokens("国家公務員の数") == 5


def test_the_version_names_dictionary_and_tokenizer() -> None:
    assert dictionary_version().startswith("sudachidict-core 2")
    assert "sudachipy 0." in dictionary_version()


@pytest.mark.parametrize(
    "text", ["あ" * 50_000, "県内の産業。" * 10_000, "\ufdfa" * 20_000, "㍿" * 20_000, "😀" * 20_000, "行\n" * 30_000]
)
def test_texts_longer_than_sudachi_takes_are_cut_without_loss(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(t.surface for t in tokens) == text.replace("\n", "")
    assert all(text[t.start : t.end] == t.surface for t in tokens)


@pytest.mark.parametrize("text", ["\ud800", "県\udcff庁", "\ud800" * 3000])
def test_lone_surrogates_do_not_stop_it(text: str) -> None:
    assert tokenize(text)[-1].end == len(text)


def test_threads_get_equal_tokens() -> None:
    texts = [f"第{n}回の会議で{n * 3}社が加入した。" for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(tokenize, texts)) == [tokenize(text) for text in texts]


@MANY
@given(st.text(max_size=60) | st.text(alphabet="県市の産業ｶﾞがカ㌔①½ﷺ１2 \n\x00👍🏽é\u3099", max_size=40))
def test_tokens_are_slices_in_order_that_cover_all_but_white_space(text: str) -> None:
    for mode in ("A", "C"):
        tokens = tokenize(text, "A" if mode == "A" else "C")
        position = 0
        for token in tokens:
            assert text[token.start : token.end] == token.surface
            assert position <= token.start < token.end
            assert not text[position : token.start].strip()
            position = token.end
        assert not text[position:].strip()
