"""Evidence units of a page: sentences, bullets, fields, table rows and headings, each with the context that it inherits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.dates import find_dates
from corpus.lines import Line, field_of, join_lines, read_lines
from corpus.sentence import open_bracket, sentence_spans
from corpus.tables import NUMBERED_CAPTION, Cell, Row, blank_table, is_number, is_year, pipe_table
from corpus.tokenizer import tokenize

UnitKind = Literal["heading", "sentence", "bullet", "field", "row"]

_HEADING_CHARS = 48
_PLAIN_HEADS = ("出来事", "内容", "事項", "できごと")  # heads that say nothing of their cells
_CAPTION = re.compile(r"[【(（]?(?:図表|表|図)\s*[0-9０-９:：.．\-－【】]|.{0,40}[(（]?単位\s*[:：]")
_ITEMS = ("•", "-", "→")
_COUNTED = ("1.", "(1)", "①")
_LABELLED_PART = re.compile(r"[一-龠々ァ-ヶー]{1,8}\s?[①-⑳][\s　]+[^。]{2,40}$")  # 要因① 人をつなぐ会
_NARROW = 24  # columns; below it a column is too narrow to tell a soft break from a list
_AROUND = 60  # lines that tell how wide a column is
_TITLE_MARKS = ("#", "chapter", "roman", "1-1.")
_LEAD_MARKS = ("#", "##", "###", "####", "#####", "######", "■", "◆", "chapter", "【", "roman", "1-1.")
_OPEN_END = re.compile(
    r"[、,（(「『・をがはにのとへでもやして]$|(?:から|まで|より|など|による|に関する|及び|並びに|または|又は)$"
)
_LEAD_IN = re.compile(r"以下|次の|下記|とおり|通り|[：:]$|考えられる。$|ある。?$|挙げ")
# Words of running text: a line without any is a name, a label or a figure.
_RUNNING = re.compile(r"[をはがに]|する|した|して|され|ある|いる|である")


@dataclass(frozen=True, slots=True)
class Unit:
    """A citable piece of a page: `page.text[start:end]` is its quote, `text` the same for reading (soft breaks joined).

    `headings` run from the outermost in; `lead` is the line that introduces it (a bullet's lead-in, a table's caption);
    `label` is a field's label; `cells` are a row's values with their column headers.
    """

    start: int
    end: int
    kind: UnitKind
    text: str
    headings: tuple[str, ...] = ()
    lead: str = ""
    label: str = ""
    cells: tuple[Cell, ...] = ()
    mark: str = ""


@dataclass(slots=True)
class _Context:
    """The headings open at a line: (class of the mark, text), outermost first."""

    stack: list[tuple[str, str]]

    def open(self, mark: str, text: str) -> None:
        classes = [m for m, _ in self.stack]
        if mark in classes:
            del self.stack[classes.index(mark) :]
        elif mark in _LEAD_MARKS:
            self.stack = [
                e
                for e in self.stack
                if (e[0] in _LEAD_MARKS and _LEAD_MARKS.index(e[0]) < _LEAD_MARKS.index(mark)) or e[0] == "title"
            ]
        self.stack.append((mark, text))

    def close(self, mark: str) -> None:
        classes = [m for m, _ in self.stack]
        if mark in classes:
            del self.stack[classes.index(mark) :]

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.stack)


def page_units(text: str) -> tuple[Unit, ...]:
    """The units of a page in reading order; their spans do not overlap and leave out nothing but white space and table rules."""
    lines = read_lines(text)
    context = _Context([])
    units: list[Unit] = []
    i = 0
    while i < len(lines):
        if not lines[i].text:
            i += 1
            continue
        table = pipe_table(text, lines, i) if "|" in lines[i].text else blank_table(lines, i)
        if table:
            rows, i = table
            units.extend(_row_units(rows, context, units))
            continue
        last = _paragraph_end(lines, i)
        units.extend(_text_units(text, lines, i, last, context, units))
        i = last + 1
    return tuple(_under_title(units))


def _under_title(units: Sequence[Unit]) -> Iterator[Unit]:
    """On slides that were flattened to text the title may come late: what stands before it, under nothing, stands under it."""
    at = next((n for n, u in enumerate(units) if u.kind == "heading" and u.mark in _TITLE_MARKS), 0)
    title = re.sub(r"^[#\d０-９ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ.．、\s-]+", "", units[at].text) if at else ""
    for n, unit in enumerate(units):
        yield replace(unit, headings=(title,)) if title and n < at and not unit.headings else unit


def _starts_table(lines: Sequence[Line], i: int) -> bool:
    return bool(re.match(r"(?:[-・]\s*)?\|", lines[i].text)) or blank_table(lines, i) is not None


def _paragraph_end(lines: Sequence[Line], first: int) -> int:
    """Index of the last line that the paragraph starting at `first` is soft-wrapped over."""
    run = [first]
    while run[-1] + 1 < len(lines) and len(run) < _AROUND:
        following = lines[run[-1] + 1]
        if (
            not following.text
            or (following.mark and not _goes_on(lines[run[-1]], following))
            or _starts_table(lines, run[-1] + 1)
        ):
            break
        run.append(run[-1] + 1)
    widest = max(lines[i].width for i in run)
    last = first
    for i in run[1:]:
        if not _wraps(lines[last], lines[i], widest):
            break
        last = i
    return last


def _goes_on(line: Line, following: Line) -> bool:
    """A line that opens with a mark only by chance: `・` or `(1)` after a line that is cut within a word."""
    return following.mark in ("•", "(1)") and following.text[0] in "・(（" and bool(re.search(r"[、（(「]$", line.text))


def _wraps(line: Line, following: Line, widest: int) -> bool:
    """Does `following` go on with the sentence of `line`? `widest` is the width of the widest line around, in columns."""
    if _closes(line.text, following.text):
        return True
    if (
        line.ends_sentence
        or _LABELLED_PART.match(line.text)
        or NUMBERED_CAPTION.match(following.text)
        or line.text.isdigit()
        or following.text.isdigit()
        or (line.text.endswith(("】", "＞", "：", ":", "■")) and len(line.text) < _HEADING_CHARS)
    ):
        return False
    if following.indent > line.indent and len(line.text) > 8:
        return False
    if line.mark and following.text[0] in "(（" and following.text[-1] in ")）":
        return True
    bound = _binds(line.text, following.text)
    if bound and (not following.mark or line.width >= 0.6 * widest):
        return True
    field = field_of(following.text)
    if (field and len(field[0]) <= 12) or _is_date(following.text):
        return False
    if widest < _NARROW or line.width < 0.5 * widest:
        return False
    if _OPEN_END.search(line.text):
        return True
    if line.mark in _LEAD_MARKS:
        return False
    running = bool(_RUNNING.search(line.text))
    if line.text.endswith((")", "）", "」")) or (line.mark and not running):
        return line.width >= 0.95 * widest and running and bool(_RUNNING.search(following.text))
    return line.width >= 0.78 * widest and (running or bool(_RUNNING.search(following.text)))


def _closes(before: str, after: str) -> bool:
    """A bracket that is open at the end of a line closes on the next, before another one opens there."""
    if open_bracket(before, len(before)) < 0:
        return False
    found = re.search(r"[()（）]", after)
    return found is not None and found[0] in ")）"


def _binds(before: str, after: str) -> bool:
    """Does the break cut a word, or stand before a particle? Then the lines are one sentence. Two numbers are no cut word."""
    if before[-1].isdigit() and after[0].isdigit():
        return False
    head, tail = before[-12:], after[:12]
    for token in tokenize(head + tail, "C"):
        if token.start < len(head) < token.end:
            return True
        if token.start == len(head):
            return token.pos in ("助詞", "助動詞") or token.surface in "、。）」』・ー"
    return False


def _is_date(text: str) -> bool:
    dates = find_dates(text)
    return bool(dates) and dates[0].end - dates[0].start >= len(text) - 2


def _text_units(
    text: str, lines: Sequence[Line], first: int, last: int, context: _Context, before: Sequence[Unit]
) -> Iterator[Unit]:
    line = lines[first]
    start, end = line.start, lines[last].end
    joined = join_lines(text[start:end])
    after = next((n for n in range(last + 1, len(lines)) if lines[n].text), None)
    following = lines[after] if after is not None else None
    adjacent = after == last + 1
    at = after if after is not None and _beside_rows(context, before) else last + 1
    nested = following is not None and _is_nested(line, following, lines, at)
    at_top = all(not n.text for n in lines[:first])
    ends_list = bool(line.mark in _COUNTED and before and lines[first - 1].text and _is_item(before[-1], line.mark))
    if not ends_list and _is_heading(line, joined, following if adjacent or nested else None, nested, at_top=at_top):
        mark = line.mark or "plain"
        name = _bare(text, line, lines[last])
        context.close(mark)
        yield Unit(start, end, "heading", joined, context.headings, mark=line.mark)
        if name:
            context.open("title" if not context.stack and not line.mark else mark, name)
        return
    if line.mark:
        context.close(line.mark)
    lead = _lead_in(line, before) or (context.headings[-1] if context.stack else "")
    field = field_of(text[line.body : end])
    if field and len(field[0]) <= 20 and not re.search(r"[をがはに]$", field[0]):
        if _is_date(field[0]):
            context.close("date")
        yield Unit(start, end, "field", joined, context.headings, lead, field[0], mark=line.mark)
        if _is_date(field[0]) and not line.mark:
            context.open("date", joined)
    else:
        kind: UnitKind = "bullet" if line.mark else "sentence"
        for s, e in sentence_spans(text[start:end]):
            yield Unit(
                start + s,
                start + e,
                kind,
                join_lines(text[start + s : start + e]),
                context.headings,
                lead,
                mark=line.mark,
            )
    if line.mark and nested and len(joined) <= 2 * _HEADING_CHARS and not lines[last].ends_sentence:
        context.open(line.mark, _bare(text, line, lines[last]))


def _beside_rows(context: _Context, before: Sequence[Unit]) -> bool:
    """Do rows that stand under an unmarked heading end here? The next such heading may have a blank line below it."""
    return (
        bool(before) and before[-1].kind == "row" and bool(context.stack) and context.stack[-1][0] in ("plain", "title")
    )


def _lead_in(line: Line, before: Sequence[Unit]) -> str:
    """What announces this line: a lead-in sentence (…は次のとおり。), or the label above a line that is only a value."""
    at = len(before) - 1
    while line.mark and at >= 0 and before[at].mark == line.mark and before[at].kind in ("bullet", "field", "heading"):
        at -= 1
    if not line.mark and before and is_number(line.text) and not is_number(before[-1].text):
        return before[-1].text if len(before[-1].text) <= _HEADING_CHARS else ""
    if not line.mark or at < 0 or before[at].kind == "row":
        return ""
    return before[at].text if _LEAD_IN.search(before[at].text) else ""


def _bare(text: str, line: Line, last: Line) -> str:
    return join_lines(text[line.body : last.end]).strip("■◆【】＜＞〈〉《》*# 　")


def _is_nested(line: Line, following: Line, lines: Sequence[Line], at: int) -> bool:
    """Does the next line stand under this one (another mark, a table, a field), rather than beside it?"""
    if _starts_table(lines, at):
        return True
    if field_of(following.text) and not line.mark and not following.mark:
        return field_of(line.text) is None
    return bool(following.mark) and following.mark != line.mark


def _is_item(before: Unit, mark: str) -> bool:
    """The line above is an item of the same marks: the last of them is no heading of what comes after the list."""
    return before.kind == "bullet" and before.mark == mark


def _is_heading(line: Line, joined: str, following: Line | None, nested: bool, *, at_top: bool) -> bool:
    if len(joined) > _HEADING_CHARS or not any(map(str.isalpha, joined)) or joined.endswith(("。", "．", "！")):
        return False
    if line.ends_sentence:
        return False
    if field_of(joined):
        return line.mark == "1-1."
    if line.mark in _LEAD_MARKS or joined.endswith("■") or (following and _LABELLED_PART.match(joined)):
        return True
    if line.mark:
        beside = bool(following and following.indent > line.indent) and line.mark in ("①", "(1)")
        return bool(following and not following.mark and line.mark not in _ITEMS and not beside) or (
            nested and line.mark not in (*_ITEMS, "①")
        )
    if at_top and following is not None:
        return True
    return nested or bool(following and not following.mark and following.width > 2 * line.width and len(joined) <= 24)


def _row_units(rows: Sequence[Row], context: _Context, before: Sequence[Unit]) -> Iterator[Unit]:
    lead = _caption(before) or (context.headings[-1] if context.stack else (before[-1].text if before else ""))
    for row in rows:
        cells = tuple(c for c in row.cells if c.text)
        kind: UnitKind = "heading" if row.is_header else "row"
        yield Unit(
            row.start, row.end, kind, _row_text(cells), context.headings, lead, cells=() if row.is_header else cells
        )


def _caption(before: Sequence[Unit]) -> str:
    """The line above a table that names it (表：…, 図表4 …) or gives its unit; "" when there is none."""
    above = before[-1].text if before and before[-1].kind != "row" else ""
    return above if _CAPTION.match(above) else ""


def _row_text(cells: Sequence[Cell]) -> str:
    """A row for reading: `2003年 事業費計: 76,596 うち補助金: 26,534`; a year cell and a month cell become 1994年1月."""
    values = [join_lines(cell.text) for cell in cells]
    parts: list[str] = []
    for n, (cell, value) in enumerate(zip(cells, values, strict=True)):
        if n == 0 and is_year(value) and value.isdigit() and cell.header in ("", "年", "年度"):
            parts.append(f"{value}{cell.header or '年'}")
        elif (
            n == 1
            and parts
            and parts[0].endswith("年")
            and cell.header in ("", "月")
            and value.isdecimal()
            and 1 <= int(value) <= 12
        ):
            parts[0] += f"{value}月"
        else:
            parts.append(
                f"{cell.header}: {value}"
                if cell.header and n > 0 and len(cells) > 1 and cell.header not in _PLAIN_HEADS
                else value
            )
    return " ".join(parts)
