"""Title and date of a document whose maker did not state them, from its own words; nothing rather than something wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.dates import find_dates
from corpus.fold import key
from corpus.loaded import Loaded

# What programs call a new file, and what covers say beside the title
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel).*|(?:power ?point )?(?:presentation|プレゼンテーション)\s*\d*|(?:文書|document|book|sheet|slide|スライド)\s*\d*"
    r"|無題.*|名称未設定.*|untitled.*|no title|title|タイトル|表紙|目次|はじめに|冒頭|(?:参考)?資料\s*\d*(?:[-－‐]\d+)?|別[紙添表記]\s*\d*|様式.{0,8}|index|home|ホーム|トップページ"
    r"|.*\.(?:docx?|pptx?|xlsx?|pdf|txt|html?|jtdc?|md))$",
    re.IGNORECASE,
)
_KINDS = (
    "計画|構想|戦略|ビジョン|プラン|プログラム|大綱|方針|指針|ガイドライン|基準|要綱|要領|規程|規則|条例|白書|年報|報告|報告書|答申|提言|調査|統計|概要|概況|要旨|骨子"
    "|まとめ|事例集|手引き?|マニュアル|案内|について|に向けて|のあり方|の在り方|議事録|議事要旨|資料|集|一覧|予算|決算|実績|取組|現況|現状|状況|動向"
)
_IS_KIND = re.compile(
    rf"(?:{_KINDS})(?:\s*[（(](?:案|素案|原案|概要|概要版|本編|改定版|改訂版|抄|第?[\d０-９]+[次期版])[)）])?$"
)
_NO_LINE = re.compile(
    r"[。、：:|｜・●○■□◆◇※①-⑳【（(]|[0-9０-９]{1,2}[.．、)）　 ]|第[0-9０-９一二三四五六七八九十]+[号条章節回]"
)
_DATE_WORDS = re.compile(r"(?:策定|改定|改訂|作成|公表|公開|発行|発表|更新|制定|決定|施行|版|付け?)+$")
_LINES = 12
_MAX_TITLE = 80


def guess_title(loaded: Loaded) -> str:
    """The file's own title where it says one, else the heading that its first page opens with; "" when unsure."""
    said = re.sub(r"^Microsoft (?:Word|PowerPoint|Excel) - ", "", " ".join(loaded.title.split()))
    said = re.sub(r"\.(?:docx?|pptx?|xlsx?|pdf|jtdc?)$", "", said) if said != loaded.title.strip() else said
    if _is_title(said):
        return said
    first = next((page.text for page in loaded.pages if page.text.strip()), "")
    lines = [line.strip() for line in first.split("\n")]
    opening = next((n for n, line in enumerate(lines) if line), None)
    if opening is None or loaded.locator == "シート":
        return ""
    line = lines[opening]
    if line.startswith("# "):
        tops = sum(page.text.count("\n# ") + page.text.startswith("# ") for page in loaded.pages)
        title = line[2:].strip()
        return title if _is_title(title) and (tops == 1 or loaded.locator == "スライド") else ""
    alone = opening + 1 >= len(lines) or not lines[opening + 1] or bool(_line_date(lines[opening + 1]))
    plain = re.sub(r"[\s　]+", " " if re.search(r"[A-Za-z]", line) else "", line)
    return plain if alone and _is_title(plain) and _IS_KIND.search(plain) and not _NO_LINE.match(plain) else ""


def _is_title(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return (
        4 <= len(text) <= _MAX_TITLE
        and letters >= 3
        and not _NO_TITLE.match(text)
        and "。" not in text
        and "\ufffd" not in text
    )


def guess_published(pages: Sequence[str]) -> str:
    """The month or day that stands alone on a line near the top of the first page: 2024-03 or 2024-03-29; "" when unsure.

    Two such lines that differ leave it open, unless the later one says that it is of a revision.
    """
    first = next((text for text in pages if text.strip()), "")
    lines = [line.strip() for line in first.split("\n") if line.strip()][:_LINES]
    found = [(_line_date(line), line) for line in lines]
    dates = [(date, line) for date, line in found if date]
    revised = [date for date, line in dates if re.search(r"改[定訂]|更新", line)]
    distinct = {date for date, _ in dates}
    if len(distinct) == 1:
        return dates[0][0]
    return max(revised) if revised and max(revised) == max(distinct, default="") else ""


def _line_date(line: str) -> str:
    """The date that a line is, with at least its month; "" for years, fiscal years, ranges and other text."""
    bare = _DATE_WORDS.sub("", key(line).strip("#()〔〕[]【】 "))
    bare = re.sub(r"^(?:発行|作成|公表|更新|策定)(?:年月)?日?\s*:?\s*", "", bare)
    mentions = find_dates(bare)
    if len(mentions) != 1:
        return ""
    date = mentions[0]
    if date.start > 0 or date.end < len(bare) or not date.month or date.fiscal:
        return ""
    return f"{date.year:04}-{date.month:02}" + (f"-{date.day:02}" if date.day else "")
