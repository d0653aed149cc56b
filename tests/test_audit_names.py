"""The auditor, which shares no code with the answering, sees invented names and dates, and no others."""

import pytest

from benchmarks.audit_names import date_violations, name_violations

PAGE = "川北ものづくり協議会は、平成20年7月14日に設立された。\n初代会長は早瀬岳人氏である。\n| 2009 | 10 | あさひ精機が加入 |\n"
CORPUS = PAGE + "県内の企業が参加する予定である。財団の支援。みどり大学の山田町キャンパス。"


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        ("2008年（平成20年）7月14日に設立されました。", 0),
        ("平成20年7月に設立されました。", 0),
        ("2009年10月に加入しました。", 0),
        ("2008年7月15日に設立されました。", 1),
        ("昭和20年7月14日に設立されました。", 1),
        ("2010年に加入しました。", 1),
    ],
)
def test_dates_are_those_of_the_pages_in_either_calendar(answer: str, missing: int) -> None:
    assert len(date_violations(answer, [PAGE])) == missing


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("初代会長は早瀬岳人氏です。", ""),
        ("県内の企業が加入する予定です。", ""),
        ("初代会長は山田健一です。", "山田健一"),
        ("初代会長は山田氏です。", "山田"),
        ("みどり大学が参加しました。", "みどり"),
        ("さくら財団が支援しました。", "さくら"),
        ("NEDOが支援しました。", "NEDO"),
        ("シリコンバレーにあります。", "シリコンバレー"),
    ],
)
def test_names_are_those_of_the_pages(answer: str, name: str) -> None:
    found = name_violations(answer, [PAGE], "会長はだれですか？", CORPUS)
    assert bool(found) == bool(name)
    assert all(f.startswith(name) for f in found)
