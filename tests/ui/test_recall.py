from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer, Checks
from ui.recall import MAX_TURNS, Recall

ANSWER = Answer("a0", "問", "答", False, (), (), Checks(True), "built-in", {}, "g")


def test_the_oldest_answer_leaves_memory_first() -> None:
    recall = Recall(kept=2)
    for n in range(3):
        recall.keep(replace(ANSWER, id=f"a{n}"))
    assert recall.find("a0") is None
    assert [a.id for a in recall.conversation(["a2", "a0", "a1"])] == ["a2", "a1"]


def test_older_answers_come_from_the_record() -> None:
    recall = Recall(older={"old": replace(ANSWER, id="old")}.get)
    assert recall.find("old") is not None
    assert recall.find("never") is None


def test_a_conversation_is_bounded() -> None:
    recall = Recall()
    ids = [f"a{n}" for n in range(MAX_TURNS + 10)]
    for one in ids:
        recall.keep(replace(ANSWER, id=one))
    assert [a.id for a in recall.conversation(ids)] == ids[-MAX_TURNS:]
