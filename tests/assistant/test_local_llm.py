"""A GGUF file is served by a child process that says what is wrong with it and never outlives tenkyo."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from assistant.chat_model import probe
from assistant.local_llm import LocalModel, Program, find_program, require_gguf
from assistant.problems import LanguageModelError

# Takes the arguments of llama-server; is ready at once, tells its environment, and keeps running when politely asked to end.
STAND_IN = """#!{python}
import http.server, json, os, signal, sys
arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        allowed = self.headers["Authorization"] == "Bearer " + os.environ["LLAMA_API_KEY"]
        body = json.dumps({{"pid": os.getpid(), "names": sorted(os.environ), "arguments": arguments}}).encode()
        self.send_response(200 if allowed else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
{before}
http.server.HTTPServer((arguments["--host"], int(arguments["--port"])), Handler).serve_forever()
"""


def stand_in(folder: Path, before: str = "") -> Program:
    path = folder / "llama-server"
    path.write_text(STAND_IN.format(python=sys.executable, before=before))
    path.chmod(0o755)
    return find_program(str(path))


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(b"GGUF" + bytes(20))
    return path


def told_by(model: LocalModel) -> dict[str, object]:
    key = model._key
    answer: dict[str, object] = httpx.get(
        model.base_url.removesuffix("/v1") + "/health", headers={"Authorization": f"Bearer {key}"}
    ).json()
    return answer


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(pid)


def test_server_gets_the_model_on_loopback_and_a_key_that_no_command_line_shows(
    gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "8000")
    monkeypatch.setenv("HOST", "0.0.0.0")
    with closing(LocalModel(gguf, stand_in(gguf.parent))) as model:
        told = told_by(model)
        assert httpx.get(f"{model.base_url}/models").status_code == 401
    arguments, names = told["arguments"], told["names"]
    assert isinstance(arguments, dict)
    assert isinstance(names, list)
    assert (arguments["--model"], arguments["--host"]) == (str(gguf), "127.0.0.1")
    assert model._key not in str(arguments)
    assert {"PORT", "HOST"}.isdisjoint(names)


def test_server_ends_with_close_even_when_it_does_not_want_to(gguf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    model = LocalModel(gguf, stand_in(gguf.parent, "signal.signal(signal.SIGTERM, signal.SIG_IGN)"))
    pid = told_by(model)["pid"]
    assert isinstance(pid, int)
    model.close()
    assert not is_alive(pid)
    assert not model.alive


def test_server_ends_when_tenkyo_is_killed(gguf: Path) -> None:
    program = stand_in(gguf.parent)
    code = (
        "import sys, time; from pathlib import Path; from assistant.local_llm import LocalModel, Program\n"
        f"model = LocalModel(Path({str(gguf)!r}), Program({program.path!r}, python=False))\n"
        "print(model.base_url, model._key, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        url, key = parent.stdout.readline().split()
        pid = httpx.get(url, headers={"Authorization": f"Bearer {key}"}).json()["pid"]
        assert is_alive(pid)
        parent.send_signal(signal.SIGKILL)
    assert wait_until_gone(pid)


def test_server_that_ended_by_itself_is_started_again_but_not_at_once(
    gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(LocalModel(gguf, stand_in(gguf.parent))) as model:
        first = told_by(model)["pid"]
        assert isinstance(first, int)
        os.kill(first, signal.SIGKILL)
        model._process.wait(10)
        model.revive()
        assert not model.alive
        monkeypatch.setattr("assistant.local_llm.REST_S", 0.0)
        model.revive()
        model._wait_until_ready(10)
        second = told_by(model)["pid"]
        assert isinstance(second, int)
        assert second != first
    model.revive()
    assert not is_alive(second)


def test_server_that_fails_is_told_with_the_end_of_its_log(gguf: Path) -> None:
    program = stand_in(gguf.parent, "print('error: unknown architecture', flush=True); sys.exit(1)")
    with pytest.raises(LanguageModelError, match=r"tiny\.gguf.*unknown architecture"):
        LocalModel(gguf, program)


def test_server_that_never_gets_ready_is_ended_and_told(gguf: Path) -> None:
    program = stand_in(gguf.parent, "import time; print('loading', flush=True); time.sleep(60)")
    with pytest.raises(LanguageModelError, match=r"1秒.*loading"):
        LocalModel(gguf, program, start_timeout_s=1)


@pytest.mark.parametrize(("content", "says"), [(b"PK\x03\x04", "GGUF のファイルではありません"), (None, "開けません")])
def test_what_is_no_gguf_file_is_told_before_anything_starts(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "model.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LanguageModelError, match=says):
        require_gguf(path)
    with pytest.raises(LanguageModelError, match=says):
        LocalModel(path, Program("/nowhere", python=False))


def test_missing_program_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(LanguageModelError, match=r"TENKYO_LLAMA_SERVER=/nowhere"):
        find_program("/nowhere")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("assistant.local_llm.find_spec", lambda _: None)
    with pytest.raises(LanguageModelError, match=r"pip install -e '\.\[local-llm\]'"):
        find_program()
    server = tmp_path / "llama-server"
    server.write_text("#!/bin/sh\n")
    server.chmod(0o755)
    assert find_program() == Program(str(server), python=False)


def test_python_that_has_the_package_runs_its_server() -> None:
    program = find_program(sys.executable)
    assert program == Program(sys.executable, python=True)
    command = program.command(Path("/m.gguf"), 4000)
    assert command[1:3] == ["-m", "llama_cpp.server"]
    assert command[command.index("--interrupt_requests") + 1] == "false"


def test_real_model_answers_and_ends() -> None:
    model, server = os.environ.get("GGUF_TEST_MODEL", ""), os.environ.get("GGUF_TEST_SERVER", "")
    if not model:
        pytest.skip("GGUF_TEST_MODEL にGGUFのパスを書き、pip install -e '.[local-llm]' を実行すると試す")
    with closing(LocalModel(Path(model), find_program(server))) as local:
        probe(local.chat_model(120), timeout_s=120)
    assert not local.alive
