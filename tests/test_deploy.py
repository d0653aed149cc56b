"""What lies in deploy/ fits the project: its commands, its settings, its files. There is no container engine in the tests."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.cli import _parser
from assistant.ending_server import FINISH_S, HURRY_S
from assistant.settings import PREFIX, Settings

REPOSITORY = Path(__file__).parents[1]
DEPLOY = REPOSITORY / "deploy"
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
UNIT = (DEPLOY / "tenkyo.service").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
PACKAGES = ("assistant", "corpus", "eval", "index", "ui")


def unit() -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(UNIT)
    return parsed


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", "tenkyo.service"])
def test_only_settings_that_exist_are_named(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    named = set(re.findall(rf"\b{PREFIX}[A-Z]+(?:_[A-Z]+)*", text))
    assert named
    assert named <= SETTINGS


def test_every_command_that_is_started_exists() -> None:
    started = re.findall(r"tenkyo (ingest|serve|[a-z]+)(?=$|[\s|\"])", DOCKERFILE.splitlines()[-1])
    started += re.findall(r"^ExecStart(?:Pre)?=-?\S+/tenkyo (\w+)$", UNIT, re.MULTILINE)
    assert sorted(set(started)) == ["ingest", "serve"]
    for command in set(started):
        assert _parser().parse_args([command])


def test_the_image_copies_all_packages_and_all_that_the_build_reads() -> None:
    copied = set(" ".join(re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)).split())
    assert set(PACKAGES) | {"pyproject.toml", "constraints.txt", "README.md", "LICENSE"} == copied
    assert [one for one in copied if not (REPOSITORY / one).exists()] == []
    allowed = {line[1:] for line in (REPOSITORY / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied <= allowed


def test_the_last_stage_builds_nothing_and_runs_as_nobody_special() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert not re.search(r"pip install|apt|gcc|build-essential", last)
    assert "COPY --from=build" in last
    assert re.search(r"^USER tenkyo$", last, re.MULTILINE)
    assert last.index("USER tenkyo") > last.index("RUN")


def test_the_service_is_given_the_time_that_answers_may_take() -> None:
    needed = FINISH_S + HURRY_S + 10
    assert float(unit()["Service"]["TimeoutStopSec"]) >= needed
    assert float(COMPOSE["services"]["tenkyo"]["stop_grace_period"].removesuffix("s")) >= needed


def test_compose_starts_tenkyo_alone_and_the_others_when_named() -> None:
    services = COMPOSE["services"]
    assert {name for name, one in services.items() if "profiles" not in one} == {"tenkyo"}
    assert {p for one in services.values() for p in one.get("profiles", [])} == {"chroma", "llm", "postgresql"}
    built = services["tenkyo"]["build"]
    assert (DEPLOY / built["context"] / built["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    assert all(port.startswith("127.0.0.1:") for port in services["tenkyo"]["ports"])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd: apt-get install systemd")
def test_systemd_reads_the_unit() -> None:
    found = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / "tenkyo.service")], capture_output=True, text=True, check=False
    )
    told = [line for line in found.stderr.splitlines() if "tenkyo.service" in line and "is not executable" not in line]
    assert told == []


def test_the_operators_page_names_only_what_exists() -> None:
    page = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    metrics = (REPOSITORY / "assistant" / "metrics.py").read_text(encoding="utf-8")
    assert set(re.findall(rf"\b{PREFIX}[A-Z]+(?:_[A-Z]+)*", page)) <= SETTINGS
    measured = set(re.findall(r'"(tenkyo_\w+)"', metrics))
    told = {name.removesuffix("_total") for name in re.findall(r"`(tenkyo_[a-z_]+)[`{]", page)}
    assert told == measured
    paths = re.findall(r"`((?:deploy|tests|benchmarks)/[\w./]+)`", page)
    assert paths
    assert [path for path in paths if not (REPOSITORY / path).exists()] == []
