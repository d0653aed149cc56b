"""Documents that come and go while the server runs."""

import threading
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient
from filelock import FileLock

from assistant import library_desk
from assistant.api import create_app
from assistant.compose import open_service
from assistant.library_desk import LibraryDesk, safe_name
from assistant.quarantine import KEPT, Quarantine
from corpus.errors import DocumentError
from index.errors import IngestBusy, StorageError

from .invented import Place

HARBOUR = "みなと町の防波堤\n\n　みなと町の防波堤の延長は、1,870メートルである。\n".encode()
LONGER = "みなと町の防波堤\n\n　みなと町の防波堤の延長は、2,340メートルである。\n".encode()
QUESTION = {"question": "みなと町の防波堤の延長は何メートルですか？"}


@pytest.fixture
def live(own: Place) -> Iterator[TestClient]:
    with closing(open_service(own.settings)) as service:
        yield TestClient(create_app(service, LibraryDesk(own.home)), raise_server_exceptions=False)


def upload(client: TestClient, name: str, data: bytes) -> Any:
    return client.post("/v1/documents", files={"file": (name, data, "text/plain")})


def ids(client: TestClient) -> list[str]:
    return [d["id"] for d in client.get("/v1/documents").json()["documents"]]


def kept(home: Path) -> dict[str, bytes]:
    folder = home / "uploads"
    return {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()} if folder.is_dir() else {}


def test_an_uploaded_document_answers_at_once_changes_and_goes_again(live: TestClient, own: Place) -> None:
    assert live.post("/v1/ask", json=QUESTION).json()["abstained"]

    added = upload(live, "minato.txt", HARBOUR)
    assert added.status_code == 201, added.text
    assert added.json()["added"] == ["minato"]
    assert ids(live) == ["kita-cases", "minami-plan", "minami-report", "minato"]
    answer = live.post("/v1/ask", json=QUESTION).json()
    assert "1,870" in answer["answer"]
    assert answer["citations"][0]["document_id"] == "minato"

    assert upload(live, "minato.txt", LONGER).json()["changed"] == ["minato"]
    assert "2,340" in live.post("/v1/ask", json=QUESTION).json()["answer"]
    assert kept(own.home) == {"minato.txt": LONGER}

    removed = live.delete("/v1/documents/minato")
    assert removed.status_code == 200
    assert removed.json()["removed"] == ["minato"]
    assert ids(live) == ["kita-cases", "minami-plan", "minami-report"]
    assert kept(own.home) == {}
    assert live.post("/v1/ask", json=QUESTION).json()["abstained"]


def test_an_unreadable_upload_leaves_everything_as_it_was(live: TestClient, own: Place) -> None:
    assert upload(live, "minato.txt", HARBOUR).status_code == 201
    refused = upload(live, "minato.txt", b"\0\1\2\3" * 50)
    assert refused.status_code == 422
    assert "ください" in refused.json()["detail"]
    assert kept(own.home) == {"minato.txt": HARBOUR}
    assert "1,870" in live.post("/v1/ask", json=QUESTION).json()["answer"]

    assert upload(live, "leer.txt", b" \n").status_code == 422
    assert kept(own.home) == {"minato.txt": HARBOUR}

    ledger = live.get("/v1/documents").json()
    assert [q["file"].partition("-")[2] for q in ledger["quarantine"]] == ["minato.txt", "leer.txt"]
    assert ledger["quarantine"][0]["reason"] == refused.json()["detail"]
    assert ledger["failures"] == []


@pytest.mark.parametrize("name", ["bild.png", "manifest.toml", "ohne", "..", ".txt", "/"])
def test_a_file_of_an_unknown_kind_is_refused(client: TestClient, indexed: Place, name: str) -> None:
    response = upload(client, name, HARBOUR)
    assert response.status_code == 422
    assert "形式" in response.json()["detail"]
    assert kept(indexed.home) == {}


def test_an_upload_never_takes_the_place_of_a_document_of_the_folder(client: TestClient, indexed: Place) -> None:
    response = upload(client, "kita-cases.txt", HARBOUR)
    assert response.status_code == 422
    assert "ファイル名を変えて" in response.json()["detail"]
    assert kept(indexed.home) == {}


