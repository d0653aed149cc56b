"""`tenkyo doctor` finds what is wrong and says what to do."""

import json
import socket
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.doctor import Finding, examine

from .invented import Place, link_model, make_settings, write_documents


def by_subject(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    return {f.subject: f for f in findings}


def test_a_sound_installation_has_no_problem(indexed: Place) -> None:
    findings = by_subject(examine(indexed.settings))
    assert [f for f in findings.values() if not f.ok and f.subject != "日本語フォント"] == []
    assert "3文書 10ページ" in findings["索引"].text
    assert "3ファイル" in findings["文書"].text


def test_a_missing_index_is_a_problem_with_its_command(tmp_path: Path, e5_folder: Path) -> None:
    link_model(tmp_path / "home", e5_folder)
    finding = by_subject(examine(make_settings(tmp_path / "home", write_documents(tmp_path / "documents"))))["索引"]
    assert not finding.ok
    assert "tenkyo ingest" in finding.text


def test_a_missing_folder_of_documents_is_a_problem(indexed: Place) -> None:
    finding = by_subject(examine(make_settings(indexed.home, indexed.home / "nirgends")))["文書"]
    assert not finding.ok
    assert "nirgends" in finding.text


def test_an_index_from_other_settings_is_a_problem(own: Place) -> None:
    name = (own.home / "index" / "CURRENT").read_text().strip()
    stamp = own.home / "index" / name / "stamp.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"terms": "alt"}))
    finding = by_subject(examine(own.settings))["索引"]
    assert not finding.ok
    assert "検索語" in finding.text


def test_wrong_keys_are_a_problem(indexed: Place) -> None:
    settings = make_settings(indexed.home, indexed.documents, api_keys="sato:chef:geheim")
    finding = by_subject(examine(settings))["APIキー"]
    assert not finding.ok
    assert "geheim" not in finding.text


def test_a_language_model_that_does_not_answer_is_a_problem(indexed: Place) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{other.getsockname()[1]}/v1"
        settings = make_settings(indexed.home, indexed.documents, llm="openai:x", llm_base_url=url, llm_api_key="k")
        finding = by_subject(examine(settings))["言語モデル"]
    assert not finding.ok
    assert "Traceback" not in finding.text


def test_the_command_prints_every_finding_and_fails_when_there_is_a_problem(
    indexed: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TENKYO_HOME", str(indexed.home))
    monkeypatch.setenv("TENKYO_DOCUMENTS", str(tmp_path / "nirgends"))
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "問題 文書: " in out
    assert "OK   索引: " in out
