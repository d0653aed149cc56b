"""SQuAD's shape: passages become pages, answers become items, and the command measures them."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from eval import run
from eval.errors import EvalError
from eval.row import read_rows
from eval.squad import read_squad

from ..assistant.invented import link_model

PASSAGES = (
    "みさき線は、1932年に開業した鉄道路線である。全長は12.5キロメートルで、駅は八つある。",
    "きたやま城は、戦国時代に早瀬氏が築いた山城である。標高は420メートルである。",
)


def qa(number: int, question: str, answer: str, **more: Any) -> dict[str, Any]:
    return {"id": f"q{number}", "question": question, "answers": [{"text": answer, "answer_start": 0}], **more}


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    line = {"context": PASSAGES[0], "qas": [qa(1, "みさき線はいつ開業しましたか。", "1932年")]}
    castle = {
        "context": PASSAGES[1],
        "qas": [
            qa(2, "きたやま城を築いたのは誰ですか。", "早瀬氏"),
            {"id": "q3", "question": "きたやま城の城主の年収は？", "answers": [], "is_impossible": True},
        ],
    }
    data = {
        "data": [{"title": "線", "paragraphs": [line]}, {"title": "城", "paragraphs": [castle, line | {"qas": []}]}]
    }
    path = tmp_path / "dev_x.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_every_distinct_passage_is_a_page_and_every_answer_an_item(squad: Path, tmp_path: Path) -> None:
    items = read_squad([squad], tmp_path / "documents")
    assert (tmp_path / "documents" / "dev_x.txt").read_text(encoding="utf-8").split("\f") == list(PASSAGES)
    assert [(i.id, i.must, i.abstain) for i in items] == [
        ("q1", (("1932年",),), False),
        ("q2", (("早瀬氏",),), False),
        ("q3", (), True),
    ]
    assert items[1].groups == (frozenset({("dev_x", "2")}),)


def test_a_set_runs_through_the_command_on_an_index_of_its_own(
    squad: Path, settings: Settings, tmp_path: Path, e5_folder: Path
) -> None:
    home = tmp_path / "home"
    link_model(home, e5_folder)
    own = settings.model_copy(update={"home": home})
    assert run.main([squad], tmp_path / "r", None, False, own) == 0
    rows = {r.id: r for r in read_rows(tmp_path / "r" / "rows.jsonl")}
    assert rows["q1"].right
    assert rows["q1"].ranks["fused"] == (1,)
    assert rows["q2"].ranks["lexical"] == (1,)
    assert not (home / "index").exists()


@pytest.mark.parametrize("content", ["{}", "[]", "kaputt", '{"data": [{"paragraphs": [{"context": 1, "qas": []}]}]}'])
def test_another_shape_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(EvalError, match=r"x\.json"):
        read_squad([tmp_path / "x.json"], tmp_path / "documents")
