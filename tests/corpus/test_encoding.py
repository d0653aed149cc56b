from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.encoding import decode, strangeness

MANY = settings(deadline=None, max_examples=200, database=None, derandomize=True)
# Words as officials write them, in every script of Japanese
WORDS = (
    "計画 予算 産業 地域 協議会 設立 令和 年度 について する された 及び 並びに は が を に 、 。 ・ （ ） 「 」 令和６年 １２３ 42 - ( ) \n 株式会社 "
    "センター データ プロジェクト エネルギー ものづくり 見直し 取組み 施策 評価 ％ 千円 億円 ：".split(" ")
)
SENTENCES = st.lists(st.sampled_from([w for w in WORDS if w]), min_size=6, max_size=40).map("".join)
LEGACY = ("cp932", "euc_jp", "iso2022_jp")


def half_width(text: str) -> str:
    """Katakana as half-width signs."""
    table = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF66, 0xFF9E)} | {
        "\u3099": "ﾞ",
        "\u309a": "ﾟ",
    }
    return "".join(
        table.get(c, c) if "ァ" <= c <= "ー" or c in "\u3099\u309a" else c for c in unicodedata.normalize("NFD", text)
    )


@MANY
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", *LEGACY])
@given(text=SENTENCES)
def test_a_text_comes_back_from_every_encoding(encoding: str, text: str) -> None:
    assume(not text.isascii())
    assert decode(text.encode(encoding)) == text


@MANY
@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "iso2022_jp_ext"])
@given(text=SENTENCES)
def test_a_text_with_half_width_katakana_comes_back(encoding: str, text: str) -> None:
    text = half_width("データのセンター" + text)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", LEGACY)
@pytest.mark.parametrize("text", ["県", "予算", "計画。", "みなみ", "センター", "１２３", "産業計画\n"])
def test_short_texts_come_back(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_signs_of_windows_are_read_in_every_encoding() -> None:
    assert decode("㈱みなみ①号 ～".encode("cp932")) == "㈱みなみ①号 ～"
    assert decode("①号の計画".encode("euc_jis_2004")) == "①号の計画"
    assert decode(b"\x1b$B-j7W2h-!\x1b(B") == "㈱計画①"


def test_utf_16_without_a_mark_is_known_by_its_zero_bytes() -> None:
    assert decode("計画を見直す。\n2024\n".encode("utf-16-le")) == "計画を見直す。\n2024\n"


def test_what_a_page_declares_counts_when_the_bytes_agree() -> None:
    data = "ｱｲｳｴ".encode("cp932")
    assert decode(data, "Shift_JIS") == "ｱｲｳｴ"
    assert decode("計画".encode(), "shift_jis") != ""
    assert decode("計画の本文".encode("euc_jp"), "utf-8") == "計画の本文"
    assert decode("計画の本文".encode("euc_jp"), "no-such-code") == "計画の本文"


@pytest.mark.parametrize("data", ["計画".encode()[:-1], b"\x82", bytes(range(128, 256)), b"\xff\xfe\x00", bytes(64)])
def test_bytes_that_are_no_text_to_the_end_are_none(data: bytes) -> None:
    assert decode(data) is None


def test_mojibake_is_stranger_than_japanese() -> None:
    text = "地域の産業を支える計画を、令和６年度に見直す。"
    wrong = text.encode().decode("cp932", "replace")
    assert strangeness(text) < 0.5 < 1.0 < strangeness(wrong)
