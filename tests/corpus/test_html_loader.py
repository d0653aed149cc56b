from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.html_loader import HtmlLoader
from corpus.loaded import Loaded
from corpus.loader import choose_loader
from corpus.units import page_units

PAGE = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="{charset}"><title>移住支援金のご案内｜青葉市</title>
<meta name="date" content="2024-04-01T09:00"><script>alert(1)</script><style>p {{}}</style></head>
<body><header><h1>青葉市役所</h1><nav><ul><li>ホーム</li></ul></nav></header>
<main><h1>移住支援金のご案内</h1>
<p>青葉市は、<ruby>移住<rp>（</rp><rt>いじゅう</rt><rp>）</rp></ruby>する方に
支援金を交付します。<br>4月1日に始まりました。</p>
<h2>支援金の額</h2>
<table><caption>支援金の額（単位：万円）</caption>
<tr><th rowspan="2">世帯</th><th colspan="2">交付額</th></tr><tr><th>令和5年度</th><th>令和6年度</th></tr>
<tr><td>単身</td><td>50</td><td>60</td></tr><tr><td>二人以上</td><td>90</td><td>100</td></tr></table>
<h2>手続き</h2><ol><li>申請書を出す<ul><li>窓口</li><li>郵送</li></ul></li><li>審査を受ける</li></ol>
<dl><dt>担当</dt><dd>移住定住課</dd></dl>
<p style="display: none">隠し文</p><p hidden>隠し文</p><div aria-hidden="true">隠し文</div>
</main><footer>著作権</footer></body></html>"""


def load(page: str, encoding: str = "utf-8") -> Loaded:
    return HtmlLoader().load(page.encode(encoding), "page.html")


@pytest.mark.parametrize("charset", ["utf-8", "shift_jis", "euc-jp"])
def test_sections_hold_the_main_text_in_any_encoding(charset: str) -> None:
    loaded = load(PAGE.format(charset=charset), charset)
    assert [p.label for p in loaded.pages] == ["移住支援金のご案内", "支援金の額", "手続き"]
    assert loaded.pages[0].text == (
        "# 移住支援金のご案内\n\n青葉市は、移住する方に支援金を交付します。\n4月1日に始まりました。\n"
    )
    assert (loaded.title, loaded.published, loaded.locator) == ("移住支援金のご案内｜青葉市", "2024-04-01", "節")


def test_what_is_not_shown_and_what_leads_elsewhere_is_left_out() -> None:
    whole = "".join(p.text for p in load(PAGE).pages)
    for gone in ("alert", "ホーム", "隠し文", "著作権", "青葉市役所", "いじゅう"):
        assert gone not in whole


def test_a_table_cell_is_found_under_its_row_and_both_headers() -> None:
    rows = [u for u in page_units(load(PAGE).pages[1].text) if u.kind == "row"]
    assert [(c.header, c.text) for c in rows[1].cells] == [
        ("世帯", "二人以上"),
        ("交付額 令和5年度", "90"),
        ("交付額 令和6年度", "100"),
    ]
    assert rows[1].lead == "支援金の額（単位：万円）"


def test_lists_keep_their_numbers_and_their_nesting() -> None:
    assert load(PAGE).pages[2].text == (
        "## 手続き\n\n1. 申請書を出す\n  ・窓口\n  ・郵送\n2. 審査を受ける\n\n担当：移住定住課\n"
    )


def test_a_table_whose_rows_are_led_by_names_has_no_header_row() -> None:
    page = "<html><body><table><tr><th>窓口</th><td>本庁舎</td></tr><tr><th>受付</th><td>平日</td></tr></table></body></html>"
    assert load(page).pages[0].text == "| 窓口 | 本庁舎 |\n| 受付 | 平日 |\n"


def test_a_page_without_main_loses_its_furniture_only() -> None:
    page = (
        "<html><body><nav>案内</nav><header>見出し帯</header><div>本文である。</div><footer>足</footer></body></html>"
    )
    assert load(page).pages[0].text == "本文である。\n"


def test_a_page_that_is_all_furniture_is_still_read() -> None:
    assert "本文である。" in load("<html><body><header>本文である。</header></body></html>").pages[0].text


def test_html_is_known_by_its_beginning_whatever_the_file_is_called() -> None:
    assert isinstance(choose_loader("page.txt", PAGE.encode()), HtmlLoader)
    assert isinstance(choose_loader("page.txt", b'<?xml version="1.0"?>\n<html xmlns="x">'), HtmlLoader)
    assert not isinstance(choose_loader("page.txt", "本文に <html> と書く".encode()), HtmlLoader)


def test_entities_from_outside_are_never_fetched(tmp_path: object) -> None:
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><html><body><p>前&x;後</p></body></html>'
    assert "secret" not in "".join(p.text for p in load(page).pages)


@settings(deadline=None, max_examples=100, database=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=20), st.integers(0, 2000))
def test_a_damaged_page_is_read_or_a_document_error(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(PAGE.encode())
    for at, value in changes:
        data[at % len(data)] = value
    with suppress(DocumentError):
        assert HtmlLoader().load(bytes(data[: len(data) - cut]), "page.html").pages


def test_deep_nesting_is_no_harm() -> None:
    assert load("<html><body>" + "<div>" * 3000 + "底" + "</div>" * 3000 + "</body></html>").pages
