"""Real parts around the invented documents: model, Chroma, index, service, HTTP server."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.cli import main
from assistant.compose import LiveService, open_service
from assistant.ingesting import ingest
from assistant.library_desk import LibraryDesk

from .invented import Place, link_model, write_documents
from .live_server import serving

Run = Callable[..., tuple[int, str, str]]


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
    """A copy of the documents and their index that a test may change; nobody has asked it anything yet."""
    documents = write_documents(tmp_path / "documents")
    home = tmp_path / "home"
    shutil.copytree(indexed.home, home, ignore=shutil.ignore_patterns("models", "*.lock", "audit*"))
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


@pytest.fixture(scope="session")
def site(service: LiveService, indexed: Place) -> Iterator[str]:
    with serving(create_app(service, LibraryDesk(indexed.home))) as address:
        yield address


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, indexed: Place, tmp_path: Path) -> Run:
    """Runs a command in this process on the indexed documents, or on another home: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, **names: str | Path) -> tuple[int, str, str]:
        for name, value in ({"HOME": indexed.home, "DOCUMENTS": indexed.documents} | names).items():
            monkeypatch.setenv(f"TENKYO_{name}", str(value))
        code = main(arguments)
        out = capsys.readouterr()
        return code, out.out, out.err

    return run
