"""Units of a page that make a list: neighbouring bullets or rows, things told one by one, short labels under a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.inline_items import inline_items
from corpus.fold import fold
from corpus.numeral import parse_numeral
from corpus.tables import is_number

_ANNOUNCES = re.compile(
    r"次の(?:[0-9０-９一二三四五六七八九十]+|とおり|通り|よう|項目|事業|企業)|次の[^、。はが]{1,8}(?:を|に|で(?:ある|す)|が|は)[^、。]{0,16}。?$|"
    r"以下の|下記|の(?:とおり|通り)|次のとおり|[：:]$"
)
_TAG = re.compile(r"[【［\[](?P<tag>[^【】［］\[\]]{1,6})[】］\]]\s*(?:[(（][^()（）]*[)）])?$")
_GAP = 2  # lines between two items: soft-wrapped ones may be cut off
_NUMBER = r"[1-9一二三四五六七八九]"
# ひとつは、…。第2に、…。そして三点目として、… : the number of a thing that a sentence opens with.
_ORDINAL = re.compile(
    rf"(?:(?:そして|また|さらに|加えて|なお)、?)?(?:第\s?(?P<a>{_NUMBER})\s?(?:に|は|の[^、。]{{1,10}}は)|(?P<b>{_NUMBER})(?:つ|点|番)目(?:に|は|として|の[^、。]{{1,10}}は)|"
    r"(?P<one>(?:ひと|一|1)つ(?:は|に))|(?P<next>(?:もう|いま)(?:ひと|一|1)つ(?:は|に)))、?"
)
_BULLETS = frozenset({"bullet", "field"})
_COUNTING = frozenset({"1.", "(1)", "①"})
_LABELLED_FIRST = re.compile(r"(?P<label>[^：:、。]{2,20})[：:](?=(?P<mark>①))")
# 要因① つなぐ人, 柱2：育てる人 : each part under its label and number; 図表3, 第2 and 平成10 number something else.
_LABELLED = re.compile(
    r"(?P<label>(?!図|表|写真|資料|別|注|第|平成|令和|昭和|年|スライド)[一-龠々ァ-ヶー]{1,8})\s?(?P<mark>[①-⑳]|[0-9０-９]{1,2}(?=[\s：:．]))[\s：:．]*(?=\S)"
)
_NUMBERED = re.compile(r"[(（]?(\d{1,2})")
_OF_THE_LIST = re.compile(r"(?:これら|それら|この(?!他|ほか)|その(?!他|ほか)|ただし|なお)")
_TOLD_GAP = 4  # sentences that a told thing may take
_LEAST_CHARS, _LABEL_CHARS = 3, 40
_MOST_LABELS = 20
# A sentence or a part of one; a unit without any of these signs is a name (大学を中心とした研究会).
_RUNNING = re.compile(r"[がは。：:]|(?:[をにでとの、]|する|した|して|され|れた|ある|いる)$")


def announces(text: str) -> bool:
    """The sentence only leads in: what it announces stands in the lines below (次の3社…, …は以下のとおり。, …：)."""
    return bool(_ANNOUNCES.search(text))


def is_item(candidate: Candidate) -> bool:
    """A bullet, a field, a numbered line or a row that is not all figures."""
    if candidate.unit.kind == "row":
        return not all(is_number(c.text) for c in candidate.unit.cells)
    return candidate.unit.kind in ("bullet", "field") or bool(candidate.unit.mark)


def item_text(candidate: Candidate) -> str:
    """An item without its mark."""
    text = candidate.unit.text
    if candidate.unit.cells:
        return text
    return re.sub(r"^[・•\-–—●○■◆◇□✓※⚫◼→⇒\s]+", "", text).rstrip("。")


def tagged(asked: str, items: Sequence[Candidate]) -> Sequence[Candidate]:
    """Those of the items that bear the mark that is asked for (新規 of 【新規】, 【継続】, 【拡充】); all where none or each bears it."""
    for tag in sorted({tag for c in items for tag in _TAG.findall(c.unit.text)}):
        some = [c for c in items if tag in _TAG.findall(c.unit.text)]
        if tag in asked and len(some) < len(items):
            return some
    return items


def same_list(a: Candidate, b: Candidate) -> bool:
    """Items of one page, heading and mark."""
    return (
        a.on_page == b.on_page
        and a.unit.headings == b.unit.headings
        and a.unit.mark == b.unit.mark
        and b.unit.kind != "sentence"
    )


def joins(before: Candidate, candidate: Candidate) -> bool:
    """The candidate goes on with the list of the item before it; 1. after 13. is another list."""
    return candidate.position - before.position <= _GAP and same_run(before, candidate)


def same_run(before: Candidate, candidate: Candidate) -> bool:
    """The same, however much stands between the two; one that announces the next ones, or speaks of those before, ends the list."""
    ahead, number = _number(before), _number(candidate)
    counts_up = ahead is None or number is None or ahead < number
    ends = announces(before.unit.text) or _OF_THE_LIST.match(item_text(candidate))
    return is_item(candidate) and same_list(before, candidate) and counts_up and not ends


def _number(candidate: Candidate) -> int | None:
    """What the unit's mark counts: 3 for 3. or (3) or ③; None for a mark that counts nothing."""
    match = _NUMBERED.match(fold(candidate.unit.text).text) if candidate.unit.mark in _COUNTING else None
    return int(match[1]) if match else None


