"""The command line: what it prints, its exit codes, and one clear line for everything that can be wrong."""

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.cli import main

from .conftest import Run
from .invented import FOUNDED, MEMBERS, NOT_HELD, Place


def assert_one_line(result: tuple[int, str, str] | subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """The exit code, and one Japanese line on stderr that holds the words."""
    if isinstance(result, subprocess.CompletedProcess):
        result = (result.returncode, result.stdout, result.stderr)
    assert result[0] == code, result
    assert "Traceback" not in result[1] + result[2]
    lines = result[2].strip().splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("エラー: ")
    assert re.search("[ぁ-ん]。", lines[0])
    assert all(word in lines[0] for word in words), lines[0]


def state(home: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(home)): p.read_bytes()
        for p in sorted(home.rglob("*"))
        if p.is_file() and "models" not in p.parts and p.suffix != ".lock"
    }


def test_ask_prints_the_answer_and_its_pages(run: Run) -> None:
    code, out, err = run("ask", FOUNDED)
    assert (code, err) == (0, "")
    assert "2008年" in out
    assert "[1] みなみ広域ものづくり推進計画　ページ 1" in out
    assert "みなみ広域ものづくり協議会は、平成20年7月14日に設立された。" in out


def test_ask_as_json_is_the_object_of_the_contract(run: Run) -> None:
    code, out, _ = run("ask", FOUNDED, "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["question"] == FOUNDED
    assert answer["citations"][0]["page"] == "1"


def test_an_abstention_is_an_answer(run: Run) -> None:
    code, out, _ = run("ask", NOT_HELD, "--json")
    assert code == 0
    assert json.loads(out)["abstained"]


def test_search_prints_ranked_passages(run: Run) -> None:
    code, out, _ = run("search", "協議会の会員数", "-k", "3")
    assert code == 0
    assert re.match(r" 1\. \d\.\d{4} \(dense=\d+ lexical=\d+\) ", out)
    passages = json.loads(run("search", "協議会の会員数", "-k", "3", "--json")[1])["passages"]
    assert len(passages) == 3


def test_documents_are_listed(run: Run) -> None:
    code, out, _ = run("documents")
    assert code == 0
    assert out.splitlines()[-1] == "計3文書、10ページ（索引10・空白0・読めない0）"
    assert [d["id"] for d in json.loads(run("documents", "--json")[1])["documents"]] == [
        "kita-cases",
        "minami-plan",
        "minami-report",
    ]


def test_the_same_works_as_a_process(indexed: Place) -> None:
    done = indexed.run("ask", FOUNDED)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2008年" in done.stdout


def test_a_closed_pipe_is_no_error(indexed: Place) -> None:
    done = indexed.run("documents", prefix=("bash", "-c", '"$@" | true; exit ${PIPESTATUS[0]}', "-"))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("command", "word"), [("ask", "空"), ("search", "空")])
def test_an_empty_question_is_refused(run: Run, command: str, word: str) -> None:
    assert_one_line(run(command, "  "), 2, word)


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_of_twenty_thousand_characters_is_refused(run: Run, command: str) -> None:
    assert_one_line(run(command, "あ" * 20_000), 2, "20,000字", "2,000字以内")


@pytest.mark.parametrize("k", ["0", "101", "-3"])
def test_k_outside_its_limits_is_refused(run: Run, k: str) -> None:
    assert_one_line(run("search", "会員", "-k", k), 2, "1から100まで")


def test_an_argument_that_is_no_utf8_is_survived(indexed: Place) -> None:
    done = indexed.run("ask", "会員数\udcff")
    assert done.returncode == 0
    assert done.stderr == ""


def test_an_unknown_document_cannot_be_removed(run: Run) -> None:
    assert_one_line(run("remove", "nai"), 1, "nai", "tenkyo documents")
    code, out, _ = run("remove", "nai", "--json")
    assert code == 1
    assert json.loads(out)["error"]["kind"] == "UnknownDocument"


