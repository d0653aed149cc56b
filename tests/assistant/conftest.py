"""Three invented documents with real parts around them: model, Chroma, index, service, HTTP server, command line."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.compose import LiveService, open_service
from assistant.ingesting import ingest
from assistant.library_desk import LibraryDesk
from assistant.settings import Settings

PLAN = {
    "i": "みなみ広域ものづくり推進計画\n\nみなみ県産業労働部\n",
    "ii": "はじめに\n\n　本計画は、みなみ県の製造業の競争力を高めるため、平成22年3月に策定した。\n　計画の期間は、平成22年度から平成26年度までの５年間とする。\n",
    "1": (
        "第１章　協議会の設立\n\n　みなみ広域ものづくり協議会は、平成20年7月14日に設立された。\n"
        "　初代会長には、みなみ工科大学の早瀬岳人学長が就任した。\n　事務局は、みなみ県庁の産業振興課に置かれている。\n\n"
        "■ 発足時の体制\n　・発足時の会員数　１２０（うち企業会員　８５社）\n　・年会費　３万円\n"
    ),
    "2": (
        "第２章　予算\n\n　協議会の予算は、次の表のとおりである。\n\n表１　協議会の予算の推移（単位：千円）\n\n"
        "| 年度 | 予算額 | うち県補助金 |\n|---|---|---|\n| 平成20年度 | 12,500 | 6,000 |\n| 平成21年度 | 18,340 | 8,200 |\n"
        "| 平成22年度 | 25,010 | 9,900 |\n"
    ),
    "4": (
        "第３章　数値目標\n\n　平成26年度までに、製造品出荷額を２兆円とする。\n"
        "　新製品の開発件数は、年間４５件を目標とする。\n　支援機関とは、企業の研究開発を助ける大学や公設試験場をいう。\n"
    ),
    "別表1": "別表１　部会の一覧\n\n　・医療機器部会（部会長：大河原製作所）\n　・航空機部会（部会長：桐生精機）\n　・食品機械部会（部会長：みなみ冷機）\n",
    "参考1/2": "参考資料\n\n　みなみ県の面積は、4,321平方キロメートルである。\n",
}
CASES = (
    "事例１　きた湾水産加工クラスター\n\n　きた湾水産加工協同組合は、昭和58年4月に設立された。\n　組合員数は46社、従業員数は1,280人である。\n",
    "事例２　ひがし木材活用会議\n\n　ひがし木材活用会議は、2011年に発足した。\n　木質バイオマス発電の出力は5,700キロワットである。\n",
)
REPORT = (
    "みなみ県ものづくり白書\n\n　みなみ広域ものづくり協議会の発足時の会員数は125である。\n　県内の製造業の事業所数は3,204か所である。\n",
)
MANIFEST = """
[[document]]
file = "minami-plan.txt"
title = "みなみ広域ものづくり推進計画"
publisher = "みなみ県産業労働部"
published = "2010-03"
page_labels = ["i", "ii", "1", "2", "4", "別表1", "参考1/2"]
note = "3頁は欠けている"

[[document]]
file = "kita-cases.txt"
title = "地域産業の取組事例集"
publisher = "きた県"
published = "2012"
locator = "スライド"

[[document]]
file = "minami-report.txt"
title = "みなみ県ものづくり白書"
published = "2011"
"""
MEMBERS = "みなみ広域ものづくり協議会の発足時の会員数はいくつですか？"
FOUNDED = "みなみ広域ものづくり協議会はいつ設立されましたか？"
NOT_HELD = "おきなわ鉄道の運賃はいくらですか？"
MAINTAINER, READER = "geheim-maintainer", "geheim-reader"


def write_documents(folder: Path) -> Path:
    """The three documents and their manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "minami-plan.txt").write_text("\f".join(PLAN.values()), encoding="utf-8")
    (folder / "kita-cases.txt").write_text("\f".join(CASES), encoding="utf-8")
    (folder / "minami-report.txt").write_text("\f".join(REPORT), encoding="utf-8")
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    return folder


def make_settings(home: Path, documents: Path, **others: str) -> Settings:
    return Settings(_env_file=None, home=home, documents=documents, **others)  # type: ignore[arg-type,call-arg]


def link_model(home: Path, e5_folder: Path) -> None:
    """Puts the built-in model under `home` without copying its bytes."""
    shutil.copytree(e5_folder, home / "models" / e5_folder.name, copy_function=os.link, dirs_exist_ok=True)


@dataclass(frozen=True)
class Place:
    """A home and a folder of documents."""

    home: Path
    documents: Path

    @property
    def settings(self) -> Settings:
        return make_settings(self.home, self.documents)

    def run(self, *arguments: str, prefix: tuple[str, ...] = (), **names: str) -> subprocess.CompletedProcess[str]:
        """`tenkyo …` in a process of its own, in a folder without `.env`."""
        known = {"TENKYO_HOME": str(self.home), "TENKYO_DOCUMENTS": str(self.documents)}
        return subprocess.run(
            [*prefix, sys.executable, "-m", "assistant.cli", *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            cwd=self.documents.parent,
            env={n: v for n, v in os.environ.items() if not n.startswith("TENKYO_")} | known | names,
        )


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory, e5_folder: Path) -> Place:
    """The documents with their index. Tests must not change them; `own` is for those that do."""
    root = tmp_path_factory.mktemp("tenkyo")
    place = Place(root / "home", write_documents(root / "documents"))
    link_model(place.home, e5_folder)
    report = ingest(place.settings, [], quiet=True)
    assert not report.failed
    return place


@pytest.fixture
def own(tmp_path: Path, indexed: Place) -> Place:
    """A copy of the documents and their index that a test may change."""
    documents = write_documents(tmp_path / "documents")
    home = tmp_path / "home"
    shutil.copytree(indexed.home, home, ignore=shutil.ignore_patterns("models", "*.lock"))
    link_model(home, indexed.home / "models" / "multilingual-e5-small")
    place = Place(home, documents)
    ingest(place.settings, [], quiet=True)  # the paths in the ledger are those of the copy now
    return place


@pytest.fixture(scope="session")
def service(indexed: Place) -> Iterator[LiveService]:
    with closing(open_service(indexed.settings)) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(service: LiveService, indexed: Place) -> TestClient:
    """The API without keys, in this process."""
    return TestClient(create_app(service, LibraryDesk(indexed.home)), raise_server_exceptions=False)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Address of a real server on a free port of loopback."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        deadline = time.monotonic() + 30
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        assert server.started
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="session")
def site(service: LiveService, indexed: Place) -> Iterator[str]:
    with serving(create_app(service, LibraryDesk(indexed.home))) as address:
        yield address