def runs(page: Sequence[Candidate]) -> list[list[Candidate]]:
    """All lists of a page (its units in order), each of two items or more."""
    inline = [inline_items(c) for c in page]
    found = [
        r
        for r in (*inline, *_outer(page), *_marked(page), *_numbered(page), *_told(page), *_labels(page))
        if len(r) >= 2
    ]
    out: list[list[Candidate]] = []
    held: list[frozenset[int]] = []
    for run in found:
        places = frozenset(c.position for c in run)
        if not any(places <= other for other in held):
            out.append(run)
            held.append(places)
    return out


def _outer(page: Sequence[Candidate]) -> list[list[Candidate]]:
    """Bullets of one mark and heading with nothing between them but what stands under each of them."""
    out: list[list[Candidate]] = []
    for n, first in enumerate(page):
        heads = first.unit.headings
        if first.unit.kind not in _BULLETS or any(first in run for run in out):
            continue
        run = [first]
        for candidate in page[n + 1 :]:
            if candidate.unit.kind in _BULLETS and same_run(run[-1], candidate):
                run.append(candidate)
            elif len(candidate.unit.headings) <= len(heads) or candidate.unit.kind == "heading":
                break
        out.append(run)
    return out


def _marked(page: Sequence[Candidate]) -> list[list[Candidate]]:
    """Neighbouring items; one that announces the next ones ends its run."""
    out: list[list[Candidate]] = [[]]
    for candidate in page:
        run = out[-1]
        if run and joins(run[-1], candidate):
            run.append(candidate)
        else:
            out.append([candidate] if is_item(candidate) else [])
    return out


def _numbered(page: Sequence[Candidate]) -> list[list[Candidate]]:
    """Marks that count up from one, however much text stands under each: the headings of a section's parts."""
    out: list[list[Candidate]] = []
    open_runs: dict[str, list[Candidate]] = {}
    for candidate in map(_behind_label, page):
        number = _number(candidate)
        run = open_runs.get(candidate.unit.mark, [])
        if number == 1:
            open_runs[candidate.unit.mark] = [candidate]
            out.append(open_runs[candidate.unit.mark])
        elif run and number == len(run) + 1:
            run.append(candidate)
    return out


def _behind_label(candidate: Candidate) -> Candidate:
    """A line whose label stands before the first item of a numbered list (連携事業：①人を育てる), or before its number, as that item."""
    unit = candidate.unit
    if unit.mark or unit.cells:
        return candidate
    opens = _LABELLED_FIRST.match(unit.text)
    if opens:
        text, label = unit.text[opens.end("label") + 1 :], opens["label"].strip()
        return replace(candidate, unit=replace(unit, text=text, mark=opens["mark"], label=label))
    part = _LABELLED.match(unit.text)
    if part and unit.kind == "heading":
        text = unit.text[part.start("mark") :]
        return replace(candidate, unit=replace(unit, text=text, mark="①", label=part["label"]))
    return candidate


def ordinal(text: str) -> tuple[int | None, int]:
    """The number that a sentence opens with (0 for もう一つは, which follows any) and where the rest begins; None without one."""
    match = _ORDINAL.match(fold(text).text)
    if not match:
        return None, 0
    number = match["a"] or match["b"]
    value = int(parse_numeral(number) or 0) if number else 1 if match["one"] else 0
    return value, fold(text).original(0, match.end())[1]


def _told(page: Sequence[Candidate]) -> list[list[Candidate]]:
    """Sentences that count up: ひとつは…。第2に…。"""
    out: list[list[Candidate]] = [[]]
    for candidate in page:
        number = ordinal(candidate.unit.text)[0]
        run = out[-1]
        if number is None:
            continue
        if number in (0, len(run) + 1) and run and candidate.position - run[-1].position <= _TOLD_GAP:
            run.append(candidate)
        elif number == 1:
            out.append([candidate])
        else:
            out.append([])
    return out


def parts_below(heading: Candidate, page: Sequence[Candidate]) -> list[Candidate]:
    """The items right below a heading: bullets, numbered parts, or short names alone; `page` is its page in order."""
    found = (r for r in (*_outer(page), *_numbered(page), *_labels(page)) if len(r) >= 2)
    return next((r for r in found if r[0].position == heading.position + 1), [])


def _labels(page: Sequence[Candidate]) -> list[list[Candidate]]:
    """What stands under a heading, where that is nothing but short names (a slide that was flattened to text)."""
    out: list[list[Candidate]] = []
    below: list[Candidate] | None = None
    for candidate in page:
        if candidate.unit.kind == "heading":
            below = []
            out.append(below)
        elif below is not None and candidate.unit.kind == "sentence" and is_name(candidate.unit.text):
            below.append(candidate)
        elif below is not None:
            below.clear()
            below = None
    return [r for r in out if len(r) <= _MOST_LABELS]


def is_name(text: str) -> bool:
    """A short text that is no sentence, no clause and no figure."""
    return _LEAST_CHARS <= len(text) <= _LABEL_CHARS and not _RUNNING.search(text) and not is_number(text)
