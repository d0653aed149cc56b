"""Each build that is broken on purpose falls below a limit that the whole one keeps; `benchmarks/broken_builds.py` does it at full size."""

from contextlib import closing

import pytest

from assistant.compose import make_drafter
from assistant.settings import Settings
from eval.ablation import ABLATIONS, Ablation
from eval.ask import ask_item
from eval.dataset import Item
from eval.engine import open_local
from eval.gate import Limits, failures
from eval.summary import Summary, summarise

from .conftest import ITEMS, item

QUESTIONS = (
    *ITEMS,
    *(  # both years: without them a build gives the same line for either, and is right for one by chance
        item(
            id=one,
            question=f"{year}年度のみさき広域協議会の予算額はいくらですか？",
            kind="money",
            style="era",
            must=[[wanted]],
            must_not=[other],
            evidence=[{"doc": "plan", "page": "2", "quote": f"{era}年度の予算額は{wanted}"}],
        )
        for one, year, era, wanted, other in (
            ("A5", 2010, "平成22", "91,300千円", "84,188千円"),
            ("A6", 2009, "平成21", "84,188千円", "91,300千円"),
        )
    ),
)
LIMITS = Limits(
    floors={
        "style.era": 1.0,
        "abstain_right": 1.0,
        "tampering_caught": 1.0,
        "retrieval.lexical.recall@5": 1.0,
        "retrieval.dense.recall@5": 1.0,
    }
)
STOPPED_BY = {
    "dense": "retrieval.dense.recall@5",
    "lexical": "retrieval.lexical.recall@5",
    "years": "style.era",
    "abstention": "abstain_right",
    "checks": "tampering_caught",
}


def figures(ablation: Ablation, settings: Settings) -> Summary:
    drafter = ablation.drafter(make_drafter(settings))
    with closing(open_local(settings, None, ablation.tuning, drafter)) as engine:
        return summarise([ask_item(Item.model_validate(q), engine) for q in QUESTIONS])


def test_the_whole_build_passes(settings: Settings) -> None:
    assert failures(figures(Ablation("whole", ""), settings), None, LIMITS) == []


@pytest.mark.parametrize("ablation", ABLATIONS, ids=lambda a: a.name)
def test_the_gate_stops_a_broken_build_and_names_the_figure(ablation: Ablation, settings: Settings) -> None:
    found = failures(figures(ablation, settings), None, LIMITS)
    assert any(f"（{STOPPED_BY[ablation.name]}）" in line for line in found), found


def test_every_part_that_a_release_rests_on_is_taken_out_once() -> None:
    assert {a.name for a in ABLATIONS} == set(STOPPED_BY)
