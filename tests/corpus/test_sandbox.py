"""Whatever the work does, the caller goes on: it gets an answer or a reason, in time."""

import os
import sys
import time
from collections.abc import Iterator

import pytest

from corpus.errors import DocumentError
from corpus.sandbox import Message, Sandbox, SandboxFailed

WORK = "tests.corpus.hostile_work"
MEMORY = 400_000_000


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(MEMORY) as opened:
        yield opened


def call(sandbox: Sandbox, function: str, timeout_s: float = 20, **data: object) -> Message:
    return sandbox.call(f"{WORK}:{function}", dict(data), "計画.pdf", timeout_s)


def test_answers_come_back_whole_and_from_one_process(sandbox: Sandbox) -> None:
    first, second = call(sandbox, "echo", said="典拠"), call(sandbox, "echo")
    assert (first.data["said"], list(first.blobs)) == ("典拠", [b"\0\xff" * 5, b""])
    assert first.data["pid"] == second.data["pid"] != os.getpid()


def test_work_that_does_not_end_is_stopped_in_time(sandbox: Sandbox) -> None:
    begun = time.monotonic()
    with pytest.raises(SandboxFailed, match=r"計画.pdf の処理が1秒で終わらない"):
        call(sandbox, "hang", 1)
    assert time.monotonic() - begun < 5
    assert call(sandbox, "echo").data["pid"]


@pytest.mark.parametrize(
    ("function", "data", "reason"),
    [("crash", {}, "SIGSEGV"), ("leave", {"code": 3}, "終了コード3"), ("leave", {"code": 0}, "終了コード0")],
)
def test_work_that_takes_its_process_down_is_a_reason(
    sandbox: Sandbox, function: str, data: dict[str, object], reason: str
) -> None:
    with pytest.raises(SandboxFailed, match=rf"計画.pdf .*{reason}"):
        call(sandbox, function, **data)
    assert call(sandbox, "echo").data["pid"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds the limit of memory")
def test_work_that_needs_too_much_memory_is_a_reason(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxFailed, match="許されたメモリー（400MB）"):
        call(sandbox, "eat", bytes=10**9)
    assert call(sandbox, "eat", bytes=10**6).data["size"] == 10**6


def test_only_a_fresh_process_says_that_a_file_is_at_fault() -> None:
    with Sandbox(MEMORY) as sandbox:
        first, second = call(sandbox, "second_time_only"), call(sandbox, "second_time_only")
    assert first.data["pid"] != second.data["pid"]


def test_errors_of_the_work_keep_their_words(sandbox: Sandbox) -> None:
    with pytest.raises(DocumentError, match=r"^計画.txt は読めません。$"):
        call(sandbox, "refuse", name="計画.txt")
    with pytest.raises(DocumentError, match=r"計画.pdf を読み取れません（KeyError: 'a\\nlong story'）"):
        call(sandbox, "stumble")
    pid = call(sandbox, "echo").data["pid"]
    with pytest.raises(DocumentError):
        call(sandbox, "stumble")
    assert call(sandbox, "echo").data["pid"] == pid  # neither costs a process


def test_the_process_knows_no_setting_and_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENKYO_API_KEYS", "a:reader:secret")
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    with Sandbox(MEMORY) as sandbox:
        names = call(sandbox, "environment").data["names"]
    assert not [name for name in names if "KEY" in name or name.startswith("TENKYO_")]


def test_a_closed_sandbox_leaves_no_process() -> None:
    with Sandbox(MEMORY) as sandbox:
        pid = call(sandbox, "echo").data["pid"]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
