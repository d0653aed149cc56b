"""A figure that was changed is caught by checks that work, and by no others."""

from dataclasses import replace

from assistant.answer import Claim, Draft, Evidence
from eval.tamper import is_caught, tampered

EVIDENCE = Evidence(
    "plan", "計画", "", "1", 1, "ページ", "", 0, 9, "会員数は３２８である。", "会員数は328である。", "計画"
)


def draft(text: str) -> Draft:
    return Draft((Claim(text, (EVIDENCE,)),))


def test_one_digit_of_the_first_figure_changes() -> None:
    changed = tampered(draft("会員数は1,328、うち20社です。"))
    assert changed is not None
    assert changed.claims[0].text == "会員数は1,323、うち20社です。"


def test_a_changed_figure_is_caught() -> None:
    assert is_caught(draft("会員数は328です。")) is True


def test_nothing_is_caught_without_checks() -> None:
    assert is_caught(draft("会員数は328です。"), lambda _: ()) is False


def test_an_answer_without_figures_and_an_abstention_cannot_be_tampered_with() -> None:
    assert is_caught(draft("記載があります。")) is None
    assert is_caught(replace(draft("328"), abstained=True)) is None