def zipped(**members: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.txt", data)
    return out.getvalue()


def test_a_member_of_an_uploaded_zip_takes_no_place_either(live: TestClient, own: Place) -> None:
    refused = upload(live, "paket.zip", zipped(**{"kita-cases": HARBOUR}))
    assert refused.status_code == 422
    assert "ファイル名を変えて" in refused.json()["detail"]
    assert kept(own.home) == {}
    mixed = upload(live, "paket.zip", zipped(**{"kita-cases": HARBOUR, "minato": HARBOUR}))
    assert mixed.status_code == 201
    assert (mixed.json()["added"], len(mixed.json()["failed"])) == (["minato"], 1)
    assert next(d["title"] for d in live.get("/v1/documents").json()["documents"]) == "地域産業の取組事例集"


def test_what_is_said_of_an_upload_describes_it_until_it_goes(live: TestClient, own: Place) -> None:
    said = {"title": "防波堤の「記録」", "publisher": "みなと町", "published": "2024-03"}
    files = {"file": ("minato.txt", HARBOUR, "text/plain")}
    assert live.post("/v1/documents", files=files, data=said).status_code == 201
    [document] = [d for d in live.get("/v1/documents").json()["documents"] if d["id"] == "minato"]
    assert {name: document[name] for name in said} == said
    assert live.delete("/v1/documents/minato").status_code == 200
    assert kept(own.home) == {}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("計画.pdf", "計画.pdf"),
        ("../../etc/plan.txt", "plan.txt"),
        ("C:\\evil\\plan.txt", "plan.txt"),
        ("plan\u202etxt.pdf", "plantxt.pdf"),
        ("a\x00b|c?.txt", "ab_c_.txt"),
        (" .plan.txt. ", "plan.txt"),
        ("あ" * 300 + ".txt", "あ" * 80 + ".txt"),
        ("NUL.txt", ""),
        ("manifest.toml", ""),
        ("..", ""),
        ("", ""),
    ],
)
def test_names_lose_what_leads_elsewhere_or_misleads(given: str, name: str) -> None:
    assert safe_name(given) == name


def test_the_quarantine_keeps_the_newest_only(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path)
    for n in range(KEPT + 3):
        (tmp_path / f"{n:03}.txt").write_bytes(b"x")
        quarantine.keep(tmp_path / f"{n:03}.txt", f"理由{n}")
    found = quarantine.listed()
    assert len(found) == KEPT
    assert (found[-1].file[-7:], found[-1].reason) == (f"{KEPT + 2:03}.txt", f"理由{KEPT + 2}")
    assert len(list((tmp_path / "quarantine").iterdir())) == 2 * KEPT


def test_an_upload_without_a_file_is_refused(client: TestClient) -> None:
    response = client.post("/v1/documents", data={"x": "y"})
    assert response.status_code == 422
    assert "file" in response.json()["detail"]


def test_a_name_stays_inside_the_uploads(indexed: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = LibraryDesk(indexed.home)
    ran: list[tuple[str, ...]] = []

    def run(*arguments: str) -> dict[str, Any]:
        ran.append(arguments)
        raise DocumentError("いいえ。")

    monkeypatch.setattr(desk, "_run", run)
    for name in ("../../evil.txt", "C:\\evil.txt", "a/b\x00c.txt"):
        with pytest.raises(DocumentError):
            desk.add(name, BytesIO(HARBOUR))
    assert [Path(arguments[-1]).parent for arguments in ran] == [indexed.home / "uploads"] * 3
    assert kept(indexed.home) == {}


def test_an_upload_that_is_too_large_is_refused_and_not_kept(indexed: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_desk, "MAX_UPLOAD_BYTES", 10_000_000)
    with pytest.raises(DocumentError, match="10MB以下"):
        LibraryDesk(indexed.home).add("gross.txt", BytesIO(b"a" * 10_000_001))
    assert kept(indexed.home) == {}


def test_a_full_disk_is_told_and_nothing_is_kept(indexed: Place) -> None:
    class Full:
        def read(self, size: int = -1) -> bytes:
            del size
            raise OSError(28, "No space left on device")

    with pytest.raises(StorageError, match="空き容量"):
        LibraryDesk(indexed.home).add("minato.txt", cast(BinaryIO, Full()))
    assert kept(indexed.home) == {}


def test_while_another_ingest_runs_an_upload_is_told_so(own: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_desk, "_WAIT_S", 0.1)
    with FileLock(own.home / "ingest.lock"), pytest.raises(IngestBusy, match="実行中"):
        LibraryDesk(own.home).add("minato.txt", BytesIO(HARBOUR))
    assert kept(own.home) == {}


def test_questions_are_answered_while_an_upload_is_indexed(live: TestClient) -> None:
    statuses: list[int] = []
    uploading = threading.Thread(target=lambda: statuses.append(upload(live, "minato.txt", HARBOUR).status_code))
    uploading.start()
    answers = 0
    while uploading.is_alive():
        assert live.post("/v1/ask", json=QUESTION).status_code == 200
        answers += 1
    uploading.join()
    assert statuses == [201]
    assert answers > 1