@pytest.mark.parametrize("arguments", [("ask", MEMBERS), ("search", "会員"), ("serve", "--port", "0")])
def test_without_an_index_every_command_says_what_to_run(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert_one_line(run(*arguments, HOME=tmp_path / "home"), 1, "tenkyo ingest")


def test_without_an_index_the_list_is_empty(run: Run, tmp_path: Path) -> None:
    assert run("documents", HOME=tmp_path / "home")[:2] == (0, "計0文書、0ページ（索引0・空白0・読めない0）\n")


def test_an_error_is_json_too_when_json_was_asked_for(run: Run, tmp_path: Path) -> None:
    code, out, err = run("ask", MEMBERS, "--json", HOME=tmp_path / "home")
    assert code == 1
    assert json.loads(out)["error"]["kind"] == "IndexMissing"
    assert "tenkyo ingest" in err


def test_an_index_from_other_settings_is_refused_with_the_command(own: Place, run: Run) -> None:
    name = (own.home / "index" / "CURRENT").read_text().strip()
    stamp = own.home / "index" / name / "stamp.json"
    facts = json.loads(stamp.read_text())
    stamp.write_text(json.dumps(facts | {"embedding": "onnx-0123456789abcdef", "dictionary": "alt"}))
    place = {"HOME": own.home, "DOCUMENTS": own.documents}
    assert_one_line(run("ask", MEMBERS, **place), 1, "日本語辞書、埋め込みモデル", "tenkyo ingest")
    assert run("ingest", **place)[0] == 0
    assert run("ask", MEMBERS, **place)[0] == 0


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("stamp.json", "gone"),
        ("ledger.sqlite3", "garbage"),
        ("lexical/terms.json", "gone"),
        ("lexical/terms.json", "garbage"),
        ("vectors.npy", "gone"),
        ("vectors.npy", "garbage"),
    ],
)
def test_a_broken_index_is_told_and_made_anew(own: Place, run: Run, file: str, damage: str) -> None:
    place = {"HOME": own.home, "DOCUMENTS": own.documents}
    path = own.home / "index" / (own.home / "index" / "CURRENT").read_text().strip() / file
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"no such thing" * 100)
    assert_one_line(run("ask", MEMBERS, **place), 1, "tenkyo ingest")


@pytest.mark.parametrize("damage", ["gone", "garbage"])
def test_a_broken_chroma_is_found_by_the_doctor_and_made_anew(own: Place, run: Run, damage: str) -> None:
    place = {"HOME": own.home, "DOCUMENTS": own.documents}
    path = own.home / "index" / (own.home / "index" / "CURRENT").read_text().strip() / "chroma" / "chroma.sqlite3"
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"no such thing" * 100)
    assert run("ask", MEMBERS, **place)[0] == 0  # one question leaves Chroma closed
    code, out, _ = run("doctor", **place)
    assert code == 1
    assert "tenkyo ingest" in out
    assert run("ingest", **place)[0] == 0
    assert run("doctor", **place)[0] == 0


def test_a_pointer_to_nothing_is_told(own: Place, run: Run) -> None:
    (own.home / "index" / "CURRENT").write_text("20000101T000000-00000000")
    place = {"HOME": own.home, "DOCUMENTS": own.documents}
    assert_one_line(run("ask", MEMBERS, **place), 1, "tenkyo ingest")
    assert run("ingest", **place)[0] == 0
    assert run("ask", MEMBERS, **place)[0] == 0


@pytest.mark.parametrize("arguments", [("ingest",), ("ingest", "nirgends"), ("ingest", "nirgends/x.txt")])
def test_a_missing_folder_is_told_and_nothing_is_lost(own: Place, run: Run, arguments: tuple[str, ...]) -> None:
    before = state(own.home)
    documents = own.documents if len(arguments) > 1 else own.documents.parent / "nirgends"
    result = run(*arguments, HOME=own.home, DOCUMENTS=documents)
    assert_one_line(result, 1, "nirgends", "TENKYO_DOCUMENTS")
    assert state(own.home) == before


