"""The gate of a release: floors and ceilings of gates.toml, and no significant fall against the baseline."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.compare import Comparison
from eval.errors import EvalError
from eval.summary import Summary
from eval.wording import figure_name

GATES = Path(__file__).resolve().parent / "gates.toml"
_LOWER_IS_BETTER = frozenset({"abstain_wrong"})


class Limits(BaseModel):
    """By the path of a figure (Summary.value): the least, the most; `no_fall`: what may not fall significantly."""

    model_config = ConfigDict(extra="forbid")

    floors: dict[str, float] = {}
    ceilings: dict[str, float] = {}
    no_fall: tuple[str, ...] = ()


def read_limits(section: str, path: Path = GATES) -> Limits:
    """The limits of one section. Raises EvalError."""
    try:
        return Limits.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))[section])
    except (OSError, KeyError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise EvalError(
            f"{path} の [{section}] を読めません（{type(error).__name__}）。書き方を直してください。"
        ) from error


def failures(summary: Summary, comparison: Comparison | None, limits: Limits) -> list[str]:
    """A Japanese line for everything that stops the release; figures that the run does not have are passed over."""
    found = []
    for name, floor in sorted(limits.floors.items()):
        value = summary.value(name)
        if value is not None and value < floor:
            found.append(f"{figure_name(name)}（{name}）が {value:.3f} で、下限 {floor:.3f} を下回りました。")
    for name, ceiling in sorted(limits.ceilings.items()):
        value = summary.value(name)
        if value is not None and value > ceiling:
            found.append(f"{figure_name(name)}（{name}）が {value:.3f} で、上限 {ceiling:.3f} を上回りました。")
    if summary.errors:
        found.append(f"{summary.errors}問がエラーで終わりました。")
    for name in limits.no_fall if comparison else ():
        change = comparison.differences.get(name) if comparison else None
        if change is None:
            continue
        worse = change.reversed() if name in _LOWER_IS_BETTER else change
        if worse.is_fall:
            found.append(
                f"{figure_name(name)}（{name}）が基準より {change.difference:+.3f}（95%区間 {change.low:+.3f}〜{change.high:+.3f}、p={change.p:.3f}）と有意に悪くなりました。"
            )
    return found
