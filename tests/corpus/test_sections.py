from __future__ import annotations

from corpus.sections import Block, sections


def test_sections_begin_at_the_highest_level_that_has_two_headings() -> None:
    pages = sections(
        [Block("計画", 1), Block("一", 2), Block("本文一"), Block("二", 2), Block("細目", 3), Block("本文二")]
    )
    assert [(p.label, p.text) for p in pages] == [
        ("一", "# 計画\n\n## 一\n\n本文一\n"),
        ("二", "## 二\n\n### 細目\n\n本文二\n"),
    ]


def test_what_stands_before_the_first_heading_is_labelled_so() -> None:
    assert [p.label for p in sections([Block("前書き"), Block("一", 1), Block("本"), Block("二", 1), Block("文")])] == [
        "冒頭",
        "一",
        "二",
    ]


def test_a_long_section_is_cut_at_its_subheadings_and_each_part_names_its_chapter() -> None:
    long = Block("あ" * 4000)
    pages = sections([Block("甲章", 1), Block("一", 2), long, Block("二", 2), long, Block("乙章", 1), Block("短い")])
    assert [p.label for p in pages] == ["一", "二", "乙章"]
    assert all(p.text.startswith("# 甲章\n\n## ") for p in pages[:2])


def test_labels_that_meet_twice_are_told_apart() -> None:
    blocks = [b for name in ("甲", "甲", "乙", "甲") for b in (Block(name, 1), Block("本文"))]
    assert [p.label for p in sections(blocks)] == ["甲", "甲（2）", "乙", "甲（3）"]


def test_no_text_is_no_page_with_text() -> None:
    assert [p.text for p in sections([])] == [""]