def test_an_unreadable_file_is_named_and_the_others_are_indexed(own: Place, run: Run) -> None:
    (own.documents / "kaputt.txt").write_bytes(b"\0\1\2\3" * 50)
    (own.documents / "kita-cases.txt").write_bytes(b"\4\5\6\0" * 50)
    code, out, err = run("ingest", HOME=own.home, DOCUMENTS=own.documents)
    assert code == 1
    assert "Traceback" not in out + err
    failed = [line for line in out.splitlines() if line.startswith("失敗\t")]
    assert len(failed) == 2
    assert all("ください" in line for line in failed)
    listed = run("documents", HOME=own.home, DOCUMENTS=own.documents)[1]
    assert "読めなかったファイル" in listed
    assert listed.splitlines()[-1].startswith("計3文書、10ページ")  # the older version of kita-cases still answers


def test_a_manifest_that_disagrees_with_its_text_is_told(own: Place, run: Run) -> None:
    manifest = own.documents / "manifest.toml"
    manifest.write_text(manifest.read_text().replace('"別表1", ', ""))
    code, out, _ = run("ingest", HOME=own.home, DOCUMENTS=own.documents)
    assert code == 1
    failed = [line for line in out.splitlines() if line.startswith("失敗\t")]
    assert len(failed) == 1
    assert all(word in failed[0] for word in ("minami-plan.txt", "7ページ", "6個", "数を合わせて"))
    assert run("ask", FOUNDED, HOME=own.home, DOCUMENTS=own.documents)[0] == 0  # by the version before


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"別表1"', '"ii"', ("ページ名「ii」が二度",)),
        ('"別表1"', '" "', ("空のページ名",)),
        ('file = "kita-cases.txt"', 'file = "minami-plan.txt"', ("minami-plan.txt", "二度")),
        ('file = "kita-cases.txt"', 'file = "weg.txt"', ("weg.txt", "見つかりません")),
        ('file = "kita-cases.txt"', 'file = "../x.txt"', ("../x.txt", "ファイル名ではありません")),
        ("title = ", "titel = ", ("document.0.titel", "項目名")),
        ("[[document]]", "[[document", ("TOML",)),
    ],
)
def test_a_wrong_manifest_is_told_and_nothing_is_lost(
    own: Place, run: Run, old: str, new: str, words: tuple[str, ...]
) -> None:
    before = state(own.home)
    manifest = own.documents / "manifest.toml"
    manifest.write_text(manifest.read_text().replace(old, new))
    assert_one_line(run("ingest", "--json", HOME=own.home, DOCUMENTS=own.documents), 1, "manifest.toml", *words)
    assert state(own.home) == before
    assert run("ask", FOUNDED, HOME=own.home, DOCUMENTS=own.documents)[0] == 0


