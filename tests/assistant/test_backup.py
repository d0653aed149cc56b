"""Backup, wipe, restore: the same answers. What is damaged, foreign or would overwrite is refused before anything is touched."""

import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.audit_commands import record_command
from assistant.backup import MANIFEST, back_up
from assistant.cli import main
from assistant.compose import open_audit_store, open_service
from assistant.ingesting import ingest, rebuild
from assistant.problems import BackupError
from assistant.restore import put_back
from index.ledger import Ledger

from .answers import answer
from .invented import FOUNDED, MEMBERS, NOT_HELD, Place, link_model

QUESTIONS = (MEMBERS, FOUNDED, NOT_HELD, "みなと町の防波堤の延長は？")


def answers(place: Place) -> list[tuple[str, Any]]:
    with closing(open_service(place.settings, once=True)) as service:
        return [(a.answer, a.citations) for a in map(service.ask, QUESTIONS)]


def uploaded(place: Place) -> None:
    """Puts a file among the uploads and records an answer."""
    (place.home / "uploads").mkdir()
    path = place.home / "uploads" / "minato.txt"
    path.write_text("みなと町の防波堤の延長は、1,870メートルである。\n", encoding="utf-8")
    ingest(place.settings, [path], "upload", quiet=True)
    record_command(place.settings, answer())


def test_backup_wipe_restore_gives_the_same_answers(
    own: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    uploaded(own)
    before = answers(own)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TENKYO_HOME", str(own.home))
    monkeypatch.setenv("TENKYO_DOCUMENTS", str(own.documents))
    assert main(["backup", "safe/tenkyo.zip"]) == 0
    model = (own.home / "models" / "multilingual-e5-small").resolve()
    shutil.rmtree(own.home)
    elsewhere = Place(tmp_path / "other-home", own.documents)
    link_model(elsewhere.home, model)
    monkeypatch.setenv("TENKYO_HOME", str(elsewhere.home))
    assert main(["restore", "safe/tenkyo.zip"]) == 0
    assert "4文書" in capsys.readouterr().out
    assert answers(elsewhere) == before
    with closing(Ledger(elsewhere.home / "ledger.sqlite3", read_only=True)) as ledger:
        (path,) = [d.path for d in ledger.documents() if d.origin == "upload"]
    assert Path(path) == elsewhere.home / "uploads" / "minato.txt"
    assert main(["audit", "export"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a1"


def test_a_backup_while_the_audit_is_open_holds_a_whole_database(own: Place, tmp_path: Path) -> None:
    with closing(open_audit_store(own.settings)):
        sizes = back_up(own.home, tmp_path / "b.zip", 0)
    assert {"ledger.sqlite3", "embeddings.sqlite3", "audit.sqlite3"} <= set(sizes)
    assert not [name for name in sizes if name.startswith(("index", "models")) or name.endswith(("-wal", "-shm"))]
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_state_is_not_overwritten_unless_told(own: Place, tmp_path: Path) -> None:
    uploaded(own)
    back_up(own.home, tmp_path / "b.zip", 0)
    (own.home / "later.txt").write_text("x")
    with pytest.raises(BackupError, match="--force"):
        put_back(tmp_path / "b.zip", own.home, force=False, wait_s=0)
    assert (own.home / "later.txt").exists()
    put_back(tmp_path / "b.zip", own.home, force=True, wait_s=0)
    assert not (own.home / "later.txt").exists()
    assert [d.id for d in rebuild(own.settings).documents] == ["kita-cases", "minami-plan", "minami-report", "minato"]
    assert [p.name for p in own.home.iterdir() if p.name.startswith(".")] == []


def test_nothing_to_back_up_is_told(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="tenkyo ingest"):
        back_up(tmp_path / "none", tmp_path / "b.zip", 0)
    assert not (tmp_path / "b.zip").exists()


def test_a_backup_that_cannot_be_written_leaves_nothing(own: Place, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BackupError, match="空き容量"):
        back_up(own.home, tmp_path / "file" / "b.zip", 0)


@pytest.fixture
def sound(indexed: Place, tmp_path: Path) -> dict[str, bytes]:
    """The entries of a sound backup by name."""
    back_up(indexed.home, tmp_path / "sound.zip", 0)
    with zipfile.ZipFile(tmp_path / "sound.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without_manifest(entries: dict[str, bytes]) -> None:
    del entries[MANIFEST]


def flipped(entries: dict[str, bytes]) -> None:
    entries["ledger.sqlite3"] = entries["ledger.sqlite3"][:-1] + b"?"


def longer(entries: dict[str, bytes]) -> None:
    entries["ledger.sqlite3"] += b"?" * 5_000_000


def missing(entries: dict[str, bytes]) -> None:
    del entries["embeddings.sqlite3"]


def unlisted(entries: dict[str, bytes]) -> None:
    entries["extra.txt"] = b"x"


def renamed(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(entries: dict[str, bytes]) -> None:
        facts = json.loads(entries[MANIFEST])
        facts["files"][name] = facts["files"].pop("ledger.sqlite3")
        entries[name] = entries.pop("ledger.sqlite3")
        entries[MANIFEST] = json.dumps(facts).encode()

    return change


def newer(entries: dict[str, bytes]) -> None:
    entries[MANIFEST] = json.dumps(json.loads(entries[MANIFEST]) | {"format": 99}).encode()


@pytest.mark.parametrize(
    "change",
    [
        without_manifest,
        flipped,
        longer,
        missing,
        unlisted,
        newer,
        *map(renamed, ("../evil", "/evil", "a/../../evil", "a\\..\\evil", "index/CURRENT", "./evil")),
    ],
)
def test_a_backup_that_is_not_sound_touches_nothing(
    sound: dict[str, bytes], tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    change(sound)
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        for name, data in sound.items():
            archive.writestr(name, data)
    home = tmp_path / "deep" / "home"
    with pytest.raises(BackupError):
        put_back(tmp_path / "bad.zip", home, force=False, wait_s=0)
    assert list(home.iterdir()) == []
    assert not list(tmp_path.rglob("*evil*"))


def test_a_link_in_a_backup_is_refused(sound: dict[str, bytes], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        for name, data in sound.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK if name == "ledger.sqlite3" else stat.S_IFREG) << 16
            archive.writestr(info, data)
    with pytest.raises(BackupError, match="名前は使えません"):
        put_back(tmp_path / "bad.zip", tmp_path / "home", force=False, wait_s=0)


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 cut off"])
def test_what_is_no_archive_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(BackupError, match="戻せません"):
        put_back(tmp_path / "b.zip", tmp_path / "home", force=False, wait_s=0)
    with pytest.raises(BackupError, match="戻せません"):
        put_back(tmp_path / "nowhere.zip", tmp_path / "home", force=False, wait_s=0)
