from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.text_loader import TextLoader

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1b"), max_size=60)
MANY = settings(deadline=None, max_examples=100, database=None, derandomize=True)


def pages(text: str, encoding: str = "utf-8") -> tuple[str, ...]:
    return tuple(page.text for page in TextLoader().load(text.encode(encoding), "plan.txt").pages)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一頁目", ("一頁目",)),
        ("一頁目\n\f二頁目\n", ("一頁目\n", "二頁目\n")),
        ("一頁目\f二頁目\f", ("一頁目", "二頁目")),
        ("一頁目\f二頁目\f \n", ("一頁目", "二頁目")),
        ("\f二頁目", ("", "二頁目")),
        ("一\f\f三", ("一", "", "三")),
        ("", ("",)),
        ("一\r\n二\r三\n\r\n四", ("一\n二\n三\n\n四",)),
        ("\t一　 \n", ("\t一　 \n",)),
        ("㈱ｱ①\u200b⻑", ("㈱ｱ①\u200b⻑",)),
    ],
)
def test_a_form_feed_parts_pages_and_only_line_ends_are_changed(text: str, expected: tuple[str, ...]) -> None:
    assert pages(text) == expected


def test_a_byte_order_mark_is_dropped() -> None:
    assert pages("県", "utf-8-sig") == ("県",)


@pytest.mark.parametrize("data", [b"\x80\x00\x01", b"\xff\xfe\x00", bytes(100), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_what_is_no_text_is_an_error_that_says_what_to_do(data: bytes) -> None:
    with pytest.raises(DocumentError) as raised:
        TextLoader().load(data, "plan.txt")
    assert "plan.txt" in raised.value.message
    assert "UTF-8で保存し直して" in raised.value.message


@MANY
@given(TEXTS | st.text(alphabet="県\f\r\n ", max_size=30))
def test_pages_put_together_are_the_text(text: str) -> None:
    whole = "\f".join(pages(text))
    expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert expected.startswith(whole)
    assert not expected[len(whole) :].strip()


@MANY
@given(st.binary(max_size=60))
def test_any_bytes_are_pages_or_a_document_error(data: bytes) -> None:
    with suppress(DocumentError):
        assert TextLoader().load(data, "plan.txt").pages