def test_a_port_in_use_is_told(run: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert_one_line(run("serve", "--port", port), 1, port, "PORT=8001")


@pytest.mark.parametrize("port", ["abc", "-1", "65536", ""])
def test_a_port_that_is_no_port_is_told(run: Run, capsys: pytest.CaptureFixture[str], port: str) -> None:
    with pytest.raises(SystemExit) as raised:
        run("serve", f"--port={port}")
    assert raised.value.code == 2
    assert "65535までの数にしてください" in capsys.readouterr().err


def test_a_wrong_port_in_the_environment_disturbs_no_other_command(indexed: Place) -> None:
    assert indexed.run("documents", PORT="abc").returncode == 0
    done = indexed.run("serve", PORT="abc")
    assert done.returncode == 2
    assert "65535までの数にしてください" in done.stderr


def test_a_server_without_keys_is_not_opened_to_the_network(run: Run) -> None:
    assert_one_line(run("serve", "--host", "0.0.0.0"), 2, "TENKYO_API_KEYS", "HOST=127.0.0.1")


@pytest.mark.parametrize(
    ("names", "word"),
    [
        ({"HOMEE": "x"}, "TENKYO_HOMEE"),
        ({"CHROMA_URL": "localhost"}, "TENKYO_CHROMA_URL"),
    ],
)
@pytest.mark.parametrize("command", ["documents", "doctor", "ingest"])
def test_a_wrong_setting_stops_the_start(run: Run, names: dict[str, str], word: str, command: str) -> None:
    assert_one_line(run(command, **names), 2, word)


def test_wrong_keys_stop_the_server(run: Run) -> None:
    assert_one_line(run("serve", API_KEYS="sato:chef:abc"), 2, "TENKYO_API_KEYS", "reader")


def test_the_dotenv_file_of_the_folder_is_read(own: Place) -> None:
    (own.documents.parent / ".env").write_text("TENKYO_LLM_BASE_URL=localhost\n")
    assert_one_line(own.run("documents"), 2, "TENKYO_LLM_BASE_URL")


def test_a_chroma_server_that_does_not_answer_is_told(own: Place, run: Run) -> None:
    before = state(own.home)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{other.getsockname()[1]}"
        result = run("ingest", "--json", HOME=own.home, DOCUMENTS=own.documents, CHROMA_URL=url)
    assert_one_line(result, 1, url, "TENKYO_CHROMA_URL")
    after = state(own.home)
    assert {n: after.get(n) for n in before if n.startswith("index")} == {
        n: before[n] for n in before if n.startswith("index")
    }
    assert run("ask", MEMBERS, HOME=own.home, DOCUMENTS=own.documents, CHROMA_URL="")[0] == 0


def test_a_language_model_that_does_not_answer_leaves_the_built_in_reader(run: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{other.getsockname()[1]}/v1"
        code, out, _ = run("ask", FOUNDED, "--json", LLM="openai:x", LLM_BASE_URL=url, LLM_API_KEY="k")
    answer = json.loads(out)
    assert code == 0
    assert "2008年" in answer["answer"]
    assert "built-in" in answer["reader"]


def test_a_language_model_that_nobody_knows_is_told(run: Run) -> None:
    assert_one_line(run("ask", FOUNDED, LLM="nobody:x"), 1, "nobody")


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[None]:
    """A disk of its own under `folder`, that size."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a small disk (root)")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("free_kib", [16, 400])  # the ledger's, the new generation's turn to fail
def test_a_full_disk_is_told_and_the_index_before_still_answers(own: Place, tmp_path: Path, free_kib: int) -> None:
    used = sum(p.lstat().st_blocks for p in own.home.rglob("*")) // 2 + 64
    with small_disk(tmp_path / "disk", used + free_kib):
        place = Place(tmp_path / "disk" / "home", own.documents)
        shutil.copytree(own.home, place.home, symlinks=True)
        (own.documents / "neu.txt").write_text("新しい文書である。\n" * 3_000, encoding="utf-8")
        before = state(place.home)["index/CURRENT"]
        assert_one_line(place.run("ingest", "--json"), 1, "空き", "今までの索引はそのまま使えます")
        assert state(place.home)["index/CURRENT"] == before
        assert place.run("ask", FOUNDED).returncode == 0


def unprivileged() -> tuple[str, ...]:
    """Root may write everywhere; without this capability it is like everybody else."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("as root this needs setpriv: apt-get install util-linux")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@pytest.mark.parametrize("existing", [True, False])
def test_a_folder_without_write_permission_is_told(own: Place, tmp_path: Path, existing: bool) -> None:
    if existing:
        place, locked = own, [own.home, own.home / "index"]
        (own.documents / "neu.txt").write_text("新しい文書である。\n", encoding="utf-8")
        for file in own.home.glob("*.*"):
            file.chmod(0o400)
    else:
        locked = [tmp_path / "locked"]
        locked[0].mkdir()
        place = Place(locked[0] / "home", own.documents)
    for folder in locked:
        folder.chmod(0o500)
    try:
        assert_one_line(place.run("ingest", "--json", prefix=unprivileged()), 1, "書き込め", "TENKYO_HOME")
        if existing:
            assert place.run("ask", FOUNDED, prefix=unprivileged()).returncode == 0
    finally:
        for folder in locked:
            folder.chmod(0o700)


def test_a_home_that_is_a_file_is_told(own: Place, run: Run, tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("x")
    assert_one_line(run("ingest", "--json", HOME=tmp_path / "datei", DOCUMENTS=own.documents), 1, "datei")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["--help"])
    assert raised.value.code == 0
    out = capsys.readouterr().out
    assert all(c in out for c in ("ingest", "ask", "search", "documents", "remove", "serve", "doctor", "eval"))
