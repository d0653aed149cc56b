"""The values of one row across its columns, where the row is what is asked and the heads are what it is asked of: 件数 2008年 5 2009年 9."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.asked_result import may_result
from assistant.candidates import Candidate, read_text, whole_words
from assistant.question import Question
from assistant.scoring import Scored
from assistant.tables_reading import CellValue, row_values, table_rows
from corpus.fold import key
from corpus.tables import is_year

_DEPTH = 12
_FEWEST = 3
_SHORTEST = 2  # characters of a name
_EMPTY = re.compile("[ぁ-ゖー]+|有[りる]|無し")
_OF_IT = r"(?!の(?!(?:人|件|社|校|団体)?数|うち|中|なか|最|一番|値|順|割合|率|合計))"  # 相談員の数 are the 相談員, 相談員の給与 are not


def row_across(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate], wholes: Collection[str]
) -> list[CellValue]:
    """The values of the row that the question names, without the totals; where it names two heads or more, only theirs.

    The heads are years, or the question names the row and not one head alone. Of several named rows the longest name wins.
    """
    asked = key(question.text)
    best: tuple[int, list[CellValue]] = (0, [])
    for scored in ranked[:_DEPTH]:
        row = scored.candidate
        if row.unit.kind != "row":
            continue
        values = [v for v in row_values(row, table_rows(row, candidates)) if key(v.head) not in wholes]
        if len(values) < _FEWEST or len({v.unit for v in values}) != 1 or not may_result(question, values[0].unit):
            continue
        name = key(values[0].name)
        told = _is_asked(name, asked) or (row is ranked[0].candidate and _in_words(question, values[0].name))
        named = len(name) if len(name) >= _SHORTEST and told else 0
        years = all(is_year(v.head) for v in values)
        if years and not named and row is ranked[0].candidate and question.kind == "date":
            return values
        heads = [v for v in values if len(key(v.head)) >= _SHORTEST and key(v.head) in asked]
        if named > best[0] and (years or (len(heads) != 1 and name not in wholes)):
            best = named, heads if len(heads) > 1 and not years else values
    return best[1]


def _in_words(question: Question, name: str) -> bool:
    """Does the question hold each word of the name (受入実績あり: 受入れの実績がある)? Words in hiragana, and 有り, tell nothing."""
    words = [w for w in whole_words(read_text(name)) if not _EMPTY.fullmatch(w)]
    return len(words) > 1 and all(w in question.forms for w in words)


def _is_asked(name: str, asked: str) -> bool:
    """Does the question ask for what is called so, and not for something else of it?"""
    return bool(re.search(re.escape(name) + _OF_IT, asked))
