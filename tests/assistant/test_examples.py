"""Example questions are well formed, different, the same every time, and answered."""

import re

from assistant.compose import LiveService
from assistant.examples import _questions
from corpus.units import page_units


def made_from(page: str) -> list[str]:
    return [question for unit in page_units(page) for _, question in _questions(unit)]


def test_a_founding_gives_a_question_for_its_date() -> None:
    assert made_from("・1983年、湾岸産業振興機構が県により設立された。\n") == [
        "湾岸産業振興機構はいつ設立されましたか？"
    ]
    assert made_from("2002年には、「湾岸産業研究会」を設立。\n") == ["湾岸産業研究会はいつ設立されましたか？"]


def test_a_definition_gives_a_question_for_its_meaning() -> None:
    page = "湾岸データ基盤とは、港の船と倉庫の記録をひとつに集めた仕組みをいう。\n"
    assert made_from(page) == ["湾岸データ基盤とは何ですか？"]


def test_what_reads_badly_gives_no_question() -> None:
    for page in (
        "2011年11月 出来事: 会議が発足\n",
        "第3回とは、前回のつづきの回をみなで行うことをいう。\n",
        "これとは、そのようなことをひとつにまとめたものをいう。\n",
        "センターは2001年に設立された。\n",
        "湾岸産業振興機構が設立された。\n",
        "湾岸産業協議会（仮称）準備会が1997年に発足した。\n",
    ):
        assert made_from(page) == [], page


def test_examples_are_questions_that_the_service_answers(service: LiveService) -> None:
    examples = service.examples(6)
    assert examples
    assert len(set(examples)) == len(examples)
    for question in examples:
        assert re.fullmatch(r"[^\n:：]{5,60}？", question)
        assert not service.ask(question).abstained


def test_examples_are_the_same_every_time_and_never_more_than_asked_for(service: LiveService) -> None:
    assert service.examples(6) == service.examples(6)
    assert len(service.examples(1)) == 1
    assert service.examples(0) == ()
