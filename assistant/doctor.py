"""`tenkyo doctor`: what is wrong with this installation, and what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.compose import ingest_plan, make_embedder
from assistant.settings import Settings
from corpus.errors import TenkyoError
from corpus.folder import find_sources
from corpus.ocr import INSTALL, languages
from index.e5 import check_e5_folder
from index.generation import Stamp, open_current, require_fresh


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    ok: bool
    text: str


def _try(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, True, look())
    except TenkyoError as error:
        return Finding(subject, False, error.message)


def examine(settings: Settings) -> tuple[Finding, ...]:
    """All findings, settings first; a problem's text says what to do."""
    return tuple(_findings(settings))


def _findings(settings: Settings) -> Iterator[Finding]:
    yield Finding("設定", True, f"TENKYO_HOME={settings.home} TENKYO_DOCUMENTS={settings.documents}")
    yield _try(
        "APIキー",
        lambda: f"{len(settings.keys())}個" if settings.keys() else "なし（このコンピューターからだけ使えます）",
    )
    yield _writable(settings.home)
    yield _try("文書", lambda: f"{len(find_sources([settings.documents]))}ファイル")
    yield _model(settings)
    yield _try("索引", lambda: _index(settings))
    yield _llm(settings)
    yield _fonts()
    yield _ocr()


def _writable(home: Path) -> Finding:
    folder = home if home.exists() else home.resolve().parent
    if not os.access(folder, os.W_OK):
        return Finding("書き込み", False, f"{folder} に書き込めません。権限を直すか TENKYO_HOME を変えてください。")
    free = shutil.disk_usage(folder).free
    if free < 1_000_000_000:
        return Finding("空き容量", False, f"{folder} の空きが{free // 1_000_000}MBです。1GB以上にしてください。")
    return Finding("空き容量", True, f"{free // 1_000_000_000}GB")


def _model(settings: Settings) -> Finding:
    if settings.embedding:
        return _try("埋め込みモデル", lambda: f"{settings.embedding}（{make_embedder(settings).fingerprint}）")
    folder = settings.home / "models" / "multilingual-e5-small"
    if not folder.is_dir():
        return Finding("埋め込みモデル", True, "内蔵モデル（最初の取り込みで展開します）")
    problems = check_e5_folder(folder, full=True)
    if problems:
        return Finding("埋め込みモデル", False, f"{problems[0]} {folder} を消して `tenkyo ingest` を実行してください。")
    return Finding("埋め込みモデル", True, "内蔵の multilingual-e5-small")


def _index(settings: Settings) -> str:
    generation = open_current(settings.home)
    try:
        plan = ingest_plan(settings)
        require_fresh(generation.stamp, Stamp.of("", plan.max_tokens, make_embedder(settings).fingerprint, plan.store))
        documents = generation.ledger.documents()
        return f"{generation.name}（{len(documents)}文書 {sum(d.pages for d in documents)}ページ）"
    finally:
        generation.close()


def _llm(settings: Settings) -> Finding:
    if not settings.llm:
        return Finding("言語モデル", True, "なし（内蔵リーダーが答えます）")
    from assistant.chat_model import make_chat_model, probe
    from assistant.local_llm import LOCAL_TIMEOUT_S, PREFIX, LocalModel, find_program, model_path, require_gguf

    def look() -> str:
        if settings.llm.startswith(PREFIX):
            require_gguf(model_path(settings.llm))  # what is wrong with the file is told before what is not installed
            program = find_program(settings.llama_server)
            with closing(LocalModel(model_path(settings.llm), program)) as local:
                probe(local.chat_model(LOCAL_TIMEOUT_S))
            return f"{settings.llm} が応答しました（{program.path}）"
        probe(make_chat_model(settings.llm, settings.llm_base_url, settings.llm_api_key.get_secret_value()))
        return f"{settings.llm} が応答しました"

    return _try("言語モデル", look)


def _fonts() -> Finding:
    listing = shutil.which("fc-list")
    if listing is None:
        return Finding("日本語フォント", True, "調べられません（fc-list がありません）")
    found = subprocess.run([listing, ":lang=ja", "family"], capture_output=True, text=True, check=False).stdout.strip()
    if not found:
        return Finding("日本語フォント", False, "ありません。`apt-get install fonts-noto-cjk` などで入れてください。")
    return Finding("日本語フォント", True, found.splitlines()[0])


def _ocr() -> Finding:
    """Optional: only scans need it."""
    found = languages()
    if "jpn" not in found:
        return Finding("OCR", True, f"なし（文字のないPDFは読めません。入れるときは {INSTALL}）")
    if "jpn_vert" not in found:
        return Finding("OCR", True, f"Tesseract（横書きだけ。縦書きも読むには {INSTALL}）")
    return Finding("OCR", True, "Tesseract（横書き・縦書き）")
