"""A Service that knows four short documents and a few answers by heart."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

import numpy as np

from assistant.answer import (
    Answer,
    Checks,
    Citation,
    CitedConflict,
    Delta,
    Event,
    Evidence,
    EvidenceFound,
    Finished,
    Turn,
)
from corpus.document import Page
from corpus.errors import TenkyoError
from corpus.geometry import Geometry
from index.errors import UnknownDocument
from index.ledger import DocumentRow
from index.library import PageView
from index.retriever import Passage

HOSTILE = (
    '<script>window.hacked=1;alert("x")</script><img src=x onerror="window.hacked=2;alert(1)"> '
    "[クリック](javascript:alert(1)) ${window.hacked=3} {{constructor}} `tick` &lt;b&gt; 金額は\u202e円001\u202cです。"
)

LONG_LINE = "始" + "長い一行の文書です。<b>" * 80_000 + "終"  # more than a megabyte

_CASES = """事例３　北部広域連携会議（企業連携プラットフォーム）

　人口減少が進むなか、県北の６市町村は、行政区域を越えて企業と地域をつなぐ場として
「北部広域連携会議」を令和４年７月に設立した。

■ 発足時の体制
　　会員数３２８で出発（企業は１９３社）
　　事務局：県政策企画課広域連携室
　　年会費：無料

■ 主な取組
　　・空き公共施設の共同利用に関する相談窓口の設置
　　・企業版ふるさと納税の共同募集（令和５年度　４，２００万円）
　　・地域課題と企業技術のマッチング会（年６回）

