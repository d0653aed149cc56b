"""`tenkyo audit`: what was answered is written out, and asked again with what is different."""

import csv
import io
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.audit_commands import record_command
from assistant.audit_export import since, write_csv, write_jsonl
from assistant.audit_record import answer_record, feedback_record
from assistant.audit_store import AuditStore, Judged, sqlite_url
from assistant.caller import Caller
from assistant.cli import main
from assistant.compose import LiveService
from assistant.feedback import Judgement
from assistant.replay import replay

from .answers import answer, said
from .invented import FOUNDED, MEMBERS, NOT_HELD, Place, make_settings


@pytest.fixture(autouse=True)
def home(indexed: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that shares the index and has an audit of its own."""
    (tmp_path / "home").mkdir()
    for name in ("index", "models"):
        (tmp_path / "home" / name).symlink_to(indexed.home / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TENKYO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TENKYO_DOCUMENTS", str(indexed.documents))
    return tmp_path / "home"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main(arguments)
    return code, capsys.readouterr().out


def test_what_the_command_answered_is_exported_and_replayed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for question in (MEMBERS, NOT_HELD):
        run(capsys, "ask", question)
    code, out = run(capsys, "audit", "export", "--since", "2020-01-01")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(r["question"], r["door"], r["abstained"]) for r in rows] == [
        (MEMBERS, "command", False),
        (NOT_HELD, "command", True),
    ]
    assert all(r["stamp"]["embedding"] for r in rows)
    code, out = run(capsys, "audit", "replay", "--last", "10")
    assert (code, out.count("同じです")) == (0, 2)
    assert "2件のうち、0件に違い" in out
    with closing(AuditStore(sqlite_url(home / "audit.sqlite3"))) as store:
        store.write([replace(store.last(1)[0], id="changed", answer="別の答えです。")])
    code, out = run(capsys, "audit", "replay", "changed")
    assert code == 1
    assert "別の答えです。" in out
    assert "違います" in out


def test_nothing_recorded_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "audit", "export") == (0, "")
    assert main(["audit", "replay", "nai"]) == 1
    assert "nai" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["audit", "export", "--since", "きのう"])


def test_a_csv_goes_to_a_file_that_a_spreadsheet_reads(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "ask", MEMBERS)
    assert run(capsys, "audit", "export", "--format", "csv", "--output", "out.csv")[0] == 0
    assert Path("out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(Path("out.csv").read_text(encoding="utf-8-sig").splitlines())
    assert row["question"] == MEMBERS


def test_an_audit_that_cannot_be_written_does_not_stop_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "audit").write_text("in the way")
    record_command(make_settings(tmp_path, tmp_path), answer())
    assert "監査記録に書けません" in capsys.readouterr().err


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    evil = f"{start}HYPERLINK(1)"
    judgement = feedback_record(Judgement(said().at, Caller("page", evil), "a1", "bad", "", evil))
    out = io.StringIO(newline="")
    write_csv([Judged(answer_record(said(question=evil, text=evil)), judgement)], out)
    cells = [cell for row in csv.reader(io.StringIO(out.getvalue().lstrip("\ufeff"), newline="")) for cell in row]
    assert cells.count(f"'{evil}") == 4
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_every_line_of_the_export_is_an_answer_with_its_feedback() -> None:
    out = io.StringIO()
    judgement = feedback_record(Judgement(said().at, Caller("page"), "a1", "bad", "wrong_answer", "違う"))
    assert write_jsonl([Judged(answer_record(said()), judgement), Judged(answer_record(said("a2")), None)], out) == 2
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert first["feedback"]["kind"] == "wrong_answer"
    assert second["feedback"] is None


def test_a_date_is_one_of_this_machine() -> None:
    assert since("2026-04-01T09:30:00+09:00") == "2026-04-01T00:30:00.000000Z"
    with pytest.raises(ValueError, match="Invalid"):
        since("2026/4/1")


def test_a_replay_asks_with_the_history_and_documents_of_the_record(service: LiveService) -> None:
    first = service.ask(FOUNDED)
    given = said(question="その会員数は？")
    asked = replace(given, history=(replace(given.history[0], question=FOUNDED, answer=first.answer),))
    record = answer_record(replace(asked, document_ids=("minami-plan",)))
    (difference, *_) = replay(service, record).differences
    assert "120" in difference.now.replace("１２０", "120")


@pytest.mark.parametrize(("others", "why"), [({"redacted": True}, "ハッシュ"), ({"complete": False}, "途中")])
def test_what_cannot_be_compared_is_said(service: LiveService, others: dict[str, Any], why: str) -> None:
    done = replay(service, replace(answer_record(said()), **others))
    assert why in done.skipped
    assert not done.differences


def test_a_question_that_can_no_longer_be_answered_is_a_difference(service: LiveService) -> None:
    (difference,) = replay(service, replace(answer_record(said()), document_ids=["gone"])).differences
    assert "gone" in difference.now
