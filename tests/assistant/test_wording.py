"""Values are worded the way that Japanese documents word them."""

from decimal import Decimal

import pytest

from assistant.wording import clip, date_text, money_in, money_text, quantity_text, ratio_text
from corpus.dates import find_dates


@pytest.mark.parametrize(
    ("yen", "text"),
    [
        (289_452_000, "2億8,945万2千円"),
        (12_500_000, "1,250万円"),
        (1_000_000_000_000, "1兆円"),
        (10_001, "1万1円"),
        (9_999, "9,999円"),
        (0, "0円"),
        (-25_000, "−2万5千円"),
    ],
)
def test_yen_are_worded_in_scales_of_ten_thousand(yen: int, text: str) -> None:
    assert money_text(Decimal(yen)) == text


def test_amount_in_another_unit_is_exact_or_rounded_half_up() -> None:
    assert money_in(Decimal(289_452_000), "億円") == "2.89452億円"
    assert money_in(Decimal(285_000_000), "億円", 1) == "2.9億円"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("平成18年7月14日", "2006年（平成18年）7月14日"),
        ("2006年7月", "2006年（平成18年）7月"),
        ("平成18年度", "2006年度（平成18年度）"),
        ("1868年", "1868年（明治元年）"),
    ],
)
def test_date_is_worded_in_both_forms(written: str, text: str) -> None:
    (date,) = find_dates(written)
    assert date_text(date) == text


def test_date_can_be_worded_without_the_era() -> None:
    (date,) = find_dates("平成18年7月")
    assert date_text(date, both=False) == "2006年7月"


def test_quantity_carries_its_unit() -> None:
    assert (quantity_text(Decimal(1280), "人"), quantity_text(Decimal("12.9"), "%")) == ("1,280人", "12.9%")


def test_ratio_is_rounded_half_up_without_needless_zeros() -> None:
    assert [ratio_text(Decimal(x)) for x in ("12.25", "12.0", "0.05")] == ["12.3", "12", "0.1"]
    assert ratio_text(Decimal("2.505"), 2) == "2.51"


@pytest.mark.parametrize("limit", [8, 12, 30])
def test_clipped_text_is_never_longer_than_its_limit_and_keeps_its_span(limit: int) -> None:
    text = "港湾地区の再開発は令和二年に完了した"
    span = (text.index("令和"), text.index("令和") + 4)
    clipped = clip(text, limit, span)
    assert len(clipped) <= limit
    assert "令和二年" in clipped


def test_text_within_the_limit_is_not_clipped() -> None:
    assert clip("短い文", 3) == "短い文"
    assert clip("長すぎる文", 4) == "長すぎ…"
