"""constraints.txt anew: every requirement with its extras, resolved in a fresh environment (`make lock`)."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
LOCK = REPOSITORY / "constraints.txt"
# Newer releases of torch bring several GB of CUDA libraries; of kubernetes (chromadb asks for it, nothing here runs it),
# from 36 on, a second client that doubles its size.
HELD = {"kubernetes", "torch"}
COMPILED = {"local-llm"}  # comes as source for a compiler only: minutes of building for one pin
HEADER = """\
# Exact versions of everything that tenkyo, its extras and its tests need. Written by `make lock`; pip reads it:
#   pip install --constraint constraints.txt --editable .
"""


def requirements() -> list[str]:
    """The project's requirements with those of the extras, without the project itself."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return sorted(
        {
            *project["dependencies"],
            *(r for name, extra in project["optional-dependencies"].items() if name not in COMPILED for r in extra),
        }
    )


def held() -> list[str]:
    """The pins that are raised by hand only, from the present lock."""
    lines = LOCK.read_text(encoding="utf-8").splitlines() if LOCK.is_file() else []
    return [line for line in lines if line.partition("==")[0] in HELD]


def pins(frozen: str) -> list[str]:
    """Lines `name==version` of `pip freeze --all`, by name; local labels (`+cpu`) name a build, not a version."""
    found = re.findall(r"^([\w.-]+)==([^+\s]+)", frozen, re.MULTILINE)
    return sorted((f"{name}=={version}" for name, version in found if name != "pip"), key=str.lower)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pinned = Path(folder) / "held.txt"
        pinned.write_text("\n".join(held()), encoding="utf-8")
        pip = [str(Path(folder) / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", "--constraint", str(pinned), *requirements()], check=True)
        frozen = subprocess.run([*pip, "freeze", "--all"], check=True, capture_output=True, text=True).stdout
    LOCK.write_text(HEADER + "".join(f"{pin}\n" for pin in pins(frozen)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
