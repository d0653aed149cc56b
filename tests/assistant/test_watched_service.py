"""Every answer is seen, whole or broken off, with who asked; a witness that fails stops nobody."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, cast

import pytest

from assistant.answer import Delta, Turn
from assistant.caller import Caller, caller, calling, calls, calls_with_key
from assistant.feedback import Judgement
from assistant.problems import UnknownAnswer
from assistant.service import Service
from assistant.watched_service import Said, WatchedService

from .answers import Fixed, answer


class Notes:
    """A witness and a desk that keep what they are given."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.judgements: list[Judgement] = []

    def answered(self, said: Said) -> None:
        self.said.append(said)

    def judged(self, judgement: Judgement) -> None:
        self.judgements.append(judgement)


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture(autouse=True)
def _nobody() -> Iterator[None]:
    before = caller()
    yield
    calls(before)


def watched(notes: Notes, inner: Any = None) -> WatchedService:
    return WatchedService(cast(Service, inner or Fixed()), [notes], notes)


def test_an_answer_is_seen_with_question_history_and_documents(notes: Notes) -> None:
    given = watched(notes).ask("会員数は？", [Turn("前", "後")], ["plan"])
    (said,) = notes.said
    assert said.answer is given
    assert said.history == (Turn("前", "後"),)
    assert said.document_ids == ("plan",)
    assert said.complete


def test_a_stream_is_seen_once_and_whole(notes: Notes) -> None:
    events = list(watched(notes).stream("会員数は？"))
    assert "".join(e.text for e in events if isinstance(e, Delta)) == answer().answer
    assert [s.complete for s in notes.said] == [True]


def test_what_a_reader_saw_before_going_away_is_seen(notes: Notes) -> None:
    with closing(watched(notes).stream("会員数は？")) as events:  # type: ignore[type-var]
        next(events)
        next(events)
    (said,) = notes.said
    assert not said.complete
    assert said.answer.answer == "120"
    assert said.answer.question == "会員数は？"


def test_what_was_shown_before_a_failure_is_seen(notes: Notes) -> None:
    with pytest.raises(RuntimeError):
        list(watched(notes, Fixed(fails=RuntimeError("x"))).stream("会員数は？"))
    assert [(s.complete, s.answer.answer) for s in notes.said] == [(False, "120")]


def test_a_stream_of_which_nothing_was_shown_is_no_answer(notes: Notes) -> None:
    with closing(watched(notes).stream("会員数は？")) as events:  # type: ignore[type-var]
        next(events)
    assert notes.said == []


def test_the_caller_is_the_one_who_asked_not_the_one_who_reads_on(notes: Notes) -> None:
    calls(Caller("openai", "", "r1"))
    calls_with_key("tanaka")
    events = watched(notes).stream("会員数は？")
    calls(Caller("ask", "sato", "r2"))
    list(events)
    assert notes.said[0].caller == Caller("openai", "tanaka", "r1")


def test_a_door_can_be_named_once_for_all_its_callers(notes: Notes) -> None:
    service = watched(notes).at("page")
    calls(Caller("ask", "sato", "r2"))
    service.ask("会員数は？")
    service.feedback("a1", "good")
    assert (notes.said[0].caller.door, notes.said[0].caller.key_name) == ("page", "sato")
    assert notes.judgements[0].caller.door == "page"


def test_calling_names_the_caller_inside_only() -> None:
    calls(Caller("ask", "sato", "r2"))
    with calling("page", "yamada"):
        assert (caller().door, caller().key_name, caller().request_id) == ("page", "yamada", "r2")
    assert caller() == Caller("ask", "sato", "r2")


def test_a_witness_that_fails_stops_neither_the_answer_nor_the_others(
    notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    class Blind:
        def answered(self, said: Said) -> None:
            raise RuntimeError(said.answer.id)

    service = WatchedService(cast(Service, Fixed()), [Blind(), notes])
    assert service.ask("会員数は？").id == "a1"
    assert len(notes.said) == 1
    assert "Blind" in caplog.text


def test_without_a_desk_every_answer_is_unknown_to_the_service_inside(notes: Notes) -> None:
    class Strict(Fixed):
        def feedback(self, *_: Any) -> None:
            raise UnknownAnswer("ありません。")

    with pytest.raises(UnknownAnswer):
        WatchedService(cast(Service, Strict()), [notes]).feedback("a1", "bad")
