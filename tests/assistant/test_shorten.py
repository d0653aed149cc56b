"""Text that ends early, but never inside a number."""

import pytest

from assistant.shorten import Shortener, count_tokens, unbroken

TEXT = "会員数は120です。[1]予算額は12,500千円です。[2][3]設立は平成20年7月14日です。[1]"


def shortened(text: str, size: int, max_tokens: int | None = None, stops: tuple[str, ...] = ()) -> tuple[str, str]:
    """The text let through in steps of so many characters, and why it ended."""
    one = Shortener(max_tokens, stops)
    shown = "".join(one.feed(text[at : at + size]) for at in range(0, len(text), size)) + one.rest()
    assert shown == one.text
    return shown, one.ended


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("会員数は120です", 7), ("TAMA 1,000", 4), ("a b", 2), (" \n", 0)]
)
def test_a_token_is_a_character_a_word_or_a_number(text: str, tokens: int) -> None:
    assert count_tokens(text) == tokens


def test_without_limits_everything_is_let_through() -> None:
    assert shortened(TEXT, 1000) == (TEXT, "")


@pytest.mark.parametrize("tokens", range(1, count_tokens(TEXT) + 2))
def test_only_whole_sentences_are_let_through_after_the_first(tokens: int) -> None:
    shown, ended = shortened(TEXT, len(TEXT), tokens)
    ends = ["会員数は120です。[1]", "会員数は120です。[1]予算額は12,500千円です。[2][3]", TEXT]
    assert count_tokens(shown) <= tokens
    assert ended == ("" if shown == TEXT else "length")
    if tokens >= count_tokens(ends[0]):
        assert shown in ends
    else:
        assert ends[0].startswith(shown)
        assert "12" not in shown or "120" in shown


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize("stop", ["。", "です", "予算", "[2]", "です。[1]予"])
def test_the_text_ends_before_a_stop_sequence_however_it_comes(size: int, stop: str) -> None:
    shown, ended = shortened(TEXT, size, stops=(stop,))
    assert (shown, ended) == (TEXT[: TEXT.index(stop)], "stop")


@pytest.mark.parametrize("stop", ["2", "20", "500", "千円", "0年", "月14", "1]"])
def test_no_amount_date_or_marker_is_cut_in_two(stop: str) -> None:
    shown, ended = shortened(TEXT, len(TEXT), stops=(stop,))
    assert ended == "stop"
    assert shown in ("会員数は", "会員数は120です。", "会員数は120です。[1]予算額は") or shown.endswith("設立は")


def test_what_only_looks_like_the_beginning_of_a_stop_sequence_comes_late_but_comes() -> None:
    assert shortened("会員数は", 1, stops=("はい",)) == ("会員数は", "")


def test_the_first_of_several_stop_sequences_counts_and_empty_ones_do_not() -> None:
    assert shortened(TEXT, 1000, stops=("", "予算", "です")) == ("会員数は120", "stop")


def test_a_whole_text_comes_whole_or_not_at_all() -> None:
    one = Shortener(8)
    assert one.feed("会員数です。") == "会員数です。"
    assert one.feed("\n\n出典\n[1] 地域計画", whole=True) == ""
    assert (one.text, one.ended) == ("会員数です。", "length")


@pytest.mark.parametrize(
    ("text", "at", "where"),
    [("約1,250万円", 3, 1), ("約1,250万円", 7, 1), ("約1,250万円", 8, 8), ("abc", 2, 0), ("ab", 0, 0)],
)
def test_a_cut_goes_back_before_what_it_would_break(text: str, at: int, where: int) -> None:
    assert unbroken(text, at) == where
