from __future__ import annotations

from pathlib import Path

import pytest

from corpus.guess import guess_published, guess_title
from corpus.loaded import Loaded, LoadedPage
from corpus.loader import load_document
from corpus.manifest import ManifestEntry
from corpus.source import Source


def title(*pages: str, said: str = "", locator: str = "ページ") -> str:
    return guess_title(Loaded(tuple(map(LoadedPage, pages)), said, locator=locator))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青葉市交通計画\n\n令和6年3月\n青葉市\n", "青葉市交通計画"),
        ("　青葉市 交通計画（案）\n\n本文である。\n", "青葉市交通計画（案）"),
        ("# みどり町の足を守る\n\n本文である。\n", "みどり町の足を守る"),
        ("地域経済の動向について\n令和6年3月29日\n", "地域経済の動向について"),
        ("青葉市\n\n本文である。\n", ""),
        ("この計画は、次のとおりである。\n", ""),
        ("第1章 計画\n\n本文\n", ""),
        ("目次\n\n第1章\n", ""),
        ("資料1\n\n本文\n", ""),
        ("交通計画の概要は\n続く行に折り返す\n", ""),
        ("# 目的\n\n本文\n\n# 予算\n\n本文\n", ""),
        ("| 区分 | 計画 |\n|---|---|\n", ""),
        ("", ""),
    ],
)
def test_a_title_is_taken_only_where_the_first_line_is_one(text: str, expected: str) -> None:
    assert title(text) == expected


@pytest.mark.parametrize(
    "said", ["Microsoft Word - 文書1", "PowerPoint プレゼンテーション", "無題", "Book1", "表紙", "x.docx", "資料1"]
)
def test_what_programs_call_a_new_file_is_no_title(said: str) -> None:
    assert title("本文である。\n", said=said) == ""


def test_what_the_file_says_of_itself_comes_first() -> None:
    assert title("# 別の見出し\n", said="青葉市交通計画") == "青葉市交通計画"
    assert title("本文\n", said="Microsoft Word - 青葉市交通計画.docx") == "青葉市交通計画"


def test_a_sheet_name_is_no_title_and_a_first_slide_is() -> None:
    assert title("# 令和6年度予算\n\n| a | b |\n", locator="シート") == ""
    assert title("# 交通計画の概要\n", "# 予算の推移\n", locator="スライド") == "交通計画の概要"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("交通計画\n\n令和6年3月\n青葉市\n", "2024-03"),
        ("交通計画\n（令和６年３月２９日策定）\n", "2024-03-29"),
        ("交通計画\n公表日：2024年3月29日\n", "2024-03-29"),
        ("交通計画\n平成31年4月1日 制定\n令和6年3月29日 改定\n", "2024-03-29"),
        ("交通計画\n平成31年4月1日\n令和6年3月29日\n", ""),
        ("交通計画\n令和6年度\n", ""),
        ("交通計画\n2024年\n", ""),
        ("交通計画\n令和6年4月1日現在\n", ""),
        ("協議会は、令和6年3月に設立された。\n", ""),
        ("交通計画\n令和5年4月～令和6年3月\n", ""),
        ("交通計画\n" + "本文である。\n" * 20 + "令和6年3月\n", ""),
        ("", ""),
    ],
)
def test_a_date_is_taken_only_where_it_stands_alone_near_the_title(text: str, expected: str) -> None:
    assert guess_published([text]) == expected


def test_guesses_are_marked_and_give_way_to_the_manifest(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("青葉市交通計画\n\n令和6年3月\n\n本文である。\n", encoding="utf-8")
    document = load_document(Source("plan", path, None))
    assert (document.title, document.published, document.guessed) == (
        "青葉市交通計画",
        "2024-03",
        ("title", "published"),
    )
    entry = ManifestEntry(file="plan.txt", title="題", published="2020")
    document = load_document(Source("plan", path, entry))
    assert (document.title, document.published, document.guessed) == ("題", "2020", ())


def test_a_file_name_stays_when_there_is_no_telling(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("本文である。\n", encoding="utf-8")
    document = load_document(Source("plan", path, None))
    assert (document.title, document.published, document.guessed) == ("plan", "", ())


def test_a_title_that_a_page_states_is_no_guess(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>移住支援金のご案内</title></head><body><p>本文である。</p></body></html>", encoding="utf-8"
    )
    document = load_document(Source("page", path, None))
    assert (document.title, document.guessed) == ("移住支援金のご案内", ())
