from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.sentence import sentence_spans

MANY = settings(deadline=None, max_examples=200, database=None, derandomize=True)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("県は会議を設けた。会員は３社である。", ["県は会議を設けた。", "会員は３社である。"]),
        ("  県は会議を\n設けた。\n\n　会員は３社", ["県は会議を\n設けた。", "会員は３社"]),
        ("本当か!?はい！終わり", ["本当か!?", "はい！", "終わり"]),
        ("「はい。行く。」と述べた。次。", ["「はい。行く。」と述べた。", "次。"]),
        ("これは「外（中。）外。」である。次。", ["これは「外（中。）外。」である。", "次。"]),
        ("本文（注：同じ。）である。次。", ["本文（注：同じ。）である。", "次。"]),
        ("一つ目。（未完のまま。三つ目。四つ目。", ["一つ目。", "（未完のまま。", "三つ目。", "四つ目。"]),
        ("終わり。」次の文。", ["終わり。」", "次の文。"]),
        ("1) 設置する。2) 増やす。", ["1) 設置する。", "2) 増やす。"]),
        ("甲【乙（丙。】丁。戊", ["甲【乙（丙。】丁。", "戊"]),
        ("伸び率は1.2倍。No. 5を見る。", ["伸び率は1.2倍。", "No. 5を見る。"]),
        ("３．５万人である．１０社が加わった．", ["３．５万人である．", "１０社が加わった．"]),
        ("１．概要。Ｎｏ．５は欠番。", ["１．概要。", "Ｎｏ．５は欠番。"]),
        ("資料はhttp://example.jp/?id=3にある。次。", ["資料はhttp://example.jp/?id=3にある。", "次。"]),
        ("Why? Because!", ["Why?", "Because!"]),
        ("", []),
        (" \n　", []),
        ("。", ["。"]),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@MANY
@given(st.text(max_size=60) | st.text(alphabet="文。．！？!?「」（）()【】a1１ \n", max_size=40))
def test_sentences_cover_all_but_white_space_in_order(text: str) -> None:
    position = 0
    for start, end in sentence_spans(text):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@MANY
@given(
    st.lists(
        st.text(alphabet="県市町村産業会員数は３社2%、", min_size=1, max_size=12).map(str.strip).filter(bool),
        max_size=6,
    )
)
def test_sentences_put_together_come_apart_again(parts: list[str]) -> None:
    assert sentences("".join(f"{part}。" for part in parts)) == [f"{part}。" for part in parts]


@pytest.mark.parametrize(
    "text", ["（" * 20_000 + "）」" * 10_000, "「" * 20_000 + "）" * 20_000, "。" * 50_000, "「）" * 20_000]
)
def test_long_hostile_texts_take_no_long_time(text: str) -> None:
    begun = time.perf_counter()
    sentence_spans(text)
    assert time.perf_counter() - begun < 3
