"""Example questions that the indexed documents answer, made from their own fields, tables and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.dates import find_dates
from corpus.quantity import find_quantities
from corpus.tables import is_year
from corpus.units import Unit
from index.library import Library

_FOUNDED = re.compile(
    r"^(?:・|-|•)?\s*(?P<name>[^、。（(「]{4,24}(?:協会|協議会|機構|会議|センター|会社|\(株\)|株式会社))(?:は|が)[^。]{0,30}(?:設立|発足|創設)"
)
_DEFINITION = re.compile(r"^(?:・|-|•)?\s*「?(?P<name>[^、。「」]{3,20}?)」?とは、")
_PAGES = 60


def _candidates(units: tuple[Unit, ...]) -> Iterator[tuple[int, str]]:
    """(preference, question) of each unit that gives one; smaller is better."""
    for unit in units:
        founded = _FOUNDED.match(unit.text)
        if founded and find_dates(unit.text):
            yield 0, f"{founded['name'].strip()}はいつ設立されましたか？"
        heading = unit.headings[-1] if unit.headings else ""
        name = re.sub(r"の(?:概要|予算|推移|会員数).*$", "", heading).strip()
        if (
            unit.kind == "field"
            and re.search(r"会員数|資本金|従業員|総額|面積", unit.label)
            and find_quantities(unit.text)
            and 4 <= len(name) <= 24
        ):
            word = "いくら" if re.search(r"金|額", unit.label) else "いくつ"
            yield 1, f"{name}の{unit.label.strip()}は{word}ですか？"
        if (
            unit.kind == "row"
            and len(unit.cells) >= 2
            and is_year(unit.cells[0].text)
            and unit.cells[1].header
            and 4 <= len(name) <= 24
        ):
            head = re.sub(r"[（(].*", "", unit.cells[1].header)
            if re.search(r"[費額]", head):
                yield 2, f"{name}の{unit.cells[0].text.rstrip('年度')}年度の{head}はいくらですか？"
        definition = _DEFINITION.match(unit.text)
        if definition:
            yield 3, f"{definition['name'].strip()}とは何ですか？"


def example_questions(library: Library, count: int) -> tuple[str, ...]:
    """At most `count` questions, taken from the documents in turn and of different shapes; always the same for an index."""
    found: dict[str, list[tuple[int, str]]] = {}
    for document in library.documents.values():
        pool: list[tuple[int, str]] = []
        for number in range(1, min(document.pages, _PAGES) + 1):
            pool.extend(_candidates(library.units(document.id, number)))
        found[document.id] = sorted(dict.fromkeys(pool), key=lambda p: (p[0], len(p[1]), p[1]))
    chosen: list[str] = []
    shapes: list[int] = []
    while len(chosen) < count and any(found.values()):
        for pool in found.values():
            pool.sort(key=lambda p: (shapes.count(p[0]), p[0], len(p[1]), p[1]))
            if pool and len(chosen) < count:
                shape, question = pool.pop(0)
                if question not in chosen:
                    chosen.append(question)
                    shapes.append(shape)
    return tuple(chosen)
