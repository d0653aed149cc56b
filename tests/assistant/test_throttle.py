"""How much one caller may ask."""

import pytest

from assistant.problems import TooManyRequests
from assistant.throttle import Throttle


def test_one_caller_may_ask_so_often_and_another_still_may() -> None:
    throttle = Throttle(rate="3/hour")
    for _ in range(3):
        throttle.enter("a")
    with pytest.raises(TooManyRequests, match="1時間に3件まで") as error:
        throttle.enter("a")
    assert 1 <= error.value.retry_after_s <= 3600
    throttle.enter("b")


def test_so_many_at_once_and_again_when_one_is_done() -> None:
    throttle = Throttle(concurrent=2)
    throttle.enter("a")
    throttle.enter("a")
    throttle.enter("b")
    with pytest.raises(TooManyRequests, match="同時に受け付けるのは2件まで"):
        throttle.enter("a")
    throttle.leave("a")
    throttle.enter("a")


def test_a_refused_request_holds_no_place() -> None:
    throttle = Throttle(rate="1/hour", concurrent=1)
    throttle.enter("a")
    throttle.leave("a")
    for _ in range(3):
        with pytest.raises(TooManyRequests, match="1時間に1件まで"):
            throttle.enter("a")


def test_who_guesses_wrong_too_often_has_to_wait() -> None:
    throttle = Throttle(guesses="2/hour")
    for _ in range(2):
        throttle.require_few_guesses("192.0.2.1")
        throttle.guessed("192.0.2.1")
    with pytest.raises(TooManyRequests, match="正しくないキー"):
        throttle.require_few_guesses("192.0.2.1")
    throttle.require_few_guesses("192.0.2.2")


def test_without_limits_nothing_is_refused() -> None:
    throttle = Throttle()
    for _ in range(1000):
        throttle.enter("a")
        throttle.require_few_guesses("a")
        throttle.guessed("a")
