"""Readable text scores high, broken text low, whatever breaks it."""

import pytest

from corpus.quality import LOW_QUALITY, text_quality

TEXT = (
    "本計画は、みなみ県の製造業の競争力を高めるため、平成22年3月に策定した。計画の期間は、平成22年度から平成26年度までの五年間とする。"
    "大河原製作所と桐生精機は、コンソーシアムに参加した。"
)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "表１　予算（単位：千円）\n| 年度 | 予算額 |\n| 平成20年度 | 12,500 |",
        "| 補助 | 12,000千円 | 11,800千円 |\n| 貸付 | 34,000千円 | 30,250千円 |",
        "The office was opened in 2021.",
        "ﾃﾞｰﾀ ﾍﾞｰｽ の整備",
    ],
)
def test_readable_text_scores_high(text: str) -> None:
    assert (text_quality(text) or 0) > LOW_QUALITY


@pytest.mark.parametrize(
    "text",
    [
        TEXT.encode().decode("cp932", "replace"),
        TEXT.encode("cp932").decode("latin-1"),
        "".join(chr(0xE000 + ord(c) % 600) for c in TEXT),
        "".join(chr(ord(c) + 1) if ord(c) > 0x3040 else c for c in TEXT),
        "\ufffd" * 30,
    ],
)
def test_broken_text_scores_low(text: str) -> None:
    assert (text_quality(text) or 0) < LOW_QUALITY


@pytest.mark.parametrize("text", ["", " \n", "1 2 3\n45", "―――"])
def test_a_page_without_letters_has_no_score(text: str) -> None:
    assert text_quality(text) is None