■ 成果
　　設立後２年間で、連携事業は計４７件となった。参加市町村への聞き取りでは、単独では実施が困難であった
　　事業に着手できたとする回答が８割を超えている。
"""
_PLAN = [
    ("i", "はじめに\n\n　本計画は、地域のデジタル化に関する施策を総合的に推進するために定める。\n"),
    ("1", "第１章　計画の位置づけ\n\n　計画期間は、令和６年度から令和10年度までの５年間とする。\n"),
    (
        "2",
        "第２章　数値目標\n\n　行政手続のオンライン化率を、令和10年度までに90％とする（令和５年度実績：54.2％）。\n"
        "　北部広域連携会議の会員数は、令和４年の設立時に３３１であった。\n\n表２　年度別の目標値\n"
        "　年度\t\t令和６\t令和７\t令和８\t令和９\t令和10\n　オンライン化率\t60％\t68％\t75％\t82％\t90％\n",
    ),
]
_TEXTS: dict[str, tuple[tuple[str, str], ...]] = {
    "digital-plan": tuple(_PLAN),
    "long-line": (("1", LONG_LINE),),
    "hostile": (("1", f"注意書き\n{HOSTILE}\n以上。"), ("1の2", "続き。")),
    "wide-area-cases": (("3", "事例２　（省略）"), ("4", "前の行。\n" * 30 + _CASES), ("6", "事例４　（省略）")),
}
_DOCUMENTS = {
    "digital-plan": ("地域デジタル推進計画", "県政策企画課", "2024-03-29", "ページ", ""),
    "hostile": ('報告書<b onclick="alert(1)">案</b>', "<i>課</i>", "令和5年", "ページ", "注<script>alert(2)</script>"),
    "long-line": ("一行の文書", "", "2020", "ページ", ""),
    "wide-area-cases": (
        "広域連携の取組事例集（令和６年度版）",
        "総務省自治行政局市町村課",
        "2024-10",
        "スライド",
        "スライド番号は印刷された番号によります。",
    ),
}


class SampleService:
    """Answers by words of the question. `asked` records every question with its history."""

    index_name = "g-0001"
    reader_name = "built-in"

    def __init__(self, pause_s: float = 0.0) -> None:
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []
        self.searched: list[tuple[str, ...] | None] = []
        self.judged: list[tuple[str, str, str, str]] = []
        self._ids = count(1)
        self._pause_s = pause_s

    def ask(self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None) -> Answer:
        *_, last = self.stream(question, history, document_ids)
        assert isinstance(last, Finished)
        return last.answer

    def stream(
        self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None
    ) -> Iterator[Event]:
        self.searched.append(tuple(document_ids) if document_ids is not None else None)
        self.asked.append((question, tuple(history)))
        if "故障" in question:
            raise TenkyoError("索引<b>が開けません。`tenkyo doctor` で確かめてください。")
        if "爆発" in question:
            raise RuntimeError("a bug")
        answer = replace(self._answer(question), id=f"a{next(self._ids)}")
        yield EvidenceFound(answer.considered)
        time.sleep(self._pause_s)
        for piece in re.findall(r".{1,9}", answer.answer, re.DOTALL):
            yield Delta(piece)
            time.sleep(self._pause_s / 4)
        yield Finished(answer)

    def search(self, query: str, k: int, document_ids: Sequence[str] | None = None) -> list[Passage]:
        del query, k, document_ids
        return []

    def feedback(self, answer_id: str, verdict: str, kind: str = "", comment: str = "") -> None:
        if comment == "満杯":
            raise TenkyoError("いまは記録できません。少し待ってください。")
        self.judged.append((answer_id, verdict, kind, comment))

    def geometry(self, document_id: str, page_number: int) -> Geometry | None:
        """The digital plan is a PDF; its words stand one below the other."""
        if document_id != "digital-plan":
            return None
        text = _TEXTS[document_id][page_number - 1][1]
        boxes = [(60, 100 + 4 * n, 500, 112 + 4 * n) for n, _ in enumerate(text)]
        return Geometry.of(595, 842, np.array(boxes, dtype=float))

    def document(self, document_id: str) -> DocumentRow:
        return _row(document_id)

    def documents(self) -> tuple[DocumentRow, ...]:
        return tuple(_row(one) for one in sorted(_DOCUMENTS))

    def page(self, document_id: str, label: str) -> PageView:
        labels = [one for one, _ in _TEXTS.get(document_id, ())]
        if label not in labels:
            raise UnknownDocument(f"文書「{document_id}」に「{label}」はありません。")
        at = labels.index(label)
        page = Page(at + 1, label, _TEXTS[document_id][at][1])
        after = labels[at + 1] if at + 1 < len(labels) else None
        return PageView(_row(document_id), page, labels[at - 1] if at else None, after)

    def examples(self, count: int) -> tuple[str, ...]:
        return (
            "北部広域連携会議の発足時の会員数は？",
            "行政手続のオンライン化率の目標を教えてください。",
            "計画期間はいつからいつまでですか。",
            "企業版ふるさと納税の募集額はいくらですか。",
        )[:count]

    def _answer(self, question: str) -> Answer:
        if "大阪" in question:
            return _made(
                question,
                "お尋ねの内容は、登録された文書には記載がありません。",
                [("digital-plan", "1", "計画期間")],
                abstained=True,
            )
        if "食い違" in question:
            return _made(
                question,
                "設立時の会員数は、事例集では328[1]、推進計画では331[2]とされています。",
                [("wide-area-cases", "4", "会員数３２８で出発"), ("digital-plan", "2", "３３１であった")],
                conflict="北部広域連携会議の設立時の会員数：328と331。文書の時点の違いをお確かめください。",
            )
        if "危険" in question:
            return _made(question, f"{HOSTILE}[1]", [("hostile", "1", HOSTILE)])
        if "一行" in question:
            return _made(question, "一行の文書です。[1]", [("long-line", "1", "長い一行の文書です。")])
        if "目標" in question:
            return _made(
                question,
                "行政手続のオンライン化率の目標は、令和10年度までに90％です。[1]令和５年度の実績は54.2％でした。[1]",
                [("digital-plan", "2", "令和10年度までに90％とする（令和５年度実績：54.2％）")],
            )
        return _made(
            question,
            "会員数328（うち企業会員193社）で発足しました。[1]事務局は県政策企画課広域連携室です。[2]",
            [
                ("wide-area-cases", "4", "会員数３２８で出発（企業は１９３社）"),
                ("wide-area-cases", "4", "事務局：県政策企画課広域連携室"),
            ],
        )


def _row(document_id: str) -> DocumentRow:
    title, publisher, published, locator, note = _DOCUMENTS[document_id]
    pages = len(_TEXTS[document_id])
    return DocumentRow(
        document_id, title, publisher, published, locator, note, "0", "folder", "x.txt", "default", (), "", "", pages
    )


def _made(
    question: str, text: str, found: Sequence[tuple[str, str, str]], *, abstained: bool = False, conflict: str = ""
) -> Answer:
    evidence = [_evidence(*one) for one in found]
    citations = tuple(
        Citation(n, e.document_id, e.title, e.page_label, e.page_number, e.locator, e.quote, e.start, e.end, e.note)
        for n, e in enumerate(evidence, 1)
    )
    conflicts = (CitedConflict(conflict, tuple(c.marker for c in citations)),) if conflict else ()
    others = [_evidence("digital-plan", "1", "計画期間は、令和６年度から令和10年度までの５年間とする。")]
    timings = {"retrieve": 21.0, "answer": 38.0, "verify": 4.0, "total": 63.0}
    checks = Checks(True)
    considered = (*evidence, *others)
    return Answer(
        "a1", question, text, abstained, citations, conflicts, checks, "built-in", timings, "g-0001", considered
    )


def _evidence(document_id: str, label: str, quote: str) -> Evidence:
    labels = [one for one, _ in _TEXTS[document_id]]
    text = dict(_TEXTS[document_id])[label]
    title, _, published, locator, note = _DOCUMENTS[document_id]
    start = text.index(quote)
    number = labels.index(label) + 1
    return Evidence(
        document_id, title, published, label, number, locator, note, start, start + len(quote), quote, quote, title
    )
