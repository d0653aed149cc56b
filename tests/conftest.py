"""What all rooms share: the real embedding model, built once and kept between runs, and a process without settings of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.e5 import NAME, build_e5_folder

_REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def e5_folder() -> Path:
    """The built-in model's folder, in E5_TEST_MODELS or `.tenkyo-test/models`. Tests must not change it."""
    folder = Path(os.environ.get("E5_TEST_MODELS") or _REPOSITORY / ".tenkyo-test" / "models").resolve() / NAME
    build_e5_folder(folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_developer() -> Iterator[None]:
    """Takes every TENKYO_ name out of the environment while tests run."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.upper().startswith("TENKYO_")]:
            patch.delenv(name)
        yield
