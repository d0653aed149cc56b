from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.fold import fold, key

MANY = settings(deadline=None, max_examples=150, database=None, derandomize=True)
JAPANESE = st.text(alphabet="あがカガｶﾞﾟ漢字⻑①㈱㌔ＡａÅ\u030a\u3099０1-－～〜 　\n\ufe00\U000e0100\u200b", max_size=40)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ＴＡＭＡ", "tama"),
        ("２００６年７月", "2006年7月"),
        ("㈱大空", "(株)大空"),
        ("㌔", "キロ"),
        ("㎡", "m2"),
        ("㍻23年", "平成23年"),
        ("Ⅳ", "iv"),
        ("ｻｰﾋﾞｽ", "サービス"),
        ("サービス", "サービス"),
        ("か\u3099くしゅう", "がくしゅう"),
        ("2000～2010", "2000~2010"),
        ("2000〜2010", "2000~2010"),
        ("03－1234―5678", "03-1234-5678"),
        ("産業　\nクラスター", "産業クラスター"),
        ("葛\U000e0100城市", "葛城市"),
        ("会\u200b員\ufeff数", "会員数"),
    ],
)
def test_equal_words_in_other_dress_have_one_key(written: str, expected: str) -> None:
    assert key(written) == expected


@pytest.mark.parametrize(
    ("radical", "ideograph"),
    list(zip("⻑⺠⻄⻘⻝⻩⻭⻯⻲⻨⻤⻣⺟⺼⻁⻗⻆⽇⼯⾏", "長民西青食黄歯竜亀麦鬼骨母肉虎雨角日工行", strict=True)),
)
def test_radicals_become_the_ideograph_that_they_look_like(radical: str, ideograph: str) -> None:
    assert key(radical) == ideograph


def test_every_radical_of_the_supplement_maps_to_an_ideograph_or_stays() -> None:
    for code in range(0x2E80, 0x2EF4):
        folded = key(chr(code))
        assert folded == chr(code) or unicodedata.name(folded).startswith("CJK UNIFIED IDEOGRAPH")


def test_circled_numbers_do_not_run_into_the_number_that_follows() -> None:
    assert key("①20人") == "(1)20人"
    assert key("⑳㉑㊿") == "(20)(21)(50)"


def test_footnote_figures_and_fractions_do_not_run_into_the_numbers_around_them() -> None:
    assert fold("2003¹").text == "2003 1 "
    assert fold("3½5").text == "3 1⁄2 5"
    assert fold("km²").text == "km2"


def test_white_space_stays_unless_it_is_dropped() -> None:
    assert fold("産業 集積\n").text == "産業 集積\n"
    assert fold("産業 集積\n", drop_space=True).text == "産業集積"


def test_a_half_width_letter_with_its_voicing_mark_is_one_place() -> None:
    folded = fold("ｶﾞｽ会社")
    assert folded.text == "ガス会社"
    assert folded.original(0, 1) == (0, 2)
    assert folded.original(1, 2) == (2, 3)


def test_a_character_that_folds_to_several_maps_each_back_to_itself() -> None:
    folded = fold("a㌔b")
    assert folded.text == "aキロb"
    assert folded.original(1, 2) == folded.original(2, 3) == folded.original(1, 3) == (1, 2)


def test_an_invisible_mark_belongs_to_the_character_before_it() -> None:
    assert fold("葛\U000e0100城").original(0, 1) == (0, 2)


def test_an_empty_span_maps_to_an_empty_one_even_at_the_end() -> None:
    folded = fold("二市")
    assert folded.original(1, 1) == (1, 1)
    assert folded.original(2, 2) == (2, 2)
    assert fold("").original(0, 0) == (0, 0)


@MANY
@given(st.text(max_size=60) | JAPANESE, st.booleans())
def test_offsets_rise_and_stay_within_the_text(text: str, drop_space: bool) -> None:
    folded = fold(text, drop_space=drop_space)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(folded.starts, folded.ends, strict=True))


@MANY
@given(st.text(max_size=60) | JAPANESE, st.booleans(), st.data())
def test_the_original_of_a_folded_span_folds_to_a_text_that_holds_it(
    text: str, drop_space: bool, data: st.DataObject
) -> None:
    folded = fold(text, drop_space=drop_space)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.original(start, end)
    assert folded.text[start:end] in fold(text[first:last], drop_space=drop_space).text


@MANY
@given(st.text(max_size=40) | JAPANESE, st.text(max_size=40) | JAPANESE)
def test_key_ignores_white_space_between_words(one: str, other: str) -> None:
    assert key(f"{one} \n{other}") == key(one) + key(other)
