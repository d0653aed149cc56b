"""A bad verdict becomes a candidate question, which is none before somebody completes it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.audit_record import AnswerRecord, FeedbackRecord
from assistant.audit_store import Judged
from assistant.compose import open_audit_store
from assistant.settings import Settings
from eval import drafts
from eval.dataset import read_items
from eval.errors import EvalError

from .conftest import PAGES, page_text

QUOTE = "平成20年7月14日に設立された"
START = PAGES["plan", "1"].index(QUOTE)
CITED = {"marker": 1, "document_id": "plan", "page": "1", "page_number": 1, "start": START, "end": START + len(QUOTE)}


def record(one: str = "a1", **changes: Any) -> AnswerRecord:
    known = {
        "id": one,
        "time": "2026-04-01T00:00:00.000000Z",
        "door": "api",
        "key_name": "",
        "request_id": "",
        "question": "みさき広域協議会の予算はいくら？",
        "answer": "2008年です。[1]",
        "abstained": False,
        "complete": True,
        "redacted": False,
        "reader": "built-in",
        "index": "g",
        "citations": [CITED | {"quote_sha256": hashlib.sha256(QUOTE.encode()).hexdigest()}],
    }
    return AnswerRecord(**(known | changes))


def verdict(one: str = "a1", said: str = "bad") -> FeedbackRecord:
    return FeedbackRecord("2026-04-02T00:00:00.000000Z", one, "", "page", said, "wrong_answer", "予算を聞いた")


def test_a_bad_verdict_is_a_candidate_with_what_was_said_and_where() -> None:
    found = drafts.drafts([Judged(record(), verdict())], page_text)
    assert found.unreadable == 0
    [item] = found.items
    assert item["question"] == "みさき広域協議会の予算はいくら？"
    assert item["kind"] == "money"
    assert item["evidence"] == [{"doc": "plan", "page": "1", "quote": QUOTE}]
    assert item["draft"]["given"] == "2008年です。[1]"
    assert item["draft"]["comment"] == "予算を聞いた"


def test_good_verdicts_and_answers_without_one_are_left() -> None:
    judged = [Judged(record("a"), verdict("a", "good")), Judged(record("b"), None)]
    assert drafts.drafts(judged, page_text) == drafts.Drafts((), 0)


def test_a_redacted_answer_is_counted_and_not_drafted() -> None:
    assert drafts.drafts([Judged(record(redacted=True), verdict())], page_text) == drafts.Drafts((), 1)


def test_a_page_that_is_not_as_it_was_is_not_suggested() -> None:
    changed = record(citations=[CITED | {"quote_sha256": "0"}, CITED | {"document_id": "weg", "quote_sha256": "0"}])
    assert drafts.drafts([Judged(changed, verdict())], page_text).items[0]["evidence"] == []


def test_a_draft_is_refused_until_it_is_completed(tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    [item] = drafts.drafts([Judged(record(), verdict())], page_text).items
    drafts.add_to(path, [item])
    with pytest.raises(EvalError, match="下書き"):
        read_items(path)
    item.pop("draft")
    path.write_text(json.dumps(item | {"must": [["84,188千円"]], "answer": "84,188千円である。"}), encoding="utf-8")
    assert read_items(path)[0].must == (("84,188千円",),)


def test_what_is_in_the_file_already_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    assert drafts.add_to(path, [{"id": "F-1", "answer": ""}]) == 1
    path.write_text('{"id": "F-1", "answer": "書いた"}\n', encoding="utf-8")
    assert drafts.add_to(path, [{"id": "F-1", "answer": ""}, {"id": "F-2"}]) == 1
    assert "書いた" in path.read_text(encoding="utf-8")


def test_the_command_drafts_from_the_audit(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_audit_store(settings)
    store.write([record(), verdict()])
    store.close()
    out = tmp_path / "drafts.jsonl"
    assert drafts.main(out, settings) == 0
    assert "新しい1件" in capsys.readouterr().out
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "F-a1"
    assert drafts.main(out, settings) == 0
    assert "新しい0件" in capsys.readouterr().out
