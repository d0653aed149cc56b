"""What the project says about itself is true: lock, settings, README, import contracts."""

from __future__ import annotations

import os
import re
import runpy
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from assistant.settings import PREFIX, Settings

REPOSITORY = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}
PACKAGES = ("assistant", "corpus", "eval", "index", "ui")
TREE: dict[str, Any] = runpy.run_path(str(REPOSITORY / "scripts" / "readme_tree.py"))


COMPILED = {"local-llm"}  # comes as source for a compiler; `scripts/lock.py` leaves it out


def _requirements() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"]
    locked = sorted(extras.keys() - COMPILED)
    return [Requirement(r) for r in (*PROJECT["dependencies"], *(r for name in locked for r in extras[name]))]


def _pins() -> dict[str, str]:
    lines = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, _, version in pairs}


def _text_files() -> list[Path]:
    """The files of the repository as git would add them: nothing made by a tool, nothing binary."""
    files = []
    for folder, folders, names in os.walk(REPOSITORY):
        folders[:] = sorted(
            f for f in folders if f == ".ci" or not re.match(r"\.|__pycache__|build$|dist$|.*\.egg-info$", f)
        )
        files.extend(Path(folder, name) for name in sorted(names) if name not in (".env", ".git"))
    return [path for path in files if b"\0" not in path.read_bytes()[:8000]]


def test_every_listed_package_exists_and_every_package_is_listed() -> None:
    assert tuple(sorted(PYPROJECT["tool"]["setuptools"]["packages"])) == PACKAGES
    assert all((REPOSITORY / package / "__init__.py").is_file() for package in PACKAGES)
    assert not [p for package in PACKAGES for p in (REPOSITORY / package).glob("*/__init__.py")]


def test_every_requirement_has_an_upper_bound_or_is_dated() -> None:
    loose = [str(r) for r in _requirements() if not any(s.operator in ("<", "==", "~=") for s in r.specifier)]
    assert sorted(Requirement(r).name for r in loose) == ["packaging", "sudachidict-core"]  # both are versioned by date


def test_the_lock_satisfies_every_requirement() -> None:
    pins = _pins()
    wrong = [
        f"{r} is locked at {pins.get(canonicalize_name(r.name), 'nothing')}: run `make lock`"
        for r in _requirements()
        if canonicalize_name(r.name) not in pins or Version(pins[canonicalize_name(r.name)]) not in r.specifier
    ]
    assert not wrong


def test_the_lock_holds_what_the_requirements_require_in_turn() -> None:
    """Followed through what is installed here; a package that is not installed ends its branch."""
    pins, seen = _pins(), set()
    waiting = [(canonicalize_name(r.name), r.extras) for r in _requirements()]
    while waiting:
        name, extras = waiting.pop()
        if (name, frozenset(extras)) in seen:
            continue
        seen.add((name, frozenset(extras)))
        try:
            found = [Requirement(r) for r in requires(name) or []]
        except PackageNotFoundError:
            continue
        for r in found:
            if r.marker is None or any(r.marker.evaluate({"extra": extra}) for extra in (*extras, "")):
                waiting.append((canonicalize_name(r.name), r.extras))
    installed = {name for name, _ in seen if _is_installed(name)}
    assert sorted(installed - pins.keys()) == [], "what is installed here is not what the lock says"


def _is_installed(name: str) -> bool:
    try:
        requires(name)
    except PackageNotFoundError:
        return False
    return True


def test_the_lock_holds_exact_public_versions_and_no_cuda() -> None:
    lines = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert not [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", pin)]
    assert not [pin for pin in pins if re.match(r"nvidia|cuda|triton|cupy", pin)]
    assert pins == sorted(pins, key=str.lower)
    assert len(pins) == len(_pins())


def test_the_readme_has_a_row_for_every_setting_and_no_other() -> None:
    assert set(re.findall(r"^\| `(TENKYO_\w+)`", README, re.MULTILINE)) == SETTINGS


def test_the_example_of_the_env_file_names_every_setting_and_sets_none() -> None:
    text = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^# (TENKYO_\w+)=", text, re.MULTILINE)) == SETTINGS
    assert not [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ".env.example", "Makefile", ".ci/run"]
)
def test_no_page_names_a_setting_that_does_not_exist(name: str) -> None:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    assert set(re.findall(rf"\b{PREFIX}[A-Z]+(?:_[A-Z]+)*", text)) <= SETTINGS


def test_the_tree_of_the_readme_is_what_the_docstrings_say() -> None:
    assert TREE["with_tree"](README, TREE["tree"]()) == README, "run `make format` (scripts/readme_tree.py)"


def test_the_tree_of_the_readme_names_every_module_once() -> None:
    block = README.partition(TREE["BEGIN"])[2].partition(TREE["END"])[0]
    for room in TREE["ROOMS"]:
        part = re.search(rf"^{room}/ .*\n((?:  .*\n)*)", block, re.MULTILINE)
        assert part is not None, room
        listed = re.findall(r"^  (\S+\.py) ", part[1], re.MULTILINE)
        assert listed == sorted(p.name for p in (REPOSITORY / room).glob("*.py") if p.name != "__init__.py")


def test_every_file_that_the_pages_point_to_exists() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        paths = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
        paths += re.findall(r"`((?:assistant|corpus|index|ui|eval|scripts|benchmarks)/[\w./]*)`", text)
        assert paths
        assert [p for p in paths if not (REPOSITORY / p).exists()] == []


def test_the_readme_names_every_command() -> None:
    cli = (REPOSITORY / "assistant" / "cli.py").read_text(encoding="utf-8")
    commands = set(re.findall(r'\bcommand\(\s*"(\w+)"', cli))
    assert commands
    assert set(re.findall(r"^\| `tenkyo (\w+)", README, re.MULTILINE)) == commands


def test_the_changelog_has_a_section_for_what_is_not_released() -> None:
    assert "\n## Unreleased\n" in (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_file_names_a_folder_of_one_machine() -> None:
    """Paths of somebody's computer, and of what lies beside this clone, mean nothing to a reader."""
    foreign = re.compile(r"(?<![\w.~*-])/(?:work|root|home|Users|opt|mnt)/(?!\*)|\.\./shared\b|\bfar[m]-[a-z]+\b")
    found = [
        f"{path.relative_to(REPOSITORY)}: {match[0]}"
        for path in _text_files()
        if path != Path(__file__)
        for match in [foreign.search(path.read_text(encoding="utf-8", errors="replace"))]
        if match
    ]
    assert not found


def test_the_import_contracts_cover_all_packages() -> None:
    linter = PYPROJECT["tool"]["importlinter"]
    layers = next(c for c in linter["contracts"] if c["type"] == "layers")["layers"]
    assert tuple(sorted(linter["root_packages"])) == PACKAGES
    assert [tuple(layer.split(" | ")) for layer in layers] == [("ui", "eval"), ("assistant",), ("index",), ("corpus",)]
    assert any(c["type"] == "forbidden" and c["source_modules"] == ["corpus", "index"] for c in linter["contracts"])


def test_ci_runs_what_the_developers_run() -> None:
    ci = REPOSITORY / ".ci" / "run"
    assert ci.stat().st_mode & 0o111
    assert ci.read_text(encoding="utf-8").rstrip().endswith("make test")
