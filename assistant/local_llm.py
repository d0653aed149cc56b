"""A GGUF file answered by llama.cpp on this machine: its server as a child process on loopback, started and stopped by tenkyo."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import httpx
from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from assistant import tethered
from assistant.problems import LanguageModelError

_LOG = logging.getLogger(__name__)

PREFIX = "gguf:"
CONTEXT_TOKENS = 4096
MAX_ANSWER_TOKENS = 400
START_TIMEOUT_S = 180.0
LOCAL_EVIDENCE_TOKENS = 400  # a small model reads slowly, and more misleads it
LOCAL_TIMEOUT_S = 180.0  # two cores read 50 tokens of a prompt a second, and write 8
REST_S = 30.0
_MAGIC = b"GGUF"
_LOG_TAIL_CHARS = 600
_INSTALL = (
    "`.venv/bin/pip install -e '.[local-llm]'`（コンパイルに数分と C++ コンパイラーが要ります）で入れるか、"
    "llama.cpp の llama-server を置いて TENKYO_LLAMA_SERVER にそのパスを書いてください。"
)


@dataclass(frozen=True, slots=True)
class Program:
    """What runs the model: llama.cpp's own `llama-server`, or the server of a Python that has llama-cpp-python."""

    path: str
    python: bool

    def command(self, model: Path, port: int) -> list[str]:
        """The command line that serves `model` as an OpenAI-compatible API on 127.0.0.1:`port`."""
        threads = str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
        place = ["--model", str(model), "--host", "127.0.0.1", "--port", str(port)]
        if not self.python:
            return [self.path, *place, "--ctx-size", str(CONTEXT_TOKENS), "--threads", threads, "--parallel", "1"]
        sizes = ["--n_ctx", str(CONTEXT_TOKENS), "--n_threads", threads, "--n_threads_batch", threads]
        # By default a second question would cut the first one's answer off.
        return [
            *(self.path, "-m", "llama_cpp.server", *place, *sizes),
            *("--interrupt_requests", "false", "--verbose", "false"),
        ]

    @property
    def ready_path(self) -> str:
        """Answers 200 as soon as the model is loaded."""
        return "/v1/models" if self.python else "/health"


def find_program(configured: str = "") -> Program:
    """The configured program, else this Python if it has llama-cpp-python, else `llama-server` on PATH.

    Raises LanguageModelError, saying how to install one.
    """
    if configured:
        path = shutil.which(str(Path(configured).expanduser()))
        if path is None:
            raise LanguageModelError(
                f"TENKYO_LLAMA_SERVER={configured} を実行できません。llama-server か、llama-cpp-python を入れた Python のパスにしてください。"
            )
        return Program(path, Path(path).name.startswith("python"))
    if find_spec("llama_cpp") is not None:
        return Program(sys.executable, python=True)
    found = shutil.which("llama-server")
    if found is None:
        raise LanguageModelError(f"GGUFのモデルを動かす llama.cpp がありません。{_INSTALL}")
    return Program(found, python=False)


def require_gguf(path: Path) -> None:
    """Raises LanguageModelError unless `path` is a file that begins as a GGUF file does."""
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        raise LanguageModelError(
            f"モデルのファイル {path} を開けません（{error.strerror}）。TENKYO_LLM={PREFIX}… のパスを直してください。"
        ) from error
    if magic != _MAGIC:
        raise LanguageModelError(
            f"{path} は GGUF のファイルではありません（先頭が GGUF でない）。ダウンロードし直すか、GGUF に変換したファイルを指してください。"
        )


class LocalModel:
    """llama.cpp's server on one GGUF file, from construction until `close`, or until this process ends in whatever way."""

    def __init__(self, model: Path, program: Program, start_timeout_s: float = START_TIMEOUT_S) -> None:
        """Returns when the model is loaded. Raises LanguageModelError with the end of the server's log."""
        require_gguf(model)
        self.model = model
        self._program = program
        self._key = secrets.token_urlsafe(24)
        self._port = _free_port()
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 – `close` closes it
        self._lock = threading.Lock()
        self._closed = False
        self._process = self._started()
        try:
            self._wait_until_ready(start_timeout_s)
        except BaseException:
            self.close()
            raise

    def _started(self) -> subprocess.Popen[bytes]:
        self._begun = time.monotonic()
        return subprocess.Popen(
            [sys.executable, "-I", "-S", tethered.__file__, *self._program.command(self.model, self._port)],
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env=self._environment(),
            start_new_session=True,
        )

    def revive(self) -> None:
        """Starts the server again, on the same port, if it has ended by itself; does not wait until it is ready.

        At most once in `REST_S`: one that ends at once is left alone.
        """
        with self._lock:
            if self._closed or self.alive or time.monotonic() - self._begun < REST_S:
                return
            _LOG.warning("llama.cpp has ended (code %s) and is started again", self._process.returncode)
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process = self._started()

    def _environment(self) -> dict[str, str]:
        """This process's, with the server's key (not on a command line that all may read) and without our own HOST and PORT."""
        ours = {n: v for n, v in os.environ.items() if n not in ("HOST", "PORT") and not n.startswith("TENKYO_")}
        return ours | {"API_KEY": self._key, "LLAMA_API_KEY": self._key}

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def chat_model(self, timeout_s: float) -> BaseChatModel:
        """The LangChain chat model on the server."""
        from langchain_openai import ChatOpenAI

        # A proxy of the network has no business between two processes of one machine.
        return ChatOpenAI(
            model=self.model.stem,
            base_url=self.base_url,
            api_key=SecretStr(self._key),
            temperature=0,
            max_completion_tokens=MAX_ANSWER_TOKENS,
            timeout=timeout_s,
            max_retries=0,
            http_client=httpx.Client(trust_env=False, timeout=timeout_s),
        )

    def close(self) -> None:
        """Ends the server and waits until it is gone."""
        with self._lock:
            self._closed = True
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(2 * tethered.GRACE_S + 1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def _wait_until_ready(self, timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        url = f"http://127.0.0.1:{self._port}{self._program.ready_path}"
        with httpx.Client(trust_env=False, timeout=5, headers={"Authorization": f"Bearer {self._key}"}) as client:
            while not _answers(client, url):
                if not self.alive:
                    raise LanguageModelError(f"llama.cpp がモデル {self.model} を読めずに終わりました。{self._tail()}")
                if time.monotonic() > deadline:
                    raise LanguageModelError(
                        f"llama.cpp が{timeout_s:g}秒たってもモデル {self.model} を読み終えません。空きメモリーとモデルの大きさを確かめてください。{self._tail()}"
                    )
                time.sleep(0.1)

    def _tail(self) -> str:
        """The end of what the server printed, on one line."""
        self._log.seek(0)
        printed = " ".join(self._log.read().decode("utf-8", "replace").split())
        return f"llama.cpp の記録：{printed[-_LOG_TAIL_CHARS:] or '（なし）'}"


def _answers(client: httpx.Client, url: str) -> bool:
    try:
        return client.get(url).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def model_path(llm: str) -> Path:
    """The path of `gguf:/path/to/model.gguf`."""
    return Path(llm.removeprefix(PREFIX)).expanduser()
