"""BEIR's shape: passages become pages, judged queries are searched for and not asked."""

import json
from pathlib import Path

import pytest

from assistant.settings import Settings
from eval import run
from eval.beir import read_beir
from eval.errors import EvalError
from eval.row import read_rows
from eval.summary import summarise

from ..assistant.invented import link_model

CORPUS = [
    {"_id": "d1", "title": "みさき線", "text": "1932年に開業した鉄道路線である。"},
    {"_id": "d2", "title": "", "text": "きたやま城は、早瀬氏が築いた山城である。"},
    {"_id": "d3", "title": "みさき線の駅", "text": "駅は八つあり、うち三つは無人駅である。"},
]
QUERIES = [
    {"_id": "q1", "text": "みさき線の開業と駅"},
    {"_id": "q2", "text": "きたやま城を築いた氏族"},
    {"_id": "q3", "text": "判定のない問い"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td3\t2\nq2\td2\t1\nq2\td1\t0\n"


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "lines"
    (folder / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", CORPUS), ("queries", QUERIES)):
        (folder / f"{name}.jsonl").write_text(
            "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8"
        )
    (folder / "qrels" / "test.tsv").write_text(QRELS, encoding="utf-8")
    return folder


def test_every_judged_query_needs_each_of_its_relevant_passages(beir: Path, tmp_path: Path) -> None:
    items = read_beir(beir, tmp_path / "documents")
    assert [(i.id, i.groups) for i in items] == [
        ("q1", (frozenset({("lines-001", "1")}), frozenset({("lines-001", "3")}))),
        ("q2", (frozenset({("lines-001", "2")}),)),
    ]
    pages = (tmp_path / "documents" / "lines-001.txt").read_text(encoding="utf-8").split("\f")
    assert pages[0] == "みさき線\n1932年に開業した鉄道路線である。"


def test_a_set_runs_through_the_command_for_every_leg(
    beir: Path, settings: Settings, tmp_path: Path, e5_folder: Path
) -> None:
    home = tmp_path / "home"
    link_model(home, e5_folder)
    own = settings.model_copy(update={"home": home})
    assert run.main([beir], tmp_path / "r", None, True, own) == 0
    rows = read_rows(tmp_path / "r" / "rows.jsonl")
    assert {r.id: sorted(r.ranks["fused"]) for r in rows} == {"q1": [1, 2], "q2": [1]}
    assert [r.answer for r in rows] == ["", ""]
    summary = summarise(rows)
    assert set(summary.retrieval) == {"lexical", "dense", "fused"}
    assert summary.value("retrieval.fused.recall@5") == 1.0
    assert summary.metrics == {}
    assert (tmp_path / "r" / "report.html").is_file()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("corpus.jsonl", "kaputt\n", "1行目"),
        ("queries.jsonl", '{"_id": "q1"}\n', "text"),
        ("qrels/test.tsv", "q1\td9\t1\n", "1行目"),
        ("qrels/test.tsv", "q1\td1\n", "1行目"),
        ("qrels/test.tsv", "q1\td1\t0\n", "得点"),
    ],
)
def test_another_shape_is_told(beir: Path, tmp_path: Path, name: str, content: str, word: str) -> None:
    (beir / name).write_text(content, encoding="utf-8")
    with pytest.raises(EvalError, match=word):
        read_beir(beir, tmp_path / "documents")


def test_a_folder_that_is_no_set_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"corpus\.jsonl"):
        read_beir(tmp_path, tmp_path / "documents")
