from __future__ import annotations

from corpus.markdown_loader import MarkdownLoader
from corpus.tables import Cell
from corpus.units import page_units

PLAN = """---
title: みどり町交通計画
date: 2024-03-01
---
# みどり町交通計画

この計画は、町の足を守るためのものである。

## 目標 <!-- 下書き -->

- 利用者を増やす

```
# これは見出しではない
```

予算
---

区分 | 令和5年度 | 令和6年度
--- | ---: | ---:
運行費 | 1,200 | 1,350

## 目標

二つ目の目標である。
"""


def load(text: str) -> list[tuple[str, str]]:
    return [(p.label, p.text) for p in MarkdownLoader().load(text.encode(), "plan.md").pages]


def test_headings_of_either_form_open_sections_with_labels_of_their_own() -> None:
    pages = load(PLAN)
    assert [label for label, _ in pages] == ["みどり町交通計画", "目標", "予算", "目標（2）"]
    assert pages[0][1] == "# みどり町交通計画\n\nこの計画は、町の足を守るためのものである。\n"
    assert "# これは見出しではない" in pages[1][1]
    assert "下書き" not in pages[1][1]


def test_front_matter_describes_the_document() -> None:
    loaded = MarkdownLoader().load(PLAN.encode(), "plan.md")
    assert (loaded.title, loaded.published, loaded.locator) == ("みどり町交通計画", "2024-03-01", "節")
    assert "date:" not in loaded.pages[0].text


def test_a_table_without_outer_bars_is_read_with_its_headers() -> None:
    text = load(PLAN)[2][1]
    rows = [u for u in page_units(text) if u.kind == "row"]
    assert [(c.header, c.text) for c in rows[0].cells] == [
        ("区分", "運行費"),
        ("令和5年度", "1,200"),
        ("令和6年度", "1,350"),
    ]
    assert all(isinstance(c, Cell) and text[c.start : c.end] == c.text for c in rows[0].cells)


def test_a_subsection_stands_under_its_section() -> None:
    text = load("# 計画\n\n## 目標\n\n### 指標\n\n件数は45件とする。\n")[0][1]
    unit = next(u for u in page_units(text) if u.kind == "sentence")
    assert unit.headings == ("計画", "目標", "指標")


def test_a_file_without_headings_is_one_section() -> None:
    assert load("本文だけである。\n") == [("冒頭", "本文だけである。\n")]
