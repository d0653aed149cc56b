"""Items are read strictly, and their quotes stand on their pages."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import Item, check, read_items, require_unique
from eval.errors import EvalError

from .conftest import ITEMS, item, page_text, write_jsonl


def test_the_items_of_a_file_come_in_its_order(questions: Path) -> None:
    assert [i.id for i in read_items(questions)] == ["A1", "A2", "A3", "A4"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "poem"}, ("1行目", "kind")),
        ({"must": []}, ("must が空",)),
        ({"must": [[]]}, ("空の候補",)),
        ({"must_not": [" "]}, ("must_not",)),
        ({"evidence": []}, ("evidence が空",)),
        ({"abstain": True}, ("abstain",)),
        ({"musst": []}, ("musst", "知らない項目")),
        ({"question": ""}, ("question", "空です")),
        ({"evidence": [{"doc": "plan", "page": "1"}]}, ("evidence.0.quote", "項目がありません")),
    ],
)
def test_a_wrong_item_is_told_with_its_line(
    dataset: Callable[..., Path], changes: dict[str, Any], words: tuple[str, ...]
) -> None:
    with pytest.raises(EvalError) as raised:
        read_items(dataset(**changes))
    assert all(word in raised.value.message for word in (*words, "one.jsonl")), raised.value.message


def test_a_line_that_is_no_json_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(ITEMS[0], ensure_ascii=False) + "\n\n{kaputt\n", encoding="utf-8")
    with pytest.raises(EvalError, match="3行目"):
        read_items(path)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00"])
def test_a_file_without_questions_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.jsonl").write_bytes(content)
    with pytest.raises(EvalError, match=r"x\.jsonl"):
        read_items(tmp_path / "x.jsonl")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="読めません"):
        read_items(tmp_path / "nai.jsonl")


def test_two_items_may_not_share_an_id(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="A1"):
        require_unique(read_items(write_jsonl(tmp_path / "x.jsonl", [item(), item()])))


def test_right_evidence_has_no_problems() -> None:
    assert check([Item.model_validate(i) for i in ITEMS], page_text) == []


@pytest.mark.parametrize(
    ("evidence", "word"),
    [
        ({"doc": "plan", "page": "1", "quote": "平成20年7月15日"}, "一字一句"),
        ({"doc": "plan", "page": "9", "quote": "平成"}, "9"),
        ({"doc": "nai", "page": "1", "quote": "平成"}, "nai"),
        ({"doc": "plan", "page": "1", "quote": "平成20年", "same": ["8"]}, "8"),
    ],
)
def test_a_quote_that_is_not_on_its_page_is_refused(evidence: dict[str, Any], word: str) -> None:
    problems = check([Item.model_validate(item(evidence=[evidence]))], page_text)
    assert len(problems) == 1
    assert word in problems[0]


def test_pages_that_are_needed_together_are_groups_of_their_own() -> None:
    evidence = [
        {"doc": "plan", "page": "1", "quote": "平成", "same": ["2"]},
        {"doc": "cases", "page": "1", "quote": "昭和"},
    ]
    together = Item.model_validate(item(evidence=evidence, needs_all=True))
    apart = Item.model_validate(item(evidence=evidence))
    assert together.groups == (frozenset({("plan", "1"), ("plan", "2")}), frozenset({("cases", "1")}))
    assert apart.groups == (frozenset({("plan", "1"), ("plan", "2"), ("cases", "1")}),)
