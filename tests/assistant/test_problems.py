"""Every known error has its place in the table."""

import pkgutil
import re
from importlib import import_module

import pytest

import assistant
import corpus
import index
from assistant.problems import PROBLEMS, problem_of
from corpus.errors import TenkyoError


def all_errors() -> list[type[TenkyoError]]:
    for package in (corpus, index, assistant):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)

    def below(one: type[TenkyoError]) -> list[type[TenkyoError]]:
        return [one, *(c for sub in one.__subclasses__() for c in below(sub))]

    return sorted({c for c in below(TenkyoError) if c.__module__.split(".")[0] != "tests"}, key=lambda c: c.__name__)


@pytest.mark.parametrize("error", all_errors(), ids=lambda c: c.__name__)
def test_every_error_is_in_the_table(error: type[TenkyoError]) -> None:
    assert error in PROBLEMS
    found = problem_of(error("起きました。"))
    assert found is PROBLEMS[error]
    assert 400 <= found.status < 600
    assert found.exit_code in (1, 2)
    assert re.search("[ぁ-んァ-ヶ一-龠]", found.title)


def test_the_table_names_no_error_that_is_gone() -> None:
    assert set(PROBLEMS) == set(all_errors())


def test_an_error_that_was_derived_later_is_told_as_its_base() -> None:
    class OfAPlugin(TenkyoError):
        pass

    assert problem_of(OfAPlugin("x")) is PROBLEMS[TenkyoError]


def test_the_message_is_what_the_error_says() -> None:
    assert TenkyoError("どうする").message == str(TenkyoError("どうする")) == "どうする"
