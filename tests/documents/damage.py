"""Damage to office files: bytes changed anywhere, and pieces put into their XML parts."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

Changes = list[tuple[int, int]]
Pieces = list[tuple[int, bytes]]


def changes(data: bytes) -> Any:
    """One to twelve places of `data`, each with its new byte."""
    return st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), min_size=1, max_size=12)


def pieces(own: bytes, max_size: int) -> Any:
    """What is put where: nothing, XML's own signs, numbers out of bounds, and `own`, a word of the format."""
    piece = st.sampled_from([b"", b"<", b"9" * 30, b"-1", own, b"\0"])
    return st.lists(st.tuples(st.integers(0, 100_000), piece), max_size=max_size)


def changed(data: bytes, made: Changes) -> bytes:
    damaged = bytearray(data)
    for at, value in made:
        damaged[at] = value
    return bytes(damaged)


def changed_inside(data: bytes, names: Sequence[str], made: Pieces) -> bytes:
    """A ZIP file whose parts `names` have the pieces in place of as many of their bytes."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for at, piece in made:
        name = names[at % len(names)]
        place = at % len(parts[name])
        parts[name] = parts[name][:place] + piece + parts[name][place + len(piece) :]
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as fresh:
        for name, part in parts.items():
            fresh.writestr(name, part)
    return out.getvalue()
