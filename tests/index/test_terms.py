import pytest

from index.terms import index_terms, value_terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("平成10年", "1998年"),
        ("平成１０年４月", "1998年4月"),
        ("令和元年", "2019年"),
        ("H23年8月", "2011年8月"),
        ("昭和五十年", "1975年"),
        ("2億8,945万2千円", "289,452千円"),
        ("２８９，４５２千円", "289,452千円"),
        ("3.3万人", "33,000人"),
        ("12.9％", "12.9パーセント"),
        ("1兆2,000億円", "1,200,000百万円"),
    ],
)
def test_two_ways_to_write_a_value_share_a_term(one: str, other: str) -> None:
    assert set(value_terms(one)) & set(value_terms(other))


@pytest.mark.parametrize(("one", "other"), [("平成10年", "平成11年"), ("10千円", "10円"), ("5人", "5社")])
def test_other_values_share_none(one: str, other: str) -> None:
    assert not set(value_terms(one)) & set(value_terms(other))


def test_year_of_a_date_is_not_an_amount() -> None:
    assert value_terms("1998年4月1日") == ("@1998", "@1998-04", "@1998-04-01")


def test_bare_year_counts_in_a_query_only() -> None:
    assert "@1998" in index_terms("1998 予算", query=True)
    assert "@1998" not in index_terms("1998 予算")


def test_compound_is_a_term_beside_its_parts() -> None:
    terms = index_terms("国家公務員")
    assert {"国家", "公務", "員"} <= set(terms)
    assert "国家公務員" in terms


def test_particles_and_question_words_are_no_terms() -> None:
    assert index_terms("予算は何ですか", query=True) == ("予算",)


def test_soft_line_break_does_not_cut_a_word() -> None:
    assert set(index_terms("補助\n金の交付")) == set(index_terms("補助金の交付"))


def test_width_does_not_matter() -> None:
    assert index_terms("ＩＴ人材") == index_terms("IT人材")


def test_text_without_words_has_no_terms() -> None:
    assert index_terms("。、\n　") == ()
