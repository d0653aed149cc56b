"""Example questions that the indexed documents answer, made from sentences, fields and rows of a clean form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.dates import find_dates
from corpus.quantity import find_quantities
from corpus.tables import is_year
from corpus.units import Unit
from index.library import Library

_KINDS = "協会 協議会 機構 会議 研究会 センター コンソーシアム 組合 財団 会社 公社 連盟".split()
_ENDS = "|".join(f"(?<={kind})" for kind in _KINDS)
# What a name may hold: no digit, no sign, and no hiragana (those are the words around it) but at its beginning.
_LETTERS = r"(?:[一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ＆&]|\([株社]\)|（[株社]）|㈱){3,24}"
_START = r"(?:^|(?<=[\s、。「『：:・•■□◆◇○●◼※*)）]))"
_NAME = rf"{_START}(?P<name>{_LETTERS})"
_WHOLE = re.compile(rf"[「『]?(?P<name>(?:[ぁ-ん]{{2,4}})?{_LETTERS})[」』]?(?:の概要)?")
_ORGANISATION = re.compile(rf"(?:[ぁ-ん]{{2,4}})?{_LETTERS}(?:{_ENDS}|(?<=[(（]株[)）]))")
_FOUNDED = re.compile(
    rf"{_NAME}(?:{_ENDS})(?:（[^）仮]{{1,16}}）)?[」』]?(?:[がはを]、?(?:[^。「」]{{0,25}}[でにり、])?)?\s*(?:設立|発足|創設)"
)
_DEFINITION = re.compile(rf"\W{{0,3}}{_NAME}」?とは、.{{10,}}(?:をいう|のこと|である|です|を意味する)")
_AMOUNT = re.compile(
    rf"\W{{0,3}}{_NAME}の(?P<what>(?:発足時の|設立時の)?(?:会員数|従業員数|職員数|資本金|面積|人口))は"
)
_WHAT = re.compile("(?P<what>設立|会員数|従業員数?|資本金)(?:（[^）]*）)?")
_BUDGET = re.compile(rf"{_NAME}の[^、。]*(?:予算|事業費|推移)")
_PROMISING = re.compile("とは、|設立|発足|創設|会員数|資本金|従業員|職員数|予算")
_SPACED = re.compile(r"(?<=[A-Za-z]) (?=[ァ-ヶ一-龠])")
_OWN_NAME = 6  # shorter ones (技術センター) are common words
_MAX_PAGES, _ENOUGH = 14, 12
_FOUNDING, _NUMBER, _MONEY, _MEANING = range(4)


def _questions(unit: Unit) -> Iterator[tuple[int, str]]:
    """(kind, question) of a unit that gives one; smaller kinds are better."""
    text = _SPACED.sub("", unit.text)
    if unit.kind == "row":
        yield from _budget(unit)
        yield from _of_cells(unit)
        return
    if unit.kind == "field":
        yield from _of_field(unit, text)
    if (found := _FOUNDED.search(text)) and len(found["name"]) >= _OWN_NAME and len(find_dates(text)) == 1:
        yield _FOUNDING, f"{found['name']}はいつ設立されましたか？"
    if (found := _AMOUNT.match(text)) and find_quantities(text[found.end() :]):
        yield _NUMBER, f"{found['name']}の{found['what']}は{_how_much(found['what'])}ですか？"
    if found := _DEFINITION.match(text):
        yield _MEANING, f"{found['name']}とは何ですか？"


def _of_field(unit: Unit, text: str) -> Iterator[tuple[int, str]]:
    """資本金：68億円 under トヨタ自動車東日本(株)の概要, or 協議会の会員数：1,537."""
    label = unit.label.strip()
    owner, _, what = label.rpartition("の")
    if not owner:
        owner, what = (unit.headings[-1].strip(), label) if unit.headings else ("", "")
    yield from _asked(owner, what, text[len(unit.label) :])


def _of_cells(unit: Unit) -> Iterator[tuple[int, str]]:
    """A row whose first cell is an organisation."""
    for cell in unit.cells[1:]:
        yield from _asked(unit.cells[0].text.strip(), cell.header.strip(), cell.text)


def _asked(owner: str, what: str, value: str) -> Iterator[tuple[int, str]]:
    name, asked = _WHOLE.fullmatch(owner), _WHAT.fullmatch(what)
    if not name or not asked or len(name["name"]) < _OWN_NAME or not _ORGANISATION.fullmatch(name["name"]):
        return
    if asked["what"] == "設立":
        if find_dates(value):
            yield _FOUNDING, f"{name['name']}はいつ設立されましたか？"
    elif find_quantities(value):
        yield _NUMBER, f"{name['name']}の{asked['what']}は{_how_much(what)}ですか？"


def _budget(unit: Unit) -> Iterator[tuple[int, str]]:
    found = _BUDGET.match(_SPACED.sub("", unit.headings[-1])) if unit.headings else None
    if not found or len(unit.cells) < 2 or not is_year(unit.cells[0].text) or not find_quantities(unit.cells[1].text):
        return
    head = re.sub(r"[（(].*", "", unit.cells[1].header).strip()
    if re.search("[費額]|予算", head):
        yield _MONEY, f"{found['name']}の{re.sub('年度?$', '', unit.cells[0].text)}年度の{head}はいくらですか？"


def _how_much(what: str) -> str:
    if "金" in what:
        return "いくら"
    return "何人" if re.search("従業員|職員|人口", what) else "いくつ"


def _of_document(library: Library, document_id: str, pages: int) -> list[tuple[int, str]]:
    """Candidates from the first pages that may hold some; reading more would take longer than a page may take to open."""
    found: list[tuple[int, str]] = []
    read = 0
    for number in range(1, pages + 1):
        if not _PROMISING.search(library.page(document_id, number).text):
            continue
        for unit in library.units(document_id, number):
            found.extend(_questions(unit))
        read += 1
        if read == _MAX_PAGES or len(found) >= _ENOUGH:
            break
    return sorted(dict.fromkeys(found), key=lambda f: (f[0], len(f[1]), f[1]))


def example_questions(library: Library, count: int) -> tuple[str, ...]:
    """At most `count` questions, taken from the documents in turn and of different kinds; always the same for an index."""
    pools = [_of_document(library, d.id, d.pages) for d in library.documents.values()]
    chosen: list[str] = []
    kinds: list[int] = []
    while len(chosen) < count and any(pools):
        for pool in pools:
            pool.sort(key=lambda f: (kinds.count(f[0]), f[0], len(f[1]), f[1]))
            if pool and len(chosen) < count:
                kind, question = pool.pop(0)
                if question not in chosen:
                    chosen.append(question)
                    kinds.append(kind)
    return tuple(chosen)
