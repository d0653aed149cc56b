"""The command from end to end: exit codes, the run folder, resuming, the baseline, the gate, a server."""

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.api import create_app
from assistant.cli import main as cli
from assistant.compose import open_service
from assistant.library_desk import LibraryDesk
from assistant.settings import Settings
from eval import gate, run
from eval.row import read_rows

from ..assistant.live_server import serving
from .conftest import ITEMS, ToldEngine, answered, cited, item, write_jsonl

RIGHT = {
    ITEMS[0]["question"]: answered("2008年7月14日です。[1]", cited("plan", "1", "平成20年7月14日に設立された")),
    ITEMS[1]["question"]: answered("328です。[1]", cited("plan", "1", "発足時の会員数は３２８")),
    ITEMS[2]["question"]: answered("46社です。[1]", cited("cases", "1", "組合員数は46社")),
}
WRONG = RIGHT | {ITEMS[0]["question"]: answered("2010年です。[1]", cited("plan", "2", "84,188千円"))}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the run ask an engine that says what it is told."""

    def tell(engine: ToldEngine) -> ToldEngine:
        monkeypatch.setattr(run, "open_local", lambda *_: engine)
        return engine

    return tell


@pytest.fixture
def limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Writes gates.toml anew."""

    def write(text: str) -> None:
        (tmp_path / "gates.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(run, "read_limits", lambda section: gate.read_limits(section, tmp_path / "gates.toml"))

    return write


def facts(folder: Path) -> list[dict[str, Any]]:
    return [r.model_dump(exclude={"ms", "timings_ms"}) for r in read_rows(folder / "rows.jsonl")]


def figures(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    found.pop("latency_ms")
    return found


def test_the_real_index_answers_and_two_runs_are_identical(
    settings: Settings, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for name in ("one", "two"):
        assert run.main([questions], tmp_path / name, None, False, settings) == 0
        lines = capsys.readouterr().out.splitlines()
        printed.append([line for line in lines if "ミリ秒" not in line and str(tmp_path) not in line])
    assert printed[0] == printed[1]
    assert facts(tmp_path / "one") == facts(tmp_path / "two")
    assert figures(tmp_path / "one") == figures(tmp_path / "two")
    assert (tmp_path / "one" / "report.html").stat().st_size > 5_000
    rows = {r.id: r for r in read_rows(tmp_path / "one" / "rows.jsonl")}
    assert rows["A1"].right
    assert rows["A4"].abstained
    assert set(rows["A1"].ranks) == {"lexical", "dense", "fused", "read"}
    assert rows["A1"].ranks["fused"] == (1,)
    assert rows["A4"].ranks == {}
    assert "正答（全問）" in "\n".join(printed[0])


def test_a_server_is_asked_over_http(settings: Settings, questions: Path, tmp_path: Path) -> None:
    with closing(open_service(settings)) as service, serving(create_app(service, LibraryDesk(settings.home))) as url:
        assert run.main([questions], tmp_path / "far", None, False, settings, url=url) == 0
    assert run.main([questions], tmp_path / "near", None, False, settings) == 0
    far, near = (read_rows(tmp_path / name / "rows.jsonl") for name in ("far", "near"))
    assert [(r.answer, r.right, r.ungrounded) for r in far] == [(r.answer, r.right, r.ungrounded) for r in near]
    assert [r.ranks.get("fused") for r in far] == [r.ranks.get("fused") for r in near]
    assert far[0].confidence is None


def test_the_command_line_passes_its_options_on(
    settings: Settings, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TENKYO_HOME", str(settings.home))
    assert cli(["eval", str(questions), "--report", "r", "--sample", "2"]) == 0
    assert len(read_rows(tmp_path / "r" / "rows.jsonl")) == 2


def test_the_earlier_questions_of_a_follow_up_are_asked_first(settings: Settings, told: Any, tmp_path: Path) -> None:
    engine = told(ToldEngine(RIGHT))
    history = [ITEMS[0]["question"], ITEMS[1]["question"]]
    path = write_jsonl(tmp_path / "f.jsonl", [item(kind="followup", question="では？", history=history)])
    assert run.main([path], None, None, False, settings) == 0
    assert engine.asked == [(history[0], 0), (history[1], 1), ("では？", 2)]


def test_a_half_finished_run_is_gone_on_with(
    settings: Settings, told: Any, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(ToldEngine(RIGHT, stop_after=2))
    with pytest.raises(KeyboardInterrupt):
        run.main([questions], tmp_path / "r", None, False, settings)
    with (tmp_path / "r" / "rows.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "A3", "ki')  # the line that was being written
    engine = told(ToldEngine(RIGHT))
    assert run.main([questions], tmp_path / "r", None, False, settings) == 0
    assert "2問は済み" in capsys.readouterr().err
    assert [q for q, _ in engine.asked] == [ITEMS[2]["question"], ITEMS[3]["question"]]
    whole = told(ToldEngine(RIGHT))
    assert run.main([questions], tmp_path / "s", None, False, settings) == 0
    assert len(whole.asked) == 4
    assert facts(tmp_path / "r") == facts(tmp_path / "s")
    assert figures(tmp_path / "r") == figures(tmp_path / "s")


def test_a_half_finished_run_of_other_questions_is_begun_anew(
    settings: Settings, told: Any, questions: Path, tmp_path: Path
) -> None:
    told(ToldEngine(RIGHT, stop_after=2))
    with pytest.raises(KeyboardInterrupt):
        run.main([questions], tmp_path / "r", None, False, settings)
    write_jsonl(questions, [ITEMS[0] | {"style": "era"}, *ITEMS[1:]])
    engine = told(ToldEngine(RIGHT))
    assert run.main([questions], tmp_path / "r", None, False, settings) == 0
    assert len(engine.asked) == 4


def test_the_gate_lets_pass_what_is_above_the_floors(
    settings: Settings, told: Any, limits: Any, questions: Path
) -> None:
    told(ToldEngine(RIGHT))
    limits("[items.floors]\naccuracy = 1.0\nnot_measured = 1.0\n[items.ceilings]\nabstain_wrong = 0.0\n")
    assert run.main([questions], None, None, True, settings) == 0


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[items.floors]\naccuracy = 0.9\n", "（accuracy）が 0.667"),
        ('[items.floors]\n"kind.date" = 0.5\n', "kind.date"),
        ('[items.floors]\n"retrieval.dense.recall@1" = 0.9\n', "retrieval.dense.recall@1"),
        ("[items.floors]\ngrounded = 1.0\n", "grounded"),
    ],
)
def test_the_gate_stops_what_is_below_a_floor(
    settings: Settings,
    told: Any,
    limits: Any,
    questions: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    word: str,
) -> None:
    told(ToldEngine(WRONG))
    limits(text)
    assert run.main([questions], None, None, True, settings) == 1
    assert word in capsys.readouterr().err
    assert run.main([questions], None, None, False, settings) == 0


def test_the_gate_stops_a_significant_fall_and_no_other(
    settings: Settings, told: Any, limits: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limits('[items]\nno_fall = ["right"]\n')
    many = write_jsonl(tmp_path / "many.jsonl", [ITEMS[0] | {"id": f"B{n}"} for n in range(8)])
    told(ToldEngine(RIGHT))
    assert run.main([many], tmp_path / "old", None, True, settings) == 0
    told(ToldEngine(WRONG))
    assert run.main([many], tmp_path / "new", tmp_path / "old", True, settings) == 1
    captured = capsys.readouterr()
    assert "有意" in captured.err
    assert "誤りになった（8）: B0 B1" in captured.out
    assert run.main([many], None, tmp_path / "new" / "rows.jsonl", True, settings) == 0
    told(ToldEngine(RIGHT))
    assert run.main([many], None, tmp_path / "new", True, settings) == 0


def test_an_error_of_one_question_makes_it_wrong_and_stops_the_gate(
    settings: Settings, told: Any, limits: Any, tmp_path: Path
) -> None:
    path = write_jsonl(tmp_path / "q.jsonl", [ITEMS[0], ITEMS[1]])
    bad = cited("plan", "1", "第１章")
    unknown = answered("2008年7月14日", type(bad)(1, "nai", "", "1", 1, "", "", 0, 0, ""))
    told(ToldEngine(RIGHT | {ITEMS[0]["question"]: unknown}))
    limits("[items]\n")
    assert run.main([path], tmp_path / "r", None, True, settings) == 1
    rows = read_rows(tmp_path / "r" / "rows.jsonl")
    assert "nai" in rows[0].error
    assert rows[1].right


@pytest.mark.parametrize("case", ["missing", "quote", "twice", "mixed", "server", "index", "baseline", "folder"])
def test_a_known_error_is_one_japanese_line_and_exit_code_2(
    settings: Settings, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    files, more, report, baseline = [questions], {}, None, None
    if case == "missing":
        files = [tmp_path / "nai.jsonl"]
    elif case == "quote":
        files = [write_jsonl(tmp_path / "q.jsonl", [item(evidence=[{"doc": "plan", "page": "1", "quote": "無い"}])])]
    elif case == "twice":
        files = [questions, questions]
    elif case == "mixed":
        files = [questions, tmp_path / "s.json"]
    elif case == "server":
        more = {"url": "http://127.0.0.1:9"}
    elif case == "index":
        settings = settings.model_copy(update={"home": tmp_path / "leer"})
    elif case == "baseline":
        baseline = tmp_path / "nai"
    else:
        report = tmp_path  # holds something else
    assert run.main(files, report, baseline, False, settings, **more) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    told = [line for line in lines if line.startswith("エラー: ")]
    assert len(told) == 1
    assert re.search("[ぁ-ん]。", told[0])
    assert "Traceback" not in "".join(lines)


def test_secrets_are_masked_in_the_run_folder(settings: Settings, told: Any, questions: Path, tmp_path: Path) -> None:
    told(ToldEngine(RIGHT))
    secret = Settings(  # type: ignore[call-arg]
        _env_file=None, home=settings.home, llm_api_key="sk-geheim", api_keys="sato:reader:geheim"
    )
    assert run.main([questions], tmp_path / "r", None, False, secret) == 0
    assert all("geheim" not in path.read_text(encoding="utf-8") for path in (tmp_path / "r").iterdir())
