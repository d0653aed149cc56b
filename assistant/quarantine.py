"""Uploads that could not be read, set aside with the reason, so that a maintainer can look at them."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

KEPT = 50  # files; the oldest go
_REASON = ".reason.txt"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """`file` is its name in the folder `quarantine`; it begins with the time (UTC) at which it came."""

    file: str
    reason: str


class Quarantine:
    """The folder `quarantine` under `home`. Nothing in it is ever opened by tenkyo."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "quarantine"

    def keep(self, path: Path, reason: str) -> None:
        """Moves the file at `path` here. What cannot be kept is left where it is."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            name = f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{path.name}"
            (self._folder / f"{name}{_REASON}").write_text(reason + "\n", encoding="utf-8")
            shutil.move(path, self._folder / name)
            (self._folder / name).chmod(0o600)
            for one in self._files()[:-KEPT]:
                one.unlink()
                one.with_name(one.name + _REASON).unlink(missing_ok=True)
        except OSError:
            return

    def listed(self) -> tuple[Quarantined, ...]:
        """Oldest first."""
        return tuple(Quarantined(one.name, self._reason(one)) for one in self._files())

    def _files(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return sorted(one for one in self._folder.iterdir() if not one.name.endswith(_REASON))

    def _reason(self, path: Path) -> str:
        try:
            return path.with_name(path.name + _REASON).read_text(encoding="utf-8").strip()
        except OSError:
            return ""
