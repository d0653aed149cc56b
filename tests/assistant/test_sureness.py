"""The signs that evidence holds a question, and the weights that were fitted for them."""

import csv
import json

import pytest

from assistant.abstention import Thresholds, first_lack, sureness_of
from assistant.scoring import rank
from assistant.sureness import LACKS, signs, sureness
from scripts import fit_sureness

from .pages import ALL, ASSOC, candidates_of, question_on, ranked_on

FLAGS = ("asked", "parts", "figure", "date", "person", "open", "english", *(f"lacks_{kind}" for kind in LACKS))
SHARES = ("coverage", "own", "own_rest", "predicate", "focus", "names", "years")


def signs_of(text: str) -> dict[str, float]:
    question, chosen = question_on(text, ALL), ranked_on(text, ALL)[:1]
    lack = first_lack(question, chosen, 1, Thresholds())
    return signs(question, chosen, lack.kind if lack else None)


@pytest.mark.parametrize(
    "text",
    [
        "あおば産業協議会の会員数はいくつですか？",
        "2016年の予算額は？",
        "会長は誰ですか？",
        "Who chairs it?",
        "理由",
        "宇宙の年齢は？",
    ],
)
def test_shares_and_flags_lie_where_they_should(text: str) -> None:
    found = signs_of(text)
    assert all(0 <= found[name] <= 1 for name in SHARES)
    assert all(found[name] in (0, 1) for name in FLAGS)
    assert sum(found[f"lacks_{kind}"] for kind in LACKS) <= 1
    assert 0 < sureness(found) < 1


def test_every_sign_has_a_weight_and_every_weight_a_sign() -> None:
    weights = json.loads(fit_sureness.WEIGHTS.read_text(encoding="utf-8"))["weights"]
    assert weights.keys() == {"bias", *signs_of("会員数は？")}


@pytest.mark.parametrize("kind", LACKS)
def test_whatever_is_lacking_makes_less_sure(kind: str) -> None:
    found = signs_of("あおば産業協議会の会員数はいくつですか？") | {f"lacks_{k}": 0.0 for k in LACKS}
    assert sureness(found | {f"lacks_{kind}": 1.0}) < sureness(found)


def test_what_the_page_says_is_surer_than_what_it_does_not_say() -> None:
    said, unsaid = "あおば産業協議会の会長は誰ですか？", "あおば産業協議会の顧問弁護士の報酬はいくらですか？"
    first, second = (
        sureness_of(question, rank(question, candidates_of(ASSOC)))
        for question in (question_on(said, ASSOC), question_on(unsaid, ASSOC))
    )
    assert first > 0.8 > 0.3 > second


def test_the_committed_weights_are_those_of_the_committed_table() -> None:
    pytest.importorskip("sklearn", reason="the extra `models` brings it")
    committed = json.loads(fit_sureness.WEIGHTS.read_text(encoding="utf-8"))["weights"]
    fitted = fit_sureness.fitted_weights(fit_sureness.read_table())
    assert fitted == pytest.approx(committed, abs=0.02)


def test_the_table_holds_numbers_and_names_of_sets_only() -> None:
    with fit_sureness.TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["held"] for row in rows} == {"0", "1"}
    for row in rows:
        [float(value) for name, value in row.items() if name != "set"]
        assert row["set"].isascii()
