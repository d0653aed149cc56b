"""Fits how sure the built-in reader is that the documents hold what is asked (assistant/sureness.json).

`python -m scripts.fit_sureness signs NAME QUESTIONS.jsonl …` asks the questions with abstaining switched off, on the index that
TENKYO_HOME and TENKYO_DOCUMENTS name, and adds a line for each to eval/training/sureness.csv: the set's name, whether the documents
hold the answer, and the signs; no text. Answers that are wrong although the documents hold one teach nothing and are left out.
`python -m scripts.fit_sureness fit` fits the weights (scikit-learn, extra `models`) and prints, for each threshold, what would be
answered and refused in sets that were left out of the fit.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.abstention import Thresholds, first_lack
from assistant.question import Question
from assistant.reader import BuiltInReader
from assistant.scoring import Scored
from assistant.settings import Settings
from assistant.sureness import signs
from eval.ask import ask_item
from eval.dataset import read_items
from eval.engine import open_local

REPOSITORY = Path(__file__).resolve().parent.parent
TABLE = REPOSITORY / "eval" / "training" / "sureness.csv"
WEIGHTS = REPOSITORY / "assistant" / "sureness.json"
STRENGTH = 0.1  # inverse of the L2 penalty on weights of standardised signs: best of .01 to 1 on sets left out


class Watching:
    """In place of `missing`: lets everything be answered and keeps the signs of the last question."""

    def __init__(self) -> None:
        self.signs: dict[str, float] | None = None

    def __call__(self, question: Question, chosen: Sequence[Scored], leading: int) -> str | None:
        if chosen and question.terms:
            lack = first_lack(question, chosen, leading, Thresholds())
            self.signs = signs(question, chosen[:leading], lack.kind if lack else None)
        return None


def collect(name: str, files: Sequence[Path]) -> None:
    """Adds the signs of the questions of `files` to the table, in place of earlier lines of that set."""
    watching = Watching()
    engine = open_local(Settings(), drafter=BuiltInReader(watching))
    found: list[dict[str, str]] = []
    for item in (item for file in files for item in read_items(file)):
        watching.signs = None
        row = ask_item(item, engine)
        if watching.signs and (item.abstain or row.right):
            values = {sign: f"{value:.4g}" for sign, value in watching.signs.items()}
            found.append({"set": name, "held": str(int(not item.abstain)), **values})
    engine.close()
    kept = [row for row in read_table() if row["set"] != name]
    TABLE.parent.mkdir(exist_ok=True)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([*kept, *found])
    print(f"{name}: {len(found)}")


def read_table() -> list[dict[str, str]]:
    """The lines of the table as text; none when it is not there."""
    if not TABLE.is_file():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fitted_weights(rows: Sequence[dict[str, str]]) -> dict[str, float]:
    """The weight of each sign and the `bias`, for signs as they are (not standardised)."""
    names, x, y, _ = _columns(rows)
    model = _model().fit(x, y)
    scaler, regression = model[0], model[1]
    weights = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - (weights * scaler.mean_).sum())
    return {"bias": round(bias, 4), **{n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}}


def fit() -> None:
    """Writes the weights and prints the curve."""
    rows = read_table()
    WEIGHTS.write_text(json.dumps({"weights": fitted_weights(rows)}, indent=1) + "\n", encoding="utf-8")
    _, x, y, sets = _columns(rows)
    unseen = np.zeros(len(rows))
    for one in sorted(set(sets)):
        unseen[sets == one] = _model().fit(x[sets != one], y[sets != one]).predict_proba(x[sets == one])[:, 1]
    print("threshold  held but refused  not held and refused   (sets left out of the fit)")
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8):
        refused = unseen < threshold
        lost, caught = int((refused & (y == 1)).sum()), int((refused & (y == 0)).sum())
        print(f"{threshold:9.2f}  {lost:4d} of {(y == 1).sum()}       {caught:4d} of {(y == 0).sum()}")


def _columns(rows: Sequence[dict[str, str]]) -> tuple[list[str], Any, Any, Any]:
    """Names of the signs, the table of signs (rows x signs), whether the documents hold each, and its set."""
    names = [name for name in rows[0] if name not in ("set", "held")]
    x = np.array([[float(row[name]) for name in names] for row in rows])
    return names, x, np.array([int(row["held"]) for row in rows]), np.array([row["set"] for row in rows])


def _model() -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=3000))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    signs_of = commands.add_parser("signs")
    signs_of.add_argument("name")
    signs_of.add_argument("files", nargs="+", type=Path)
    commands.add_parser("fit")
    arguments = parser.parse_args()
    if arguments.command == "signs":
        collect(arguments.name, arguments.files)
    else:
        fit()


if __name__ == "__main__":
    main()
