"""Lists of members, as lines of text or as rows: those whose last column says what is asked (欠席), or all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Claim
from assistant.candidates import Candidate, by_page
from assistant.question import Question
from assistant.runs import item_text
from assistant.scoring import Scored
from assistant.wording import clip
from corpus.fold import fold, key

_WHO = r"委員(?![長会])|メンバー|構成員|出席者|参加者|理事(?![長会])|役員|講師|オブザーバー|執筆者|発表者|登壇者|受賞者"
_ASKS = re.compile(rf"(?P<who>{_WHO}).*(?:誰|だれ|どなた|氏名|名前|全員|すべて|全て|挙げ|教え)|誰.*(?P<those>{_WHO})")
_ALL = re.compile(
    rf"(?:の|^)(?P<who>{_WHO})(?:は(?:誰|だれ|どなた)|の(?:氏名|名前)|を|(?:として)?[^。]{{0,12}}(?:全員|すべて|全て))"
)
_GAP = re.compile(r"[ 　]{2,}|\t")
_PART = r"[一-龠々ぁ-んァ-ヶー﨑髙𠮷]"
# 安西 美緒 or 楠 本 遥 香 in a column of its own; 楠 本 遥 香 東都大学; 大槻　啓吾　東嶺大学 with wide blanks
_COLUMN_NAME = re.compile(rf"(?:{_PART}{{1,4}}[ 　]){{1,5}}{_PART}{{1,5}}")
_SPACED_NAME = re.compile(rf"(?:{_PART}[ 　]){{2,4}}{_PART}(?=[ 　])|{_PART}{{1,4}}　{_PART}{{1,5}}(?=　)")
_LONGEST_NAME = 10
_HEADS = frozenset({"氏名", "名前", "委員名"})
_MARK = re.compile(r"^[◎○●◇◆□■△▲☆★・*※\s]+")
_COLUMNS, _FEWEST, _MOST = 3, 3, 30
_REMARK_CHARS, _ITEM_CHARS, _CAPTION_CHARS = 8, 60, 40
_PAGES = 5


def roster(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The members that a list of one of the best pages tells with the asked word in its last column, else all of them; None without a list or where no members are asked for."""
    asked = fold(question.text).text
    if question.english or not _ASKS.search(asked):
        return None
    pages = {page[0].on_page: page for page in by_page(candidates)}
    best = [pages[place] for place in dict.fromkeys(s.candidate.on_page for s in ranked)][:_PAGES]
    for page in best:
        told = [c for c in page if (remark := _remark(c)) and key(remark) in key(asked) and _name(c.quote)]
        if told and sum(bool(_name(c.quote)) for c in page) >= _FEWEST:
            return Claim(
                f"{'、'.join(clip(item_text(c), _ITEM_CHARS) for c in told)}。", tuple(c.evidence() for c in told)
            )
    everybody = _ALL.search(asked)
    for page in best if everybody else ():
        members = _below(page, everybody["who"]) if everybody else []
        if len(members) >= _FEWEST:
            names = [name for c in members for name in map(_name, c.quote.split("\n")) if name]
            return Claim(f"{'、'.join(names)}。", tuple(c.evidence() for c in members))
    return None


def _remark(candidate: Candidate) -> str:
    """What the last of three or more columns says; "" for a line without so many."""
    cells = [c.text for c in candidate.unit.cells] or [c for c in _GAP.split(candidate.quote.strip()) if c]
    last = cells[-1].strip()
    return last if len(cells) >= _COLUMNS and 2 <= len(last) <= _REMARK_CHARS else ""


def _name(line: str) -> str:
    """The name that a line of a list of members opens with, written with blanks between its parts; "" without one."""
    line = _MARK.sub("", line.strip())
    columns = _GAP.split(line)
    found = _COLUMN_NAME.fullmatch(columns[0]) if len(columns) > 1 else None
    found = found or _SPACED_NAME.match(line)
    parts = re.split(r"[ 　]", found[0]) if found else []
    name = (" " if len(parts) == 2 else "").join(parts)
    return name if len(name) <= _LONGEST_NAME and "".join(parts) not in _HEADS else ""


def _below(page: Sequence[Candidate], who: str) -> list[Candidate]:
    """The members right below the first short line of the page that names them (委員名簿), up to the first other line."""
    for at, caption in enumerate(page):
        if key(who) not in caption.own.key or len(caption.unit.text) > _CAPTION_CHARS or _name(caption.quote):
            continue
        members: list[Candidate] = []
        for candidate in page[at + 1 :]:
            if _name(candidate.quote):
                members.append(candidate)
            elif members:
                break
        if len(members) >= _FEWEST:
            return members[:_MOST]
    return []
